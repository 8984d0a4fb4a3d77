/**
 * The kinds of External Secrets: how the API names them, and what each is for. ESO 2.9.
 *
 * The only place that says so: what asks for a group, a version, a scope, a resource or a role asks this table, so that
 * a kind that is added here is known everywhere.
 */

/** What an object of a kind does: where values are, Secrets out of them, values back, values out of nothing, copies. */
export type KindRole = 'store' | 'pull' | 'push' | 'generator' | 'fan-out';

export interface Kind {
  readonly kind: string;
  readonly group: string;
  /** Newest first. */
  readonly versions: readonly [string, ...string[]];
  readonly scope: 'cluster' | 'namespace';
  /** As rights, quotas and definitions name it. */
  readonly resource: string;
  readonly role: KindRole;
  /** What it would be for, in the words of its refusal; absent where this program serves it. */
  readonly notBuilt?: string;
}

export const EXTERNAL_SECRETS = 'external-secrets.io';
export const GENERATORS = 'generators.external-secrets.io';
export const GROUPS: readonly string[] = [EXTERNAL_SECRETS, GENERATORS];

const NAMESPACED = { group: EXTERNAL_SECRETS, scope: 'namespace' } as const;
const CLUSTER_WIDE = { group: EXTERNAL_SECRETS, scope: 'cluster' } as const;
const STABLE = ['v1', 'v1beta1'] as const;
const ALPHA = ['v1alpha1'] as const;
const PUSHES = 'writing back into the vault';
const COPIES = 'cluster-wide ExternalSecrets';

/** In the order in which messages list them. */
const MAIN_KINDS = [
  { ...NAMESPACED, kind: 'ExternalSecret', resource: 'externalsecrets', versions: STABLE, role: 'pull' },
  { ...NAMESPACED, kind: 'SecretStore', resource: 'secretstores', versions: STABLE, role: 'store' },
  { ...CLUSTER_WIDE, kind: 'ClusterSecretStore', resource: 'clustersecretstores', versions: STABLE, role: 'store' },
  {
    ...{ ...CLUSTER_WIDE, kind: 'ClusterExternalSecret', resource: 'clusterexternalsecrets' },
    ...{ versions: STABLE, role: 'fan-out', notBuilt: COPIES },
  },
  { ...NAMESPACED, kind: 'PushSecret', resource: 'pushsecrets', versions: ALPHA, role: 'push', notBuilt: PUSHES },
  {
    ...{ ...CLUSTER_WIDE, kind: 'ClusterPushSecret', resource: 'clusterpushsecrets' },
    ...{ versions: ALPHA, role: 'fan-out', notBuilt: PUSHES },
  },
] as const satisfies readonly Kind[];

/** ESO 2.9: all that a `generatorRef` may name. */
const GENERATOR_KINDS = [
  ...['ACRAccessToken', 'Password', 'UUID', 'SSHKey', 'Fake', 'MFA', 'Webhook', 'ClusterGenerator'],
  ...['GithubAccessToken', 'ECRAuthorizationToken', 'STSSessionToken', 'GCRAccessToken', 'GitlabDeployToken'],
  ...['QuayAccessToken', 'CloudsmithAccessToken', 'Grafana', 'VaultDynamicSecret'],
  'BeyondtrustWorkloadCredentialsDynamicSecret',
];

export const KINDS: readonly Kind[] = [...MAIN_KINDS, ...GENERATOR_KINDS.map(generator)];

function generator(kind: string): Kind {
  return {
    kind,
    group: GENERATORS,
    versions: ALPHA,
    scope: kind === 'ClusterGenerator' ? 'cluster' : 'namespace',
    resource: `${kind.toLowerCase()}s`,
    role: 'generator',
    notBuilt: 'generators',
  };
}

export type StoreKind = Extract<(typeof MAIN_KINDS)[number], { readonly role: 'store' }>['kind'];
export const STORE_KINDS: readonly StoreKind[] = MAIN_KINDS.flatMap((row) => (row.role === 'store' ? [row.kind] : []));

const BY_NAME = new Map(KINDS.map((row) => [row.kind, row]));

/** `undefined` for kinds of other groups, and for words that are none. */
export function kindNamed(name: string): Kind | undefined {
  return BY_NAME.get(name);
}

export function roleOf(name: string): KindRole | undefined {
  return BY_NAME.get(name)?.role;
}

export function isClusterWide(name: string): boolean {
  return BY_NAME.get(name)?.scope === 'cluster';
}

/** `external-secrets.io` of `external-secrets.io/v1`; '' stays ''. */
export function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0] ?? '';
}

/** The apiVersions of a kind, newest first. */
export function apiVersionsOf({ group, versions }: Kind): readonly string[] {
  return versions.map((version) => `${group}/${version}`);
}

/** `externalsecrets.external-secrets.io`: the name of its CustomResourceDefinition, and what quotas count. */
export function definitionOf({ resource, group }: Kind): string {
  return `${resource}.${group}`;
}

const BEFORE: readonly KindRole[] = ['store', 'generator', 'fan-out', 'pull', 'push'];

/** A store must be there before who names it, and what is the whole cluster's before what is of a namespace. */
export function byUse(a: Kind, b: Kind): number {
  const scope = Number(b.scope === 'cluster') - Number(a.scope === 'cluster');
  return BEFORE.indexOf(a.role) - BEFORE.indexOf(b.role) || scope;
}

/** What this program serves, in the order of `byUse`. */
export const SERVED_KINDS: readonly Kind[] = KINDS.filter(({ notBuilt }) => notBuilt === undefined).toSorted(byUse);
