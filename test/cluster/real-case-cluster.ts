/** Conformance cases in a real API server, with its garbage collector: one case at a time. */
import { CustomResources } from '../../src/adapters/kubernetes/custom-resources.ts';
import { openKubernetes } from '../../src/adapters/kubernetes/open-kubernetes.ts';
import type { Publisher } from '../../src/ports/publisher.ts';
import type { ManifestSource } from '../../src/ports/manifest-source.ts';
import type { CaseCluster } from '../conformance/case-cluster.ts';
import { FilesHome } from '../conformance/files-home.ts';
import type { Homes } from '../conformance/run-all.ts';
import type { RecordingPublisher } from '../fakes/index.ts';
import { isClusterScoped, type KubernetesObject, type ObjectOwner } from '../fakes/kubernetes-object.ts';
import { eventually, type ClusterUser } from './cluster-user.ts';
import { adminUser, connection } from './world.ts';

const INSTALLATION = { name: 'conformance', namespace: 'keyferry-conformance' };
const NAMESPACED = ['ExternalSecret', 'SecretStore', 'PushSecret', 'Secret', 'ConfigMap', 'ServiceAccount'];
const CLUSTER_WIDE = ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore', 'ClusterGenerator'];
/** Few cases have any: those of all namespaces are listed in one go. */
const GENERATORS = ['Password', 'UUID', 'SSHKey', 'Fake'];
/** Made by Kubernetes in every namespace. */
const STANDARD = ['ConfigMap kube-root-ca.crt', 'ServiceAccount default'];

export interface RealCases {
  readonly homes: Homes;
  close(): void;
}

export function realCases(): RealCases {
  const admin = adminUser();
  const namespaces = new Set<string>();
  const prepare = async (): Promise<void> => {
    if (namespaces.size === 0) await knowLeftovers(admin, namespaces);
    await empty(admin, namespaces);
    await ensureNamespace(admin, namespaces, { name: INSTALLATION.namespace });
  };
  return {
    homes: {
      customResources: async (clock, publisher) => {
        await prepare();
        const open = openKubernetes(connection(), { clock, home: 'custom-resources', installation: INSTALLATION });
        const manifests = open.manifests as CustomResources;
        const ports = { ...open, manifests, publisher: recordingToo(open.publisher, publisher) };
        return new RealCaseCluster(ports, admin, namespaces);
      },
      files: async (clock) => {
        await prepare();
        const open = openKubernetes(connection(), { clock, home: 'files', installation: INSTALLATION });
        return new FilesHome(new RealCaseCluster({ ...open, manifests: NO_RESOURCES }, admin, namespaces));
      },
    },
    close: () => admin.close(),
  };
}

const NO_RESOURCES: ManifestSource = { load: async () => ({ documents: [], problems: [] }) };

class RealCaseCluster implements CaseCluster {
  readonly home = 'custom-resources';
  readonly ports: CaseCluster['ports'];
  readonly #admin: ClusterUser;
  readonly #namespaces: Set<string>;

  constructor(ports: RealCaseCluster['ports'], admin: ClusterUser, namespaces: Set<string>) {
    this.ports = ports;
    this.#admin = admin;
    this.#namespaces = namespaces;
  }

  async apply(object: KubernetesObject): Promise<void> {
    if (object.kind === 'Namespace') {
      await ensureNamespace(this.#admin, this.#namespaces, object.metadata);
      return;
    }
    const namespace = isClusterScoped(object.kind) ? undefined : (object.metadata.namespace ?? 'default');
    if (namespace !== undefined) await ensureNamespace(this.#admin, this.#namespaces, { name: namespace });
    const metadata = { ...object.metadata, ...(namespace === undefined ? {} : { namespace }) };
    const ownerReferences = await Promise.all(
      (metadata.ownerReferences ?? []).map((owner) => this.#withUid(owner, namespace)),
    );
    await this.#admin.apply({
      ...object,
      metadata: ownerReferences.length === 0 ? metadata : { ...metadata, ownerReferences },
    });
  }

  async patch(object: KubernetesObject): Promise<void> {
    const { status, ...rest } = object;
    await this.#admin.patch(rest);
    if (status !== undefined) await this.#admin.patch(object, '/status');
  }

  async delete(kind: string, namespace: string | undefined, name: string): Promise<void> {
    await this.#admin.delete(kind, namespace, name);
  }

  async objects(): Promise<readonly KubernetesObject[]> {
    return await eventually('the garbage collector is done', async () => {
      const objects = await everything(this.#admin, this.#namespaces);
      const uids = new Set(objects.map(({ metadata }) => metadata.uid));
      const isOrphan = ({ metadata: { ownerReferences = [] } }: KubernetesObject): boolean =>
        ownerReferences.length > 0 && !ownerReferences.some(({ uid }) => uids.has(uid));
      return objects.some(isOrphan) ? undefined : objects;
    });
  }

  async #withUid(owner: ObjectOwner, namespace: string | undefined): Promise<ObjectOwner> {
    if (owner.uid !== undefined) return owner;
    const found = await this.#admin.find(owner.kind, isClusterScoped(owner.kind) ? undefined : namespace, owner.name);
    return { ...owner, uid: found?.metadata.uid ?? '' };
  }
}

/** What other test files left behind goes as well: a case sees the whole cluster. */
async function knowLeftovers(admin: ClusterUser, known: Set<string>): Promise<void> {
  for (const { metadata } of await admin.list('Namespace')) {
    if (!metadata.name.startsWith('kube-')) known.add(metadata.name);
  }
}

function recordingToo(real: Publisher, recording: RecordingPublisher): Publisher {
  return {
    event: async (ref, event) => {
      await recording.event(ref, event);
      await real.event(ref, event);
    },
  };
}

async function ensureNamespace(
  admin: ClusterUser,
  known: Set<string>,
  metadata: KubernetesObject['metadata'],
): Promise<void> {
  if (known.has(metadata.name) && metadata.labels === undefined) return;
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata });
  known.add(metadata.name);
}

async function everything(admin: ClusterUser, namespaces: ReadonlySet<string>): Promise<readonly KubernetesObject[]> {
  const scoped = [...namespaces].flatMap((namespace) => NAMESPACED.map((kind) => admin.list(kind, namespace)));
  const lists = await Promise.all([...scoped, ...[...CLUSTER_WIDE, ...GENERATORS].map((kind) => admin.list(kind))]);
  return lists
    .flat()
    .filter(({ kind, metadata }) => !STANDARD.includes(`${kind} ${metadata.name}`))
    .filter(({ metadata }) => metadata.namespace !== INSTALLATION.namespace);
}

/** Users of stores go first, so that nothing is left that another object's end would wake up. */
async function empty(admin: ClusterUser, namespaces: ReadonlySet<string>): Promise<void> {
  const objects = await everything(admin, namespaces);
  const state = namespaces.has(INSTALLATION.namespace) ? await admin.list('ConfigMap', INSTALLATION.namespace) : [];
  const own = state.filter(({ metadata }) => metadata.name.startsWith(`${INSTALLATION.name}-state-`));
  for (const object of [...objects, ...own]) {
    const { kind, metadata } = object;
    const where = metadata.namespace === undefined ? {} : { namespace: metadata.namespace };
    if ((metadata.finalizers ?? []).length > 0) {
      await admin.patch({ kind, metadata: { name: metadata.name, ...where, finalizers: null } } as never);
    }
    await admin.delete(kind, metadata.namespace, metadata.name);
  }
  await unlabel(admin, namespaces);
}

/** Namespaces stay from case to case; what one case selects them by is none of the next. */
async function unlabel(admin: ClusterUser, namespaces: ReadonlySet<string>): Promise<void> {
  for (const { kind, metadata } of await admin.list('Namespace')) {
    const own = Object.keys(metadata.labels ?? {}).filter((label) => label !== 'kubernetes.io/metadata.name');
    if (own.length === 0 || !namespaces.has(metadata.name)) continue;
    const labels = Object.fromEntries(own.map((label) => [label, null]));
    await admin.patch({ kind, metadata: { name: metadata.name, labels } } as never);
  }
}
