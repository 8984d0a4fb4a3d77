/**
 * A case played with its intents as files, or as what a deployment keeps of them in ConfigMaps: nothing in the cluster is
 * a custom resource. What a status would say is in the record.
 */
import { documentOf } from '../../src/core/model/document.ts';
import type { SyncState } from '../../src/core/model/condition.ts';
import { refText, type ObjectRef } from '../../src/core/model/object-ref.ts';
import { RecordedState, type KubernetesObject } from '../fakes/index.ts';
import { isFields, mergePatch } from '../fakes/kubernetes-object.ts';
import { openInMemory, type CaseCluster, type OpenCaseCluster } from './case-cluster.ts';
import { isExternalSecretsObject } from './observe.ts';

/** Cases about custom resources alone, and why they cannot be played with files. */
export const NOT_FOR_FILES: Readonly<Record<string, string>> = {
  'ps-078': 'a store that is deleted waits with a finalizer, and a file does not',
  'ps-079': 'a store that is deleted waits with a finalizer, and a file does not',
  'ps-098b': 'children of a ClusterPushSecret are no objects that somebody could change',
  'ps-098c': 'children of a ClusterPushSecret are no objects that somebody could delete',
};

export const openFilesHome: OpenCaseCluster = async (clock, publisher, azure) => {
  const inner = await openInMemory(clock, publisher, azure);
  return new FilesHome({ ...inner, ports: { ...inner.ports, state: new RecordedState() } });
};

const PUSHES_NOTHING = {
  apiVersion: 'external-secrets.io/v1alpha1',
  kind: 'PushSecret',
  metadata: { name: 'pushes-nothing' },
  spec: { secretStoreRefs: [], selector: { secret: { name: 'nothing' } }, data: [] },
};

/** Around a cluster whose state is a record. */
export class FilesHome implements CaseCluster {
  readonly home = 'files';
  readonly ports: CaseCluster['ports'];
  readonly #inner: CaseCluster;
  /** What a user has written, by `refText`. */
  readonly #folder = new Map<string, KubernetesObject>();

  constructor(inner: CaseCluster) {
    const { cluster, state, publisher } = inner.ports;
    const manifests = { load: async () => ({ documents: [...this.#folder.values()].map(written), problems: [] }) };
    this.#inner = inner;
    this.ports = { cluster, state, publisher, manifests };
  }

  async apply(object: KubernetesObject): Promise<void> {
    if (isExternalSecretsObject(object)) this.#folder.set(refText(refOf(object)), object);
    else await this.#inner.apply(object);
  }

  async patch(object: KubernetesObject): Promise<void> {
    const { status, ...rest } = object;
    const key = refText(refOf(object));
    const file = this.#folder.get(key);
    if (file !== undefined) this.#folder.set(key, mergePatch(file, rest) as KubernetesObject);
    if (isFields(status) && typeof status['refreshTime'] === 'string') {
      await this.#remember(refOf(object), new Date(status['refreshTime']));
    } else if (file === undefined) await this.#inner.patch(object);
  }

  async delete(kind: string, namespace: string | undefined, name: string): Promise<void> {
    const isFile = this.#folder.delete(refText(namespace === undefined ? { kind, name } : { kind, namespace, name }));
    if (!isFile) await this.#inner.delete(kind, namespace, name);
    else if (kind.endsWith('PushSecret')) await this.#leaveAnother();
  }

  /** The files, each with what is remembered of it; and what is remembered of others, which a cluster-wide one made. */
  async objects(): Promise<readonly KubernetesObject[]> {
    const remembered = [...(await this.ports.state.remembered('push')), ...(await this.ports.state.remembered('pull'))];
    const statuses = new Map<string, KubernetesObject>();
    for (const ref of remembered) statuses.set(refText(ref), await this.#withStatus(ref));
    const files = [...this.#folder].filter(([key]) => !statuses.has(key)).map(([, file]) => file);
    const all = [...(await this.#inner.objects()), ...files, ...statuses.values()];
    return all.filter(({ metadata }) => metadata.name !== PUSHES_NOTHING.metadata.name);
  }

  /**
   * Manifests without a PushSecret of a namespace say nothing of it, so that nothing of it is pruned: another one, which
   * pushes nothing, stays where there were some.
   */
  async #leaveAnother(): Promise<void> {
    for (const { namespace = '' } of await this.ports.state.remembered('push')) {
      const another = { ...PUSHES_NOTHING, metadata: { ...PUSHES_NOTHING.metadata, namespace } };
      this.#folder.set(refText(refOf(another)), another);
    }
  }

  async #withStatus(ref: ObjectRef): Promise<KubernetesObject> {
    const { kind, namespace, name } = ref;
    const apiVersion = kind === 'PushSecret' ? 'external-secrets.io/v1alpha1' : 'external-secrets.io/v1';
    const made = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
    return { ...(this.#folder.get(refText(ref)) ?? made), status: statusOf(await this.ports.state.read(ref)) };
  }

  async #remember(ref: ObjectRef, refreshTime: Date): Promise<void> {
    const state = await this.ports.state.read(ref);
    if (state !== undefined) await this.ports.state.write(ref, { ...state, refreshTime });
  }
}

function written(value: KubernetesObject): ReturnType<typeof documentOf> {
  return documentOf({ value: structuredClone(value), locate: () => undefined, home: 'file' });
}

function refOf({ kind, metadata: { namespace, name } }: KubernetesObject): ObjectRef {
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** What a case compares of a record. */
function statusOf(state: SyncState | undefined): Readonly<Record<string, unknown>> {
  const { refreshTime, syncedResourceVersion, syncedPushSecrets, conditions = [] } = state ?? {};
  return {
    conditions,
    ...(refreshTime === undefined ? {} : { refreshTime: refreshTime.toISOString().replace(/\.\d+Z$/u, 'Z') }),
    ...(syncedResourceVersion === undefined ? {} : { syncedResourceVersion }),
    ...(syncedPushSecrets === undefined ? {} : { syncedPushSecrets }),
  };
}
