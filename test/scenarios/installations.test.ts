/**
 * Every folder below installations/ is a story of deployments: what each step says (output.txt), and what is in the
 * cluster at its end (after.yaml).
 */
import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deploymentAsText, type DeploymentReport } from '../../src/core/report/deployment.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { expectGolden } from './golden.ts';
import { InstallationWorld, withoutDigests, type Step } from './installation-world.ts';

const INSTALLATIONS = join(import.meta.dirname, 'installations');

describe.each(readdirSync(INSTALLATIONS).sort())('%s', (name) => {
  const folder = join(INSTALLATIONS, name);

  it('says what is done, and leaves what was read', async () => {
    const world = new InstallationWorld(folder);
    const told: string[] = [];
    for (const step of world.steps) told.push(`# ${titleOf(step)}\n\n${textOf(await world.take(step))}`);
    expectGolden(join(folder, 'output.txt'), told.join('\n'));
    expectGolden(join(folder, 'after.yaml'), world.after());
  });

  // A second time, for rights on what is to be deleted go with the deployment after it.
  it('comes to rest where its last step is repeated', async () => {
    const world = new InstallationWorld(folder);
    const last = world.steps.at(-1);
    if (last === undefined || !('deploy' in last)) return;
    for (const step of [...world.steps, last]) await world.take(step);
    const { objects, pass } = await world.take(last);
    expect(objects.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
    expect(pass?.counts).toMatchObject({ create: 0, update: 0, delete: 0 });
  });
});

function titleOf(step: Step): string {
  return 'deploy' in step ? `deploy ${step.deploy}` : `uninstall, secrets: ${step.uninstall}`;
}

function textOf(report: DeploymentReport): string {
  return withoutDigests(deploymentAsText(report, PLAIN));
}
