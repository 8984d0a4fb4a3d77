/** PushSecrets over one vault in memory, by custom resources or files; each run is a process of its own. */
import { sync } from '../../src/commands/sync.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import {
  FakeClock,
  FakeRandom,
  InMemoryCluster,
  InMemoryVault,
  inMemoryVaults,
  RecordedState,
  RecordingLogger,
  RecordingPublisher,
  type KubernetesObject,
} from '../fakes/index.ts';
import { handMadeSecret, STORE, yaml } from './shop.ts';

/** `shop/<name>`: pushes key `<name>` of Secret `<name>` to the vault object of its name. */
export function pushSecret(name: string, spec: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name, namespace: 'shop' },
    spec: {
      refreshInterval: '1h',
      deletionPolicy: 'Delete',
      secretStoreRefs: [{ name: 'kv', kind: 'SecretStore' }],
      selector: { secret: { name } },
      data: [{ match: { secretKey: name, remoteRef: { remoteKey: name } } }],
      ...spec,
    },
  };
}

export function entry(secretKey: string, remoteKey = secretKey, property?: string) {
  return { match: { secretKey, remoteRef: { remoteKey, ...(property === undefined ? {} : { property }) } } };
}

export class PushWorld {
  readonly clock = new FakeClock();
  readonly cluster = new InMemoryCluster({ clock: this.clock });
  readonly vault = new InMemoryVault('kv-shop');
  readonly state = new RecordedState();
  readonly publisher = new RecordingPublisher();
  readonly logger = new RecordingLogger();
  readonly #random = new FakeRandom();

  /** With Secrets `shop/<name>` that hold these texts. */
  constructor(secrets: Readonly<Record<string, Readonly<Record<string, string>>>> = {}) {
    for (const [name, data] of Object.entries(secrets)) this.cluster.apply(handMadeSecret(name, data));
  }

  ports(manifests: readonly KubernetesObject[], more: Partial<Ports> = {}): Ports {
    const loaded = parseDocuments('manifests.yaml', yaml(STORE, ...manifests));
    return {
      manifests: { load: async () => loaded },
      cluster: this.cluster,
      state: this.state,
      providers: inMemoryVaults(new Map([['kv-shop', this.vault]])),
      publisher: this.publisher,
      clock: this.clock,
      random: this.#random,
      logger: this.logger,
      ...more,
    };
  }

  async sync(
    manifests: readonly KubernetesObject[],
    settings: Partial<RunSettings> = {},
    more: Partial<Ports> = {},
  ): Promise<Report> {
    return await sync(this.ports(manifests, more), { ...DEFAULT_SETTINGS, ...settings });
  }

  /** Name → values of its versions, oldest first; those that are deleted are left out. */
  get values(): Readonly<Record<string, readonly (string | undefined)[]>> {
    const objects = this.vault.content.list('secrets');
    return Object.fromEntries(objects.map(({ name, versions }) => [name, versions.map(({ value }) => value)]));
  }

  /** What the program asked the vault since the last time this was asked. */
  asked(): readonly string[] {
    return this.vault.operations.splice(0);
  }

  async remembered(name: string): Promise<readonly string[]> {
    const state = await this.state.read({ kind: 'PushSecret', namespace: 'shop', name });
    return (state?.pushed ?? []).map((one) => one.name);
  }
}
