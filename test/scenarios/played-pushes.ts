/** A history of PushSecrets played step by step: cluster, vaults and state stay, each sync is a process of its own. */
import { sync } from '../../src/commands/sync.ts';
import { documentOf, type ManifestDocument } from '../../src/core/model/document.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import { RunStopped } from '../../src/engine/stop.ts';
import { PortError } from '../../src/ports/errors.ts';
import type { State } from '../../src/ports/state.ts';
import {
  FakeClock,
  FakeRandom,
  InMemoryCluster,
  InMemoryFinalizers,
  InMemoryManifestSource,
  InMemoryState,
  inMemoryVaults,
  InMemoryVault,
  RecordedState,
  RecordingLogger,
  RecordingPublisher,
  shakyState,
  type KubernetesObject,
} from '../fakes/index.ts';
import {
  PULL,
  pushSecret,
  sourceObject,
  storeObject,
  VAULTS,
  type Harm,
  type PushHistory,
  type RandomPush,
  type Step,
} from './random-pushes.ts';

const BETWEEN_SYNCS_MS = 20 * 60_000;

export class PlayedPushes {
  readonly vaults = new Map(VAULTS.map((name) => [name, new InMemoryVault(name)]));
  readonly clock = new FakeClock();
  readonly cluster = new InMemoryCluster({ clock: this.clock });
  readonly pushes = new Map<string, RandomPush>();
  readonly stores = new Set(['kv', 'alias', 'other']);
  readonly settings: RunSettings;
  readonly #history: PushHistory;
  #state: State;
  /** New randomness for each installation. */
  #random = new FakeRandom();

  constructor(history: PushHistory) {
    this.#history = history;
    const { home, prune, mode, takeOver } = history;
    this.settings = { ...DEFAULT_SETTINGS, home, prune, mode, takeOver, deletionLimits: undefined, concurrency: 2 };
    this.#state = this.#newState();
    this.#enter();
  }

  /** Everything but a sync. */
  take(step: Exclude<Step, { do: 'sync' }>): void {
    switch (step.do) {
      case 'secret':
        this.cluster.apply(sourceObject(step));
        return;
      case 'no-secret':
        this.cluster.delete('Secret', 'shop', step.name);
        return;
      case 'push':
        this.pushes.set(step.push.name, step.push);
        break;
      case 'no-push':
        this.pushes.delete(step.name);
        break;
      case 'rename':
        this.#rename(step.name);
        break;
      case 'store':
        if (step.isThere) this.stores.add(step.name);
        else this.stores.delete(step.name);
        break;
      case 'vault':
        this.#edit(step);
        return;
      case 'lose':
        this.#lose(step.what);
        return;
    }
    this.#enter();
  }

  /** `undefined` = it was stopped before it had anything to report. */
  async sync(harm?: Harm, settings: Partial<RunSettings> = {}): Promise<Report | undefined> {
    this.clock.advance(BETWEEN_SYNCS_MS);
    const { ports, heal } = this.#harmed(harm);
    try {
      return await sync(ports, { ...this.settings, ...settings });
    } catch (error) {
      if (error instanceof RunStopped) return undefined;
      if (harm !== undefined && error instanceof PortError) return undefined;
      throw error;
    } finally {
      heal();
    }
  }

  ports(stop?: AbortSignal, state = this.#state): Ports {
    const { home, mayHold } = this.#history;
    const load = async () => ({ documents: this.#objects().map(fileDocument), problems: [] });
    return {
      manifests: home === 'files' ? { load } : new InMemoryManifestSource(this.cluster),
      cluster: this.cluster,
      state,
      ...(home === 'custom-resources' && mayHold ? { finalizers: new InMemoryFinalizers(this.cluster) } : {}),
      providers: inMemoryVaults(this.vaults),
      publisher: new RecordingPublisher(),
      clock: this.clock,
      random: this.#random,
      logger: new RecordingLogger(),
      ...(stop === undefined ? {} : { stop }),
    };
  }

  #newState(): State {
    return this.#history.home === 'files' ? new RecordedState() : new InMemoryState(this.cluster);
  }

  #objects(): readonly KubernetesObject[] {
    return [...[...this.stores].map(storeObject), PULL, ...[...this.pushes.values()].map(pushSecret)];
  }

  #enter(): void {
    if (this.#history.home === 'files') return;
    const objects = this.#objects();
    const kept = new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
    for (const kind of ['SecretStore', 'PushSecret'])
      for (const { metadata } of this.cluster.list(kind)) {
        if (!kept.has(`${kind} ${metadata.name}`)) this.cluster.delete(kind, 'shop', metadata.name);
      }
    for (const object of objects) this.#apply(object);
  }

  /** What is being deleted cannot come back before it is gone; finalizers are the program's. */
  #apply(object: KubernetesObject): void {
    const live = this.cluster.get(object.kind, 'shop', object.metadata.name);
    if (live?.metadata.deletionTimestamp !== undefined) return;
    const { finalizers } = live?.metadata ?? {};
    const held = finalizers === undefined ? {} : { finalizers };
    this.cluster.apply({ ...object, metadata: { ...object.metadata, ...held } });
  }

  #rename(name: string): void {
    const push = this.pushes.get(name);
    if (push === undefined) return;
    this.pushes.delete(name);
    this.pushes.set(`new-${name}`, { ...push, name: `new-${name}` });
  }

  #edit({ vault, object, what, value }: Extract<Step, { do: 'vault' }>): void {
    const content = this.vaults.get(vault)?.content;
    const live = content?.find('secrets', object);
    const deleted = content?.findDeleted('secrets', object);
    if (content === undefined) return;
    const last = live?.versions.at(-1);
    switch (what) {
      case 'foreign':
      case 'operator':
      case 'another':
        if (deleted === undefined) content.append('secrets', object, { value, tags: TAGS[what] });
        return;
      case 'value':
        if (last !== undefined) content.append('secrets', object, { value, ...(last.tags ? { tags: last.tags } : {}) });
        return;
      case 'tag':
        if (live !== undefined && last !== undefined)
          content.replace(live, last, { tags: { ...last.tags, colour: 'grey', theirs: 'x' } });
        return;
      case 'delete':
        if (live !== undefined) content.softDelete('secrets', live, { at: 0, settlesAt: 0 });
        return;
      case 'purge':
        if (deleted !== undefined) content.purge('secrets', deleted);
    }
  }

  #lose(what: 'records' | 'everything'): void {
    const before = this.#state;
    for (const { kind, metadata } of this.cluster.list('PushSecret'))
      this.cluster.setStatus({ kind, namespace: 'shop', name: metadata.name }, {});
    this.#state = this.#newState();
    if (what === 'everything') {
      this.#random.bytes(32);
      return;
    }
    const state = this.#state;
    void before.installation().then((name) => (name === undefined ? undefined : state.nameInstallation(name)));
  }

  /** Requests to vaults, cluster and state are counted alike. */
  #harmed(harm: Harm | undefined): { readonly ports: Ports; readonly heal: () => void } {
    if (harm === undefined) return { ports: this.ports(), heal: () => undefined };
    let count = 0;
    const asked = new AbortController();
    const strike = (isWrite: boolean): PortError | undefined => {
      const now = count++;
      const isHit = harm.how === 'crash' ? now >= harm.at : now === harm.at;
      if (!isHit) return undefined;
      if (harm.how === 'stop') asked.abort();
      return harm.how === 'stop' ? undefined : faultOf(harm.how, isWrite);
    };
    let lost: PortError | undefined;
    for (const vault of this.vaults.values()) {
      vault.hooks = {
        before: ({ action }) => {
          const error = strike(!['get', 'list', 'deleted-get'].includes(action));
          lost = harm.how === 'lost' ? error : undefined;
          if (error !== undefined && lost === undefined) throw error;
        },
        after: () => {
          if (lost !== undefined) throw lost;
        },
      };
    }
    const off = this.cluster.onBefore(() => {
      const error = strike(false);
      if (error !== undefined) throw error;
    });
    const heal = (): void => {
      off();
      for (const vault of this.vaults.values()) vault.hooks = {};
    };
    const state = shakyState(this.#state, () => {
      const error = strike(false);
      if (error !== undefined) throw error;
    });
    return { ports: this.ports(asked.signal, state), heal };
  }
}

const TAGS = {
  foreign: { team: 'theirs' },
  operator: { 'managed-by': 'external-secrets' },
  another: { 'managed-by': 'external-secrets', 'keyferry-owner': 'ffffffffffffffff/0123456789' },
};

function faultOf(how: Exclude<Harm['how'], 'stop'>, isWrite: boolean): PortError {
  const kind = how === 'lost' || how === 'crash' ? 'Unavailable' : how;
  const uncertain = isWrite && kind === 'Unavailable';
  return new PortError({ kind, uncertain, what: 'the server failed', fix: 'Run again later.', code: 'HTTP500' });
}

function fileDocument(value: KubernetesObject): ManifestDocument {
  const origin = { file: `${value.kind}-${value.metadata.name}.yaml`, line: 1 };
  return documentOf({ value, origin, locate: () => origin, home: 'file' });
}
