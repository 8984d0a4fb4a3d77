/**
 * The kinds of External Secrets: how the API names them, and what each is for. ESO 2.9.
 *
 * The only place that says so: what asks for a group, a version, a scope, a resource or a role asks this table, so that
 * a kind that is added here is known everywhere.
 */

/** What an object of a kind does: where values are, Secrets out of them, values back, values out of nothing, copies. */
export type KindRole = 'store' | 'pull' | 'push' | 'generator' | 'fan-out';

/** Roles of kinds that are carried out, each with a memory of its own. */
export type IntentRole = Extract<KindRole, 'pull' | 'push'>;

export interface Kind {
  readonly kind: string;
  readonly group: string;
  /** Newest first. */
  readonly versions: readonly [string, ...string[]];
  /** Versions that no cluster is asked for any more, and that files may still be written in. */
  readonly retired?: readonly string[];
  readonly scope: 'cluster' | 'namespace';
  /** As rights, quotas and definitions name it. */
  readonly resource: string;
  readonly role: KindRole;
  /** Of a fan-out: the kind of what it makes. */
  readonly makes?: string;
  /** What it would be for, in the words of its refusal; absent where this program serves it. */
  readonly notBuilt?: string;
}

export const EXTERNAL_SECRETS = 'external-secrets.io';
export const GENERATORS = 'generators.external-secrets.io';
export const GROUPS: readonly string[] = [EXTERNAL_SECRETS, GENERATORS];

const STABLE = { group: EXTERNAL_SECRETS, versions: ['v1', 'v1beta1'] } as const;
const FIRST = { ...STABLE, retired: ['v1alpha1'] } as const;
const ALPHA = { group: EXTERNAL_SECRETS, versions: ['v1alpha1'] } as const;
const GENERATOR = { group: GENERATORS, versions: ['v1alpha1'], role: 'generator' } as const;
/** Of other vendors, or of use to nobody whose vaults are in Azure. */
const OTHER_GENERATOR = { ...GENERATOR, scope: 'namespace', notBuilt: 'generators' } as const;
const COPIES = 'cluster-wide ExternalSecrets';

/** In the order in which messages list them. The resource of each is its name in small letters, with an s. */
const ROWS = [
  { kind: 'ExternalSecret', ...FIRST, scope: 'namespace', role: 'pull' },
  { kind: 'SecretStore', ...FIRST, scope: 'namespace', role: 'store' },
  { kind: 'ClusterSecretStore', ...FIRST, scope: 'cluster', role: 'store' },
  { kind: 'ClusterExternalSecret', ...STABLE, scope: 'cluster', role: 'fan-out', notBuilt: COPIES },
  { kind: 'PushSecret', ...ALPHA, scope: 'namespace', role: 'push' },
  { kind: 'ClusterPushSecret', ...ALPHA, scope: 'cluster', role: 'fan-out', makes: 'PushSecret' },
  { kind: 'ACRAccessToken', ...GENERATOR, scope: 'namespace' },
  { kind: 'Password', ...GENERATOR, scope: 'namespace' },
  { kind: 'UUID', ...GENERATOR, scope: 'namespace' },
  { kind: 'SSHKey', ...GENERATOR, scope: 'namespace' },
  { kind: 'Fake', ...GENERATOR, scope: 'namespace' },
  { kind: 'MFA', ...OTHER_GENERATOR },
  { kind: 'Webhook', ...OTHER_GENERATOR },
  { kind: 'ClusterGenerator', ...GENERATOR, scope: 'cluster' },
  { kind: 'GithubAccessToken', ...OTHER_GENERATOR },
  { kind: 'ECRAuthorizationToken', ...OTHER_GENERATOR },
  { kind: 'STSSessionToken', ...OTHER_GENERATOR },
  { kind: 'GCRAccessToken', ...OTHER_GENERATOR },
  { kind: 'GitlabDeployToken', ...OTHER_GENERATOR },
  { kind: 'QuayAccessToken', ...OTHER_GENERATOR },
  { kind: 'CloudsmithAccessToken', ...OTHER_GENERATOR },
  { kind: 'Grafana', ...OTHER_GENERATOR },
  { kind: 'VaultDynamicSecret', ...OTHER_GENERATOR },
  { kind: 'BeyondtrustWorkloadCredentialsDynamicSecret', ...OTHER_GENERATOR },
] as const satisfies readonly Omit<Kind, 'resource'>[];

export const KINDS: readonly Kind[] = ROWS.map((row) => ({ ...row, resource: `${row.kind.toLowerCase()}s` }));

export type StoreKind = Extract<(typeof ROWS)[number], { readonly role: 'store' }>['kind'];
export const STORE_KINDS: readonly StoreKind[] = ROWS.flatMap((row) => (row.role === 'store' ? [row.kind] : []));

const BY_NAME = new Map(KINDS.map((row) => [row.kind, row]));

/** The kind that writes back, for messages that count it. */
export const PUSH_KIND: string = 'PushSecret';

/** `undefined` for kinds of other groups, and for words that are none. */
export function kindNamed(name: string): Kind | undefined {
  return BY_NAME.get(name);
}

export function roleOf(name: string): KindRole | undefined {
  return BY_NAME.get(name)?.role;
}

/** Is it carried out, in either direction? */
export function isIntentKind(name: string): boolean {
  const role = roleOf(name);
  return role === 'pull' || role === 'push';
}

export function isClusterWide(name: string): boolean {
  return BY_NAME.get(name)?.scope === 'cluster';
}

/** `external-secrets.io` of `external-secrets.io/v1`; '' stays ''. */
export function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0] ?? '';
}

/** `v1` of `external-secrets.io/v1`; '' where there is none. */
export function versionOf(apiVersion: string): string {
  return apiVersion.split('/')[1] ?? '';
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

/** As `generatorRef` names them. */
export const GENERATOR_KINDS: readonly string[] = KINDS.flatMap(({ kind, role }) =>
  role === 'generator' ? [kind] : [],
);

/** What this program serves, in the order of `byUse`. */
export const SERVED_KINDS: readonly Kind[] = KINDS.filter(({ notBuilt }) => notBuilt === undefined).toSorted(byUse);
