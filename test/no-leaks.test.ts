/**
 * No value, token or credential leaves the program by any way but the Secrets it is meant for.
 *
 * Every scenario and every failure of a vault runs again with canaries as values; whatever comes out is searched for
 * them, plain and in every disguise in which a value usually escapes a mask.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { inspect } from 'node:util';
import { parse } from 'yaml';
import { main } from '../src/cli/main.ts';
import { plan } from '../src/commands/plan.ts';
import { sync } from '../src/commands/sync.ts';
import { withSlashes } from '../src/core/model/origin.ts';
import type { Report } from '../src/core/model/report.ts';
import { reportAsJson } from '../src/core/report/as-json.ts';
import { reportAsMarkdown } from '../src/core/report/as-markdown.ts';
import { reportAsText } from '../src/core/report/as-text.ts';
import { PLAIN } from '../src/core/report/text-table.ts';
import { metadataLevel } from '../src/engine/sync/metadata-level.ts';
import { planRun } from '../src/engine/sync/run.ts';
import { DEFAULT_SETTINGS } from '../src/engine/sync/settings.ts';
import { withoutValues } from '../src/engine/sync/without-values.ts';
import type { State } from '../src/ports/state.ts';
import { azureWorld } from './engine/azure-world.ts';
import { VAULT_FAILURES } from './engine/failure-table.ts';
import { entry as pushEntry, pushSecret } from './engine/push-world.ts';
import { externalSecret, handMadeSecret, STORE, yaml } from './engine/shop.ts';
import type { KubernetesObject, RecordingLogger, RecordingPublisher } from './fakes/index.ts';
import { Canaries, withCanaries } from './scenarios/canaries.ts';
import { openWorld, readScenario, scenarioNames, type ScenarioFiles, type World } from './scenarios/world.ts';
import {
  APPLICATION_CLIENT_ID,
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  TENANT_ID,
  type LoopbackAzure,
} from './servers/index.ts';

const SCENARIOS = join(import.meta.dirname, 'scenarios');
/** Some other manifests to compare with. */
const BASE = join(SCENARIOS, 'one-key-changed/manifests.yaml');
const NAMES = scenarioNames();

let azure: LoopbackAzure;
let undo: () => void;
let root: string;

beforeAll(async () => {
  azure = await startLoopbackAzure({ vaults: { 'kv-shop': { pageSize: 2 } } });
  undo = azure.trustInProcess();
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'keyferry-leaks-'));
});

afterEach(async () => {
  azure.vaults.faults.clear();
  azure.vaults.permissions.clear();
  azure.vaults.configure('kv-shop', { network: 'open' });
  await rm(root, { recursive: true });
});

afterAll(async () => {
  undo();
  await azure.close();
});

describe('the command line', () => {
  it.each(NAMES)('shows and writes no value: %s', async (name) => {
    const canaries = newCanaries();
    const files = withCanaries(readScenario(join(SCENARIOS, name)), canaries);
    const outputs = await runCommands(files, [
      ['validate', '--output', 'json'],
      ['plan', '--log-level', 'debug'],
      ['plan', '--log-level', 'debug', '--output', 'markdown', '--force'],
      ['plan', '--plan-level', 'metadata', '--log-level', 'debug'],
      ['plan', '--plan-level', 'offline', '--base', BASE, '--output', 'json'],
      ['sync', '--log-level', 'debug', '--log-format', 'json', '--output', 'json'],
      ['sync', '--log-level', 'debug', '--color', 'always'],
      ['plan', '--plan-level', 'metadata', '--log-level', 'debug', '--output', 'markdown'],
    ]);
    expect(canaries.leaks(new Map([...outputs, ...(await filesIn('cluster'))]))).toEqual([]);
  });

  it.each(NAMES)('writes values into Secrets only, and only with --show-values: %s', async (name) => {
    const canaries = newCanaries();
    const files = withCanaries(readScenario(join(SCENARIOS, name)), canaries);
    const outputs = await runCommands(files, [['sync', '--show-values', '--log-level', 'debug', '--output', 'json']]);
    const written = await filesIn('cluster');
    const isSecret = (file: string) => /^[^/]+\/secrets\/[^/]+\.yaml$/u.test(file);
    const others = new Map([...written].filter(([file]) => !isSecret(file)));
    expect(canaries.leaks(new Map([...outputs, ...others]))).toEqual([]);
    const secrets = [...written].filter(([file]) => isSecret(file)).map(([, text]) => text);
    const shown = secrets.filter((text) => canaries.encoded().some((value) => text.includes(value)));
    expect(shown).toHaveLength(secrets.filter((text) => !text.includes('data: {}')).length);
  });

  it.each(['right', 'wrong'])('shows no client secret of a Secret, be it %s', async (kind) => {
    const canaries = newCanaries();
    const clientSecret = canaries.remember(`s3cret~${canaries.next().split('\n')[0] ?? ''}`);
    azure.entra.setIdentity({
      clientId: APPLICATION_CLIENT_ID,
      objectId: 'bbbbbbbb-0000-0000-0000-000000000002',
      tenantId: TENANT_ID,
      kind: 'application',
      secrets: [kind === 'right' ? clientSecret : 'another one'],
    });
    const outputs = await runCommands(servicePrincipalFiles(canaries, clientSecret), [
      ['plan', '--log-level', 'debug'],
      ['sync', '--log-level', 'debug', '--output', 'json'],
    ]);
    expect([...outputs.values()].join('\n')).toContain(kind === 'right' ? '"create": 1' : 'AADSTS7000215');
    expect(canaries.leaks(new Map([...outputs, ...(await filesIn('cluster'))]))).toEqual([]);
  });
});

describe('the engine', () => {
  it.each(NAMES)('keeps values out of reports, states, events, logs and plans: %s', async (name) => {
    const canaries = newCanaries();
    const world = await openWorld(withCanaries(readScenario(join(SCENARIOS, name)), canaries));
    const planned = await planRun(world.ports, world.settings);
    const reports = [world.earlier, await plan(world.ports, world.settings), await sync(world.ports, world.settings)];
    const outputs = await textsOf(reports, world);
    const objects: [string, string][] = [
      ['plan, inspected', inspect(planned, { depth: 20 })],
      [
        'plan as JSON',
        JSON.stringify(planned.plan, (_key, value: unknown) => (value instanceof Map ? [...value] : value)),
      ],
    ];
    expect(canaries.leaks(new Map([...outputs, ...objects]))).toEqual([]);
  });

  it.each(NAMES)('shows no hash of data either, and keeps it out of plans without values: %s', async (name) => {
    const world = await openWorld(readScenario(join(SCENARIOS, name)));
    const metadata = { ...world.ports, cluster: withoutValues(world.cluster) };
    const planned = inspect(await planRun(metadata, world.settings, metadataLevel()), { depth: 20 });
    expect(hashesIn(world).filter((hash) => planned.includes(hash))).toEqual([]);
    const reports = [
      await plan(world.ports, world.settings),
      await plan(metadata, world.settings, { level: metadataLevel() }),
    ];
    const outputs = await textsOf([...reports, await sync(world.ports, world.settings)], world);
    const all = [...outputs.values()].join('\n');
    expect(hashesIn(world).filter((hash) => all.includes(hash))).toEqual([]);
  });

  it.each(VAULT_FAILURES)('keeps values and tokens out of what it says about $name', async ({ cause }) => {
    const canaries = newCanaries();
    fillVault(vaultYaml(canaries, ['db', 'session', 'zeta']));
    const world = azureWorld(azure, [handMadeSecret('db', { password: canaries.next() })]);
    cause(azure);
    const outputs = await textsOf([await sync(world.ports(MANIFESTS), DEFAULT_SETTINGS)], world);
    expect(canaries.leaks(outputs)).toEqual([]);
  });

  it.each([400, 401, 403, 404, 409, 429, 500])('repeats nothing of what a vault says with HTTP %d', async (status) => {
    const canaries = newCanaries();
    fillVault(vaultYaml(canaries, ['db', 'session', 'zeta']));
    const [code, innerCode, message] = ['Forbidden', 'Strange', `oid=${canaries.next()} ${canaries.next()}`];
    azure.vaults.inject({ match: '^GET /secrets/db', status, code, innerCode, message });
    const world = azureWorld(azure);
    const outputs = await textsOf([await sync(world.ports(MANIFESTS), DEFAULT_SETTINGS)], world);
    expect([...outputs.values()].join('\n')).toMatch(/[12] failed,/);
    expect(canaries.leaks(outputs)).toEqual([]);
  });
});

describe('pushing', () => {
  const FAULTS = [400, 401, 403, 404, 409, 429, 500].map(
    (status) => [`refuses with HTTP ${status}`, { status }] as const,
  );

  it.each([['takes it', undefined] as const, ...FAULTS])(
    'keeps values out of whatever it says where the vault %s',
    async (_what, fault) => {
      const canaries = newCanaries();
      fillVault(vaultYaml(canaries, ['theirs', 'text', 'moved']));
      const world = azureWorld(azure, pushedSecrets(canaries));
      await sync(world.ports(PUSHES), DEFAULT_SETTINGS);
      const [code, innerCode, message] = ['Forbidden', 'Strange', `oid=${canaries.next()} ${canaries.next()}`];
      if (fault !== undefined)
        azure.vaults.inject({ match: '^(?:PUT|POST|PATCH)', code, innerCode, message, ...fault });
      azure.vaults.edit({ 'kv-shop': { secrets: { 'pushed-0': [{ value: canaries.next() }] } } });
      for (const secret of pushedSecrets(canaries)) world.cluster.apply(secret);
      const planned = await planRun(world.ports(PUSHES), DEFAULT_SETTINGS);
      const reports = [
        await plan(world.ports(PUSHES), { ...DEFAULT_SETTINGS, looksAtDeleted: true }),
        await plan(world.metadataPorts(PUSHES), DEFAULT_SETTINGS, { level: metadataLevel() }),
        await sync(world.ports(PUSHES), DEFAULT_SETTINGS),
      ];
      const outputs = await textsOf(reports, world);
      expect([...outputs.values()].join('\n')).toContain(fault === undefined ? 'pushed-1' : 'could not be written');
      expect(canaries.leaks(new Map([...outputs, ['plan, inspected', inspect(planned, { depth: 20 })]]))).toEqual([]);
    },
  );
});

/** One of every shape that canaries have. */
const SHAPES = 7;

function pushedSecrets(canaries: Canaries): readonly KubernetesObject[] {
  const shapes = Array.from({ length: SHAPES }, (_, shape) => [`k${shape}`, canaries.next()] as const);
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const key = pair.export({ type: 'pkcs8', format: 'pem' }).toString();
  canaries.remember(key);
  canaries.remember(pair.export({ format: 'jwk' }).d ?? '');
  return [handMadeSecret('source', { ...Object.fromEntries(shapes), key })];
}

const entriesOf = (...entries: readonly (readonly [secretKey: string, remoteKey: string, property?: string])[]) =>
  entries.map(([secretKey, remoteKey, property]) => pushEntry(secretKey, remoteKey, property));

/** Each kind of object, and what is wrong with values in each way. */
const PUSHES = yaml(
  STORE,
  pushSecret('whole', {
    selector: { secret: { name: 'source' } },
    data: [
      ...Array.from({ length: SHAPES }, (_, shape) => pushEntry(`k${shape}`, `pushed-${shape}`)),
      ...entriesOf(['k0', 'members', 'm0'], ['k1', 'members', 'm1'], ['key', 'key/sign']),
    ],
    dataTo: [{ storeRef: { name: 'kv', kind: 'SecretStore' }, match: { regexp: '^k' }, remoteKey: 'bundle' }],
  }),
  pushSecret('wrong', {
    selector: { secret: { name: 'source' } },
    data: entriesOf(['k1', 'key/bad'], ['k2', 'cert/bad'], ['k0', 'text', 'm0'], ['k3', 'theirs'], ['none', 'none']),
  }),
  pushSecret('template', {
    selector: { secret: { name: 'source' } },
    data: entriesOf(['made', 'made']),
    template: { data: { made: '{{ .k0 | fromJson }}' } },
  }),
);

/** The data hashes of all Secrets that are there. */
function hashesIn({ cluster }: World): readonly string[] {
  const hashes = cluster
    .list('Secret')
    .map(({ metadata }) => metadata.annotations?.['reconcile.external-secrets.io/data-hash'] ?? '');
  return hashes.filter((hash) => hash !== '');
}

describe('the search for leaks', () => {
  it.each<[string, number, (value: string) => string]>([
    ['digits', 3, (value) => value],
    ['digits with an exponent', 3, (value) => Number(value).toExponential()],
    ['digits of an exponent form', 5, (value) => String(BigInt(Number(value)))],
    ['three bytes', 6, (value) => value],
  ])('finds a value of %s', (_what, shape, disguise) => {
    const canaries = new Canaries();
    const values = Array.from({ length: shape + 1 }, () => canaries.next());
    expect(canaries.leaks(new Map([['text', `before ${disguise(values.at(-1)!)} after`]]))).not.toEqual([]);
    expect(canaries.leaks(new Map([['text', 'before after']]))).toEqual([]);
  });

  it.each([
    ['plain', (value: string) => value],
    ['a line of it', (value: string) => value.split('\n')[1]!],
    ['base64', (value: string) => Buffer.from(value).toString('base64')],
    ['URL-encoded', (value: string) => encodeURIComponent(value)],
    ['JSON', (value: string) => JSON.stringify({ value })],
    ['a token', () => 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln'],
  ])('finds a value as %s', (_form, disguise) => {
    const canaries = new Canaries();
    const text = `before ${disguise(canaries.next())} after`;
    expect(canaries.leaks(new Map([['text', text]]))).not.toEqual([]);
    expect(canaries.leaks(new Map([['text', 'before after']]))).toEqual([]);
  });
});

const MANIFESTS = yaml(
  STORE,
  externalSecret('db'),
  externalSecret('session'),
  externalSecret('all', { data: [], dataFrom: [{ find: { name: { regexp: 'session|zeta' } } }] }),
);

/** With what the runner itself must keep to itself. */
function newCanaries(): Canaries {
  const canaries = new Canaries();
  canaries.remember(azure.environment()['ACTIONS_ID_TOKEN_REQUEST_TOKEN']!);
  return canaries;
}

/** Runs commands one after another as users do, after the earlier sync of the scenario if it has one. */
async function runCommands(
  files: ScenarioFiles,
  commands: readonly (readonly string[])[],
): Promise<ReadonlyMap<string, string>> {
  await mkdir(join(root, 'cluster'));
  await writeFile(join(root, 'cluster/cluster.yaml'), files.cluster);
  const outputs = new Map<string, string>();
  const run = async (args: readonly string[]) => {
    for (const [stream, text] of Object.entries(await runMain(args, files)))
      outputs.set(`${args.join(' ')}: ${stream}`, text);
  };
  if (files.earlier !== undefined) {
    await enter(files.earlier);
    await run(['sync', ...(commands.flat().includes('--show-values') ? ['--show-values'] : [])]);
  }
  await enter(files);
  for (const args of commands) await run(args);
  return outputs;
}

async function enter({ manifests, vault }: { readonly manifests: string; readonly vault: string }): Promise<void> {
  fillVault(vault);
  await writeFile(join(root, 'manifests.yaml'), manifests);
}

async function runMain(
  args: readonly string[],
  { settings }: ScenarioFiles,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const texts = { stdout: '', stderr: '' };
  const streamOf = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    write: (text: string) => void (texts[name] += text),
  });
  const run = ['--directory', join(root, 'cluster'), '--azure-client-id', MANAGED_CLIENT_ID];
  const [prune, due] = [settings.prune === true ? ['--prune'] : [], settings.mode === 'due' ? ['--due'] : []];
  const rest = args[0] === 'validate' ? [] : [...run, ...prune, ...due];
  await main([...args, '-f', join(root, 'manifests.yaml'), ...rest], {
    environment: azure.environment(),
    stdout: streamOf('stdout'),
    stderr: streamOf('stderr'),
    stop: { signal: new AbortController().signal, exitCode: () => undefined },
  });
  return texts;
}

/** What the program wrote; cluster.yaml is the user's own. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.map(
      async (path) => [withSlashes(relative(join(root, folder), path), sep), await readFile(path, 'utf8')] as const,
    ),
  );
  return new Map(texts.filter(([file]) => file !== 'cluster.yaml'));
}

/** The vault holds this and nothing else. */
function fillVault(text: string): void {
  const before = Object.keys(azure.vaults.snapshot('kv-shop').secrets);
  azure.vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(before.map((name) => [name, null])) } });
  azure.vaults.edit(parse(text) as Parameters<typeof azure.vaults.edit>[0]);
}

function vaultYaml(canaries: Canaries, names: readonly string[]): string {
  const secrets = names.map((name) => [name, [{ value: canaries.next() }]] as const);
  return JSON.stringify({ 'kv-shop': { secrets: Object.fromEntries(secrets) } });
}

function servicePrincipalFiles(canaries: Canaries, clientSecret: string): ScenarioFiles {
  const selector = (key: string) => ({ name: 'azure-login', key });
  const azurekv = {
    vaultUrl: 'https://kv-shop.vault.azure.net',
    authType: 'ServicePrincipal',
    tenantId: TENANT_ID,
    authSecretRef: { clientId: selector('id'), clientSecret: selector('secret') },
  };
  return {
    manifests: yaml({ ...STORE, spec: { provider: { azurekv } } }, externalSecret('db')),
    vault: vaultYaml(canaries, ['db']),
    cluster: yaml(handMadeSecret('azure-login', { id: APPLICATION_CLIENT_ID, secret: clientSecret })),
    settings: {},
  };
}

interface Recorded {
  readonly state: State;
  readonly publisher: RecordingPublisher;
  readonly logger: RecordingLogger;
}

async function textsOf(
  reports: readonly (Report | undefined)[],
  { state, publisher, logger }: Recorded,
): Promise<ReadonlyMap<string, string>> {
  const refs = [...(await state.remembered('pull')), ...(await state.remembered('push'))];
  const states = await Promise.all(refs.map((ref) => state.read(ref)));
  return new Map([
    ...reports
      .filter((report) => report !== undefined)
      .flatMap((report, place): [string, string][] => [
        [`report ${place} as text`, reportAsText(report, PLAIN)],
        [`report ${place} as JSON`, reportAsJson(report)],
        [`report ${place} as Markdown`, reportAsMarkdown(report)],
        [`report ${place}, inspected`, inspect(report, { depth: 20 })],
      ]),
    ['states', JSON.stringify(states)],
    ['events', JSON.stringify(publisher.events)],
    ['log', logger.text()],
  ]);
}
