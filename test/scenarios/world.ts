/**
 * A scenario folder as a world that can be planned and synced.
 *
 *   manifests.yaml   the ExternalSecrets and stores
 *   vault.yaml       vault name → content, in the notation of the conformance cases
 *   cluster.yaml     what is in the cluster before anything else happens
 *   settings.yaml    settings of the run; `home: custom-resources` puts the manifests into the cluster
 *   earlier/         manifests.yaml, vault.yaml: a sync that took place ten minutes before, where they differ
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { sync } from '../../src/commands/sync.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import type { State } from '../../src/ports/state.ts';
import {
  FakeClock,
  FakeRandom,
  InMemoryCluster,
  InMemoryManifestSource,
  InMemoryState,
  RecordedState,
  RecordingLogger,
  RecordingPublisher,
  type KubernetesObject,
} from '../fakes/index.ts';
import { vaultProviders, type Vaults } from './vault-notation.ts';

const MINUTES_SINCE_EARLIER = 10;

/** The files of a scenario as texts, so that a test can change them before they are used. */
export interface ScenarioFiles {
  readonly manifests: string;
  readonly vault: string;
  readonly cluster: string;
  readonly settings: Partial<RunSettings>;
  /** A sync that took place before. */
  readonly earlier?: { readonly manifests: string; readonly vault: string };
}

export interface World {
  readonly ports: Ports;
  readonly settings: RunSettings;
  readonly cluster: InMemoryCluster;
  readonly state: State;
  readonly publisher: RecordingPublisher;
  readonly logger: RecordingLogger;
  /** Of the earlier sync, if there was one. */
  readonly earlier: Report | undefined;
}

/** The folders beside this file that are situations of their own, and not groups of others. */
export function scenarioNames(): readonly string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => existsSync(join(import.meta.dirname, name, 'manifests.yaml')))
    .sort();
}

/** As a pass has them that nobody told anything else. */
export function runSettings(parts: Partial<RunSettings> = {}): RunSettings {
  return { ...DEFAULT_SETTINGS, ...parts };
}

export function readScenario(folder: string): ScenarioFiles {
  const text = (file: string, absent: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : absent;
  const manifests = text('manifests.yaml', '');
  const vault = text('vault.yaml', '');
  const earlier = { manifests: text('earlier/manifests.yaml', manifests), vault: text('earlier/vault.yaml', vault) };
  return {
    manifests,
    vault,
    cluster: text('cluster.yaml', ''),
    settings: (parse(text('settings.yaml', '')) ?? {}) as Partial<RunSettings>,
    ...(existsSync(join(folder, 'earlier')) ? { earlier } : {}),
  };
}

/** The world right before the run that a scenario is about. */
export async function openWorld(files: ScenarioFiles): Promise<World> {
  const clock = new FakeClock('2026-01-01T00:00:00Z');
  const random = new FakeRandom();
  const cluster = new InMemoryCluster({ clock });
  cluster.applyAll(objectsOf(files.cluster));
  const settings = runSettings(files.settings);
  const isFiles = settings.home === 'files';
  const state = isFiles ? new RecordedState() : new InMemoryState(cluster);
  const [publisher, logger] = [new RecordingPublisher(), new RecordingLogger()];
  const enter = ({ manifests, vault }: { readonly manifests: string; readonly vault: string }): Ports => {
    const source = new InMemoryManifestSource(cluster);
    if (!isFiles) replaceResources(cluster, objectsOf(manifests));
    return {
      manifests: isFiles ? { load: async () => parseDocuments('manifests.yaml', manifests) } : source,
      cluster,
      state,
      providers: vaultProviders((parse(vault) ?? {}) as Vaults),
      publisher,
      clock,
      random,
      logger,
    };
  };
  const earlier =
    files.earlier === undefined ? undefined : await sync(enter(files.earlier), { ...settings, mode: 'always' });
  if (earlier !== undefined) clock.advance(MINUTES_SINCE_EARLIER * 60_000);
  publisher.take();
  return { ports: enter(files), settings, cluster, state, publisher, logger, earlier };
}

/** What a user does who applies these documents and deletes those that are not among them. */
function replaceResources(cluster: InMemoryCluster, objects: readonly KubernetesObject[]): void {
  const kept = new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`));
  for (const { apiVersion, kind, metadata } of cluster.objects()) {
    const isOurs = apiVersion?.startsWith('external-secrets.io/') === true;
    const key = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    if (isOurs && !kept.has(key)) cluster.delete(kind, metadata.namespace, metadata.name);
  }
  cluster.applyAll(objects);
}

export function objectsOf(text: string): readonly KubernetesObject[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => document.toJS() as KubernetesObject | null).filter((object) => object !== null);
}
