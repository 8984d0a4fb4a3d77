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

/** How identities of Entra are called in clusters: by their object id. */
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

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

/** Azure RBAC for Kubernetes says so at the end of its refusals: no Role of the cluster would help. */
export function isOfAzure(message: string): boolean {
  return message.includes('access to the resource in Azure');
}

/**
 * The line that gives the user a role of Azure with this rule, in the namespace alone where that is enough.
 *
 * Microsoft Learn, Azure RBAC for Kubernetes: Reader may not read Secrets, Writer may not write Roles.
 */
export function azureRoleForRule({ user, resource, apiGroup, namespace }: MissingRule, clusterId?: string): string {
  const needed = namespace === undefined ? 'Cluster Admin' : apiGroup.startsWith('rbac.') ? 'Admin' : 'Writer';
  const role = resource === 'namespaces' ? 'Cluster Admin' : needed;
  const scope = `${clusterId ?? 'CLUSTER_RESOURCE_ID'}${namespace === undefined ? '' : `/namespaces/${namespace}`}`;
  return `az role assignment create --role "Azure Kubernetes Service RBAC ${role}" --assignee-object-id ${user} --assignee-principal-type ServicePrincipal --scope "${scope}"`;
}

/** The kubectl lines that make a Role (or ClusterRole) with just this rule, and bind it to an identity of Entra. */
export function kubectlForRule(rule: MissingRule): string {
  const { user, namespace } = rule;
  if (!OBJECT_ID.test(user)) return kubectlForRole(rule);
  const [binding, role, scope] =
    namespace === undefined ? ['clusterrolebinding', 'clusterrole', ''] : ['rolebinding', 'role', ` -n ${namespace}`];
  return `${kubectlForRole(rule)}; kubectl create ${binding} NAME --${role}=NAME --user=${user}${scope}`;
}

function kubectlForRole({ verb, resource, apiGroup, name, namespace }: MissingRule): string {
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
