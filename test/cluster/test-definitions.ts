/** Custom resource definitions that take everything: what is valid is decided by our own check, not by the API server. */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { eventually, type ClusterUser } from './cluster-user.ts';

const GROUP = 'external-secrets.io';
const GENERATORS = 'generators.external-secrets.io';
const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;

interface Kind {
  readonly kind: string;
  /** Absent = that of stores and intents. */
  readonly group?: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly version: string;
}

const KINDS: readonly Kind[] = [
  { kind: 'SecretStore', scope: 'Namespaced', version: 'v1' },
  { kind: 'ClusterSecretStore', scope: 'Cluster', version: 'v1' },
  { kind: 'ExternalSecret', scope: 'Namespaced', version: 'v1' },
  { kind: 'ClusterExternalSecret', scope: 'Cluster', version: 'v1' },
  { kind: 'PushSecret', scope: 'Namespaced', version: 'v1alpha1' },
  { kind: 'ClusterPushSecret', scope: 'Cluster', version: 'v1alpha1' },
  { kind: 'Password', group: GENERATORS, scope: 'Namespaced', version: 'v1alpha1' },
  { kind: 'UUID', group: GENERATORS, scope: 'Namespaced', version: 'v1alpha1' },
  { kind: 'SSHKey', group: GENERATORS, scope: 'Namespaced', version: 'v1alpha1' },
  { kind: 'Fake', group: GENERATORS, scope: 'Namespaced', version: 'v1alpha1' },
  { kind: 'ClusterGenerator', group: GENERATORS, scope: 'Cluster', version: 'v1alpha1' },
];

/** Ready when it resolves: the API server serves them. */
export async function installTestDefinitions(admin: ClusterUser): Promise<void> {
  await Promise.all(KINDS.map((kind) => admin.apply(definition(kind))));
  await Promise.all(KINDS.map(({ kind }) => eventually(`${kind} is served`, async () => await served(admin, kind))));
}

/** Has a kind served in these versions only; `v1` again is what all tests start from. */
export async function serveIn(admin: ClusterUser, kind: string, versions: readonly string[]): Promise<void> {
  const known = KINDS.find((one) => one.kind === kind);
  if (known === undefined) throw new Error(`there is no test definition of ${kind}`);
  const { spec, ...rest } = definition(known) as KubernetesObject & {
    readonly spec: { readonly versions: readonly [Readonly<Record<string, unknown>>] };
  };
  const [first] = spec.versions;
  const all = ['v1', 'v1beta1'].map((name) => ({
    ...first,
    name,
    served: versions.includes(name),
    storage: name === 'v1',
  }));
  await admin.apply({ ...rest, spec: { ...spec, versions: all } });
  const resource = `${kind.toLowerCase()}s`;
  await eventually(`${kind} is served in ${versions.join(' and ')}`, async () => {
    const found = await Promise.all(['v1', 'v1beta1'].map((name) => isServed(admin, name, resource)));
    return found.every((isThere, index) => isThere === versions.includes(['v1', 'v1beta1'][index] ?? '')) || undefined;
  });
}

/** Found by discovery, and answering: an API server that changes a definition says 429 for a while. */
async function isServed(admin: ClusterUser, version: string, resource: string): Promise<boolean> {
  const path = `/apis/${GROUP}/${version}`;
  const { body } = await admin.call({ method: 'GET', path });
  const { resources = [] } = body as { readonly resources?: readonly { readonly name: string }[] };
  if (!resources.some(({ name }) => name === resource)) return false;
  return (await admin.call({ method: 'GET', path: `${path}/${resource}` })).status === 200;
}

async function served(admin: ClusterUser, kind: string): Promise<true | undefined> {
  try {
    await admin.list(kind);
    return true;
  } catch {
    return undefined;
  }
}

function definition({ kind, group = GROUP, scope, version }: Kind): KubernetesObject {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: ANYTHING, status: ANYTHING } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, singular, plural, listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema, subresources: { status: {} } }],
    },
  };
}
