/** A refusal by RBAC, read back into the rule that would have allowed it. */

/** As the API server's authorizers say it; a namespace is absent for cluster-scoped requests. */
export interface MissingRule {
  readonly user: string;
  readonly verb: string;
  readonly apiGroup: string;
  /** With its subresource: `serviceaccounts/token`. */
  readonly resource: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** Kubernetes: `apiserver/pkg/endpoints/handlers/responsewriters`, forbiddenMessage. */
const MESSAGE =
  /^\S+?(?: "(?<name>[^"]*)")? is forbidden: User "(?<user>[^"]*)" cannot (?<verb>\S+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)"| at the cluster scope)/u;

/** `undefined` where the refusal is of another kind: an admission rule, a quota, a namespace that is going away. */
export function missingRule(message: string): MissingRule | undefined {
  const groups = MESSAGE.exec(message)?.groups;
  if (groups === undefined) return undefined;
  const { user = '', verb = '', group = '', resource = '', name = '', namespace = '' } = groups;
  return {
    user,
    verb,
    apiGroup: group,
    resource,
    ...(name === '' ? {} : { name }),
    ...(namespace === '' ? {} : { namespace }),
  };
}

/** `verb get on secrets "db" in namespace shop`. */
export function ruleText({ verb, resource, apiGroup, name, namespace }: MissingRule): string {
  const group = apiGroup === '' ? '' : `.${apiGroup}`;
  const which = name === undefined ? '' : ` "${name}"`;
  const [plural = '', subresource] = resource.split('/');
  const part = subresource === undefined ? '' : `/${subresource}`;
  const where = namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`;
  return `${verb} ${plural}${group}${part}${which} ${where}`;
}

/** The kubectl line that makes a Role (or ClusterRole) with just this rule. */
export function kubectlForRule({ verb, resource, apiGroup, name, namespace }: MissingRule): string {
  const [plural = '', subresource] = resource.split('/');
  const full = `${plural}${apiGroup === '' ? '' : `.${apiGroup}`}${subresource === undefined ? '' : `/${subresource}`}`;
  const only = name === undefined ? '' : ` --resource-name=${name}`;
  const [kind, scope] = namespace === undefined ? ['clusterrole', ''] : ['role', ` -n ${namespace}`];
  return `kubectl create ${kind} NAME --verb=${verb} --resource=${full}${only}${scope}`;
}

/** Kubernetes: `pkg/registry/rbac/validation`, one line for each rule and name that whoever asks does not hold. */
const GRANT =
  /\{APIGroups:\["(?<group>[^"]*)"\], Resources:\["(?<resource>[^"]+)"\](?:, ResourceNames:\["[^"]*"\])?, Verbs:\[(?<verbs>[^\]]+)\]\}/gu;

/**
 * A Role that would give more than its author has: `get, patch externalsecrets.external-secrets.io`, each kind once.
 * Empty where the refusal is of another kind.
 */
export function missingGrants(message: string): readonly string[] {
  if (!message.includes('is attempting to grant RBAC permissions not currently held')) return [];
  const verbs = new Map<string, Set<string>>();
  for (const { groups } of message.matchAll(GRANT)) {
    const { group = '', resource = '', verbs: quoted = '' } = groups ?? {};
    const [plural = '', subresource] = resource.split('/');
    const full = `${plural}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
    const own = quoted.replaceAll('"', '').split(' ');
    verbs.set(full, new Set([...(verbs.get(full) ?? []), ...own]));
  }
  return [...verbs].map(([resource, own]) => `${[...own].join(', ')} ${resource}`);
}
