/** Rights of the job, one name at a time, and the rules of a Role that they come to. */
import type { TargetTemplate } from '../model/intent.ts';
import { compareText } from '../model/object-ref.ts';

/** One rule, limited to one name. */
export interface Right {
  readonly namespace: string;
  readonly apiGroup: string;
  readonly resource: string;
  /** '' = any: Kubernetes cannot limit it. */
  readonly name: string;
  readonly verbs: readonly string[];
}

export const WRITE = ['get', 'create', 'patch', 'update'];
/** As rules list them. */
const VERBS = ['get', 'list', ...WRITE.slice(1), 'delete'];

export function right(namespace: string, resource: string, name: string, verbs: readonly string[]): Right {
  return { namespace, apiGroup: '', resource, name, verbs };
}

/** What templates of `templateFrom` are read from: ConfigMaps and Secrets of the intent's own namespace. */
export function templateRights(namespace: string, template: TargetTemplate | undefined): readonly Right[] {
  const sources = (template?.templateFrom ?? []).flatMap((one) => one.sources);
  return sources.map(({ kind, name }) =>
    right(namespace, kind === 'ConfigMap' ? 'configmaps' : 'secrets', name, ['get']),
  );
}

/** Rights on one object are joined; objects with the same verbs share a rule. */
export function rulesOf(rights: readonly Right[]): readonly object[] {
  const verbs = new Map<string, Set<string>>();
  for (const { apiGroup, resource, name, verbs: more } of rights) {
    const key = JSON.stringify([apiGroup, resource, name]);
    verbs.set(key, new Set([...(verbs.get(key) ?? []), ...more]));
  }
  const rules = new Map<string, { apiGroup: string; resource: string; verbs: readonly string[]; names: string[] }>();
  for (const [key, own] of verbs) {
    const [apiGroup = '', resource = '', name = ''] = JSON.parse(key) as readonly string[];
    const ordered = VERBS.filter((verb) => own.has(verb));
    const ruleKey = JSON.stringify([apiGroup, resource, ordered]);
    const rule = rules.get(ruleKey) ?? { apiGroup, resource, verbs: ordered, names: [] };
    rule.names.push(name);
    rules.set(ruleKey, rule);
  }
  return [...rules]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, rule]) => ({
      apiGroups: [rule.apiGroup],
      resources: [rule.resource],
      ...(rule.names.includes('') ? {} : { resourceNames: rule.names.sort(compareText) }),
      verbs: rule.verbs,
    }));
}
