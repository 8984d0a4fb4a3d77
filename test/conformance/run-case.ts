/**
 * Plays one case: its world, its steps in the documented order, one `sync` of the product for each pass.
 *
 * The intents are custom resources of the cluster, the vaults are real HTTP servers behind the real adapter.
 */
import { DEFAULT_AZURE_SETTINGS } from '../../src/adapters/azure/settings.ts';
import { createProviders } from '../../src/adapters/providers.ts';
import { sync } from '../../src/commands/sync.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import {
  FakeClock,
  FakeRandom,
  RecordingLogger,
  RecordingMasker,
  RecordingPublisher,
  type KubernetesObject,
} from '../fakes/index.ts';
import { isFields } from '../fakes/kubernetes-object.ts';
import type { KeyVaultServer, VaultSnapshot } from '../servers/index.ts';
import { applyAll, openInMemory, type CaseCluster, type OpenCaseCluster } from './case-cluster.ts';
import { compareSync, type Difference } from './compare.ts';
import { withDeviations } from './deviations.ts';
import { Door } from './door.ts';
import type { ConformanceCase, Step } from './load-case.ts';
import type { ConformanceAzure } from './loopback.ts';
import { observe, refOf, type Observation } from './observe.ts';
import { Transient } from './transient.ts';

const SETTINGS: RunSettings = {
  ...DEFAULT_SETTINGS,
  mode: 'due',
  controllerClass: 'default',
  deletionLimits: undefined,
  updateLimits: undefined,
  home: 'custom-resources',
};
/** Whole seconds, as status holds; any fixed time will do. */
const START = '2026-06-01T12:00:00Z';
const LONG_AGO = '2020-01-01T00:00:00Z';
const BETWEEN_STEPS_MS = 5_000;
/** The operator comes back to a failed object on its own; a case whose fault passes is measured after that. */
const MOST_PASSES = 3;

export interface World {
  readonly one: ConformanceCase;
  readonly cluster: CaseCluster;
  readonly door: Door;
  readonly vaults: KeyVaultServer;
  readonly clock: FakeClock;
  /** One for all passes: a second draw is another value. */
  readonly random: FakeRandom;
  readonly publisher: RecordingPublisher;
  /** `status.refreshTime` as a step left it, by object. */
  readonly placedTimes: Map<string, string>;
}

/** The differences between what a case expects and what happened; empty = it passed. */
export async function runCase(
  loaded: ConformanceCase,
  azure: ConformanceAzure,
  openCluster: OpenCaseCluster = openInMemory,
): Promise<readonly Difference[]> {
  const one = withDeviations(loaded);
  const vaults = await azure.openVaults(one.vault);
  try {
    return await play(await createWorld(one, vaults, azure, openCluster), azure);
  } finally {
    await vaults.close();
  }
}

async function createWorld(
  one: ConformanceCase,
  vaults: KeyVaultServer,
  azure: ConformanceAzure,
  openCluster: OpenCaseCluster,
): Promise<World> {
  const clock = new FakeClock(START);
  const publisher = new RecordingPublisher();
  const cluster = await openCluster(clock, publisher, azure);
  await applyAll(cluster, one.cluster);
  return {
    one,
    cluster,
    door: new Door(one),
    vaults,
    clock,
    random: new FakeRandom(),
    publisher,
    placedTimes: new Map(),
  };
}

async function play(world: World, azure: ConformanceAzure): Promise<readonly Difference[]> {
  const { one } = world;
  const transient = new Transient(one.faults);
  world.vaults.inject(...one.faults);
  const differences: Difference[] = [];
  let before: { readonly observed: Observation; readonly expected: ConformanceCase['expect'][number] } | undefined;
  let count = 0;
  for (const [index, step] of one.steps.entries()) {
    await prepare(world, step, index === 0 ? inOrder(one.manifests) : []);
    transient.add(step.faults ?? []);
    if (step.sync === undefined) continue;
    const observed = await passes(world, azure);
    const expected = one.expect[count]!;
    const found = compareSync({
      expected,
      observed,
      before,
      transient,
      stores: observesStores(one),
      home: world.cluster.home,
    });
    differences.push(...found.map((one) => ({ ...one, path: `expect[${count}].${one.path}` })));
    before = { observed, expected };
    count += 1;
  }
  return differences;
}

function observesStores({ lab }: ConformanceCase): boolean {
  return lab.observe?.includes('stores') === true;
}

/** Vault and faults; manifests; then refresh, apply, patch, delete. */
async function prepare(world: World, step: Step, manifests: readonly KubernetesObject[]): Promise<void> {
  const { cluster, door, vaults, clock } = world;
  clock.advance(BETWEEN_STEPS_MS);
  vaults.edit(step.vault ?? {});
  // Those of earlier steps are over, where a step has some, or none.
  if (step.faults !== undefined) vaults.faults.clear();
  vaults.inject(...(step.faults ?? []));
  for (const object of manifests.filter((one) => door.admits(one))) await cluster.apply(object);
  if (step.refresh === true) await makeDue(world);
  for (const object of (step.apply ?? []).filter((one) => door.admits(one))) await cluster.apply(object);
  for (const object of (step.patch ?? []).filter((one) => door.admitsPatch(one))) await patch(world, object);
  for (const text of step.delete ?? []) {
    const { kind, namespace, name } = refOf(text);
    await cluster.delete(kind, namespace, name);
  }
}

/** Plain objects, stores, then those who use them. */
function inOrder(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const rank = ({ apiVersion = '', kind }: KubernetesObject): number =>
    !apiVersion.includes('external-secrets.io/') ? 0 : kind.endsWith('SecretStore') ? 1 : 2;
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

async function makeDue(world: World): Promise<void> {
  for (const { kind, metadata, status } of await world.cluster.objects()) {
    if (!isFields(status) || typeof status['refreshTime'] !== 'string') continue;
    await patch(world, { kind, metadata: refMetadata(metadata), status: { refreshTime: LONG_AGO } });
  }
}

function refMetadata({ namespace, name }: KubernetesObject['metadata']): KubernetesObject['metadata'] {
  return namespace === undefined ? { name } : { namespace, name };
}

async function patch(world: World, object: KubernetesObject): Promise<void> {
  await world.cluster.patch(object);
  if (!isFields(object.status) || !('refreshTime' in object.status)) return;
  const { namespace, name } = object.metadata;
  const placed = object.status['refreshTime'];
  const key = `${object.kind} ${namespace ?? ''}/${name}`;
  if (typeof placed === 'string') world.placedTimes.set(key, placed);
  else world.placedTimes.delete(key);
}

/** One sync of the case: a pass, and further ones only where it failed on a fault that passes. */
async function passes(world: World, azure: ConformanceAzure): Promise<Observation> {
  const { vaults, publisher, one } = world;
  vaults.clearLog();
  publisher.take();
  const before = snapshots(world);
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const from = vaults.log.length;
    await sync(portsOf(world, azure), settingsFor(world));
    const stumbled = vaults.log.slice(from).some((record) => record.faulty && isTransient(record.status));
    if (!stumbled || !(await hasFailures(world))) break;
  }
  return await observe(world, { before, after: snapshots(world), vaults: Object.keys(one.vault) });
}

/** Files that are gone count only where it is asked for. */
function settingsFor({ cluster: { home }, one: { lab } }: World): RunSettings {
  const allowed: Partial<RunSettings> =
    lab.controllerFlags === '--unsafe-allow-generic-targets' ? { targetKinds: ['ConfigMap'] } : {};
  return home === 'files' ? { ...SETTINGS, ...allowed, home, prune: true } : { ...SETTINGS, ...allowed };
}

function isTransient(status: number): boolean {
  return status === 429 || status >= 500;
}

async function hasFailures({ cluster }: World): Promise<boolean> {
  return (await cluster.objects()).some(({ kind, status }) => {
    if (kind.endsWith('SecretStore') || !isFields(status) || !Array.isArray(status['conditions'])) return false;
    return status['conditions'].some((condition) => isFields(condition) && condition['status'] === 'False');
  });
}

function snapshots({ one, vaults }: World): Readonly<Record<string, VaultSnapshot>> {
  return Object.fromEntries(Object.keys(one.vault).map((name) => [name, vaults.snapshot(name)]));
}

function portsOf(world: World, { azure, login }: ConformanceAzure): Ports {
  const { cluster, clock, random, one } = world;
  const logger = new RecordingLogger();
  return {
    ...cluster.ports,
    clock,
    random,
    logger,
    providers: createProviders({
      cluster: cluster.ports.cluster,
      clock,
      logger,
      masker: new RecordingMasker(),
      environment: azure.environment(),
      settings: { ...DEFAULT_AZURE_SETTINGS, identity: 'service-account' },
      random: () => 0.5,
      ...(one.lab.keepAuth === true ? {} : { login }),
    }),
  };
}
