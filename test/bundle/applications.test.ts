/** Applications as teams have them, through each entry: the command line, the action, the job. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterOf, applications, type Application } from '../applications/application.ts';
import { expectGolden } from '../scenarios/golden.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { startBundle, type Ended } from './bundle.ts';
import { WorkflowStep } from './workflow-step.ts';

interface Started {
  readonly settings: Readonly<Record<string, string>>;
  readonly azure: LoopbackAzure;
  readonly step: WorkflowStep;
}

/** The same settings, as each entry takes them. */
const ENTRIES: readonly (readonly [string, (started: Started) => Promise<Ended>])[] = [
  [
    'the command line',
    ({ settings, azure, step }) => {
      const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
      const args = ['sync', '-f', 'deploy', '--directory', 'cluster', ...options];
      const environment = { ...azure.environment(), HOME: step.workspace };
      return startBundle('cli', { args, cwd: step.workspace, environment }).ended;
    },
  ],
  [
    'the action',
    ({ settings, azure, step }) =>
      step.run({ command: 'sync', manifests: 'deploy', directory: 'cluster', ...settings }, azure.environment()),
  ],
  [
    'the job',
    ({ settings, azure, step }) => {
      const given = { ...settings, filename: 'deploy', directory: 'cluster', due: 'false' };
      const named = Object.entries(given).map(([name, value]) => [`KEYFERRY_${upper(name)}`, value]);
      const variables = Object.fromEntries(named) as Record<string, string>;
      const environment = { ...azure.environment(), ...variables, HOME: step.workspace };
      return startBundle('job', { cwd: step.workspace, environment }).ended;
    },
  ],
];

const upper = (name: string) => name.toUpperCase().replaceAll('-', '_');
const RUN = { 'show-values': 'true', 'azure-client-id': MANAGED_CLIENT_ID, 'azure-tenant-id': TENANT_ID };

let azure: LoopbackAzure;
let step: WorkflowStep;

beforeEach(async () => {
  [azure, step] = [await startLoopbackAzure(), await WorkflowStep.create()];
});
afterEach(async () => {
  await Promise.all([azure.close(), step.remove()]);
});

async function prepare({ manifests, cluster, vaults }: Application): Promise<void> {
  azure.vaults.edit(vaults);
  await mkdir(join(step.workspace, 'cluster'));
  await step.write('deploy/manifests.yaml', manifests);
  await writeFile(join(step.workspace, 'cluster/objects.yaml'), cluster);
}

describe.each(applications().map((one) => [one.name, one] as const))('%s', (_name, application) => {
  it.each(ENTRIES)(
    'stands as it should after a sync by %s, and again',
    async (_entry, run) => {
      await prepare(application);
      const started = { settings: { ...RUN, ...application.settings }, azure, step };
      const folder = join(step.workspace, 'cluster');
      const first = await run(started);
      const after = await afterOf(folder, application.random);
      expectGolden(application.after, after);
      expect({ code: first.code, stderr: errorsOf(first) }).toEqual({ code: 0, stderr: [] });
      const again = await run(started);
      expect({ code: again.code, stderr: errorsOf(again) }).toEqual({ code: 0, stderr: [] });
      expect(await afterOf(folder, application.random)).toBe(readFileSync(application.after, 'utf8'));
    },
    60_000,
  );
});

/** What is neither progress nor a warning. */
function errorsOf({ stderr }: Ended): readonly string[] {
  return stderr.split('\n').filter((line) => /^error/u.test(line));
}
