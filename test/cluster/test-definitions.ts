/** Custom resource definitions that take everything: what is valid is decided by our own check, not by the API server. */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { eventually, type ClusterUser } from './cluster-user.ts';

const GROUP = 'external-secrets.io';
const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;

interface Kind {
  readonly kind: string;
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
];

/** Ready when it resolves: the API server serves them. */
export async function installTestDefinitions(admin: ClusterUser): Promise<void> {
  await Promise.all(KINDS.map((kind) => admin.apply(definition(kind))));
  await Promise.all(KINDS.map(({ kind }) => eventually(`${kind} is served`, async () => await served(admin, kind))));
}

async function served(admin: ClusterUser, kind: string): Promise<true | undefined> {
  try {
    await admin.list(kind);
    return true;
  } catch {
    return undefined;
  }
}

function definition({ kind, scope, version }: Kind): KubernetesObject {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: ANYTHING, status: ANYTHING } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope,
      names: { kind, singular, plural, listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema, subresources: { status: {} } }],
    },
  };
}
