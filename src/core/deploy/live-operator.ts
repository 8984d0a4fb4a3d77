/**
 * Does an External Secrets Operator sync what is to be deployed? Two that write the same Secret undo each other's work.
 *
 * The stores of a deployment carry our class, so that an operator of another class leaves them alone; what counts is an
 * operator of our class, and a store in the cluster that is not of our class yet: applying it would take it away from a
 * running operator, with every ExternalSecret and PushSecret that uses it.
 *
 * | Deployments of the cluster | refused |
 * | --- | --- |
 * | may be listed | where one that is ready has our class, or syncs such a store now |
 * | may not | where the status of such a store, or of what names it, moved lately; else a warning |
 *
 * ESO 2.9: the chart's label, `--controller-class` (default `default`), `--namespace`; a store is validated, and an
 * Event made, every five minutes.
 */
import { say, setting, type Message } from '../model/message.ts';
import { roleOf } from '../model/kinds.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { refText } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import { storeObjectRef } from '../resolve/stores.ts';
import { namespacedIntents, type DeployedIntents } from './deployed-intents.ts';
import { statusWriters } from './ownership.ts';

export const OPERATOR_LABELS = { 'app.kubernetes.io/name': 'external-secrets' } as const;
const DEFAULT_CLASS = 'default';
const OPERATOR_COMPONENTS = ['external-secrets', 'pushsecret', 'secret-store', 'cluster-secret-store'];
/** What this program signs status with. */
const OWN_MANAGER = 'keyferry';
/** Two rounds of the operator's own. */
const LATELY_MS = 10 * 60_000;

export interface OperatorFacts extends Omit<DeployedIntents, 'clusterPushes'> {
  /** With the operator's label; or why they cannot be seen. */
  readonly deployments: readonly KubernetesObject[] | { readonly unseen: Message };
  /** What is there of the deployment's custom resources, by `refText`. */
  readonly live: ReadonlyMap<string, KubernetesObject>;
  /** Of the namespaces of contested resources; only looked at where Deployments cannot be seen. */
  readonly events: readonly KubernetesObject[];
  readonly controllerClass: string;
  readonly now: Date;
}

export function operatorProblems(facts: OperatorFacts): readonly Problem[] {
  const { deployments } = facts;
  if ('unseen' in deployments) {
    const moved = contestedResources(facts).flatMap((resource) => movedLately(resource, facts));
    return moved.length > 0 ? moved : [unknownOperator(deployments.unseen, facts)];
  }
  return deployments.filter(isReady).flatMap((deployment) => operatorConflicts(deployment, facts));
}

/** Stores that are there and not of our class, and the intents of the deployment that name them. */
export function contestedResources(
  facts: Pick<OperatorFacts, 'live' | 'intents' | 'pushes' | 'controllerClass'>,
): readonly KubernetesObject[] {
  const { live, controllerClass } = facts;
  const stores = [...live].filter(([, object]) => isContested(object, controllerClass));
  const contested = new Set(stores.map(([text]) => text));
  const users = namespacedIntents(facts).filter(({ ref, storeRefs }) =>
    storeRefs.some((store) => contested.has(refText(storeObjectRef(store, ref.namespace)))),
  );
  return [...stores.map(([, store]) => store), ...users.flatMap(({ ref }) => live.get(refText(ref)) ?? [])];
}

function isContested({ kind, spec }: KubernetesObject, controllerClass: string): boolean {
  if (roleOf(kind) !== 'store') return false;
  return ((spec ?? {}) as { readonly controller?: string }).controller !== controllerClass;
}

function isReady({ status }: KubernetesObject): boolean {
  return ((status as { readonly readyReplicas?: number } | undefined)?.readyReplicas ?? 0) > 0;
}

function operatorConflicts(deployment: KubernetesObject, facts: OperatorFacts): readonly Problem[] {
  const { controllerClass, live } = facts;
  const operatorClass = argumentOf(deployment, 'controller-class') ?? DEFAULT_CLASS;
  const scope = argumentOf(deployment, 'namespace') ?? '';
  const sees = (namespace: string | undefined): boolean => scope === '' || namespace === scope;
  const name = `Deployment ${deployment.metadata.namespace ?? ''}/${deployment.metadata.name}`;
  if (operatorClass === controllerClass) {
    return namespacedIntents(facts).some(({ ref }) => sees(ref.namespace)) ? [sameClass(name, controllerClass)] : [];
  }
  return [...live.values()]
    .filter((object) => isContested(object, controllerClass) && sees(object.metadata.namespace))
    .filter(({ spec }) => ['', operatorClass].includes((spec as { readonly controller?: string }).controller ?? ''))
    .map((store) => refusal(store, `is synced by External Secrets Operator (${name})`, handOver(store, facts)));
}

/** `--name=value` or `--name value` of the operator's container. */
function argumentOf(deployment: KubernetesObject, name: string): string | undefined {
  const { template } = (deployment['spec'] ?? {}) as {
    readonly template?: { readonly spec?: { readonly containers?: readonly { readonly args?: readonly string[] }[] } };
  };
  const args = (template?.spec?.containers ?? []).flatMap((container) => container.args ?? []);
  const joined = args.find((arg) => arg.startsWith(`--${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 3);
  const place = args.indexOf(`--${name}`);
  return place < 0 ? undefined : args[place + 1];
}

function movedLately(resource: KubernetesObject, facts: OperatorFacts): readonly Problem[] {
  const seen = [
    ...statusWriters(resource).filter(({ manager }) => manager !== OWN_MANAGER),
    ...facts.events.filter((event) => isAbout(event, resource)).map(eventTime),
  ].filter(({ time }) => facts.now.getTime() - time.getTime() < LATELY_MS);
  const last = seen.toSorted((a, b) => b.time.getTime() - a.time.getTime())[0];
  if (last === undefined) return [];
  const wait = new Date(last.time.getTime() + LATELY_MS).toISOString();
  const what = `is synced by another controller: "${last.manager}" was at it at ${last.time.toISOString()}`;
  const store = roleOf(resource.kind) === 'store' ? resource : undefined;
  const fix = `${handOver(store, facts)} If that was done a moment ago, deploy after ${wait}.`;
  return [refusal(resource, what, fix)];
}

function isAbout(event: KubernetesObject, { kind, metadata }: KubernetesObject): boolean {
  const { involvedObject, source, reportingComponent } = event as {
    readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
    readonly source?: { readonly component?: string };
    readonly reportingComponent?: string;
  };
  const component = source?.component ?? reportingComponent ?? '';
  const isSame = involvedObject?.kind === kind && involvedObject.name === metadata.name;
  return isSame && involvedObject.namespace === metadata.namespace && OPERATOR_COMPONENTS.includes(component);
}

function eventTime(event: KubernetesObject): { readonly manager: string; readonly time: Date } {
  const {
    lastTimestamp,
    eventTime: single,
    source,
  } = event as {
    readonly lastTimestamp?: string | null;
    readonly eventTime?: string | null;
    readonly source?: { readonly component?: string };
  };
  return { manager: source?.component ?? 'external-secrets', time: new Date(lastTimestamp ?? single ?? Number.NaN) };
}

function handOver(store: KubernetesObject | undefined, { controllerClass }: OperatorFacts): string {
  if (store === undefined) return 'Hand its store over first, or stop the operator.';
  const { namespace, name } = store.metadata;
  const scope = namespace === undefined ? '' : ` -n ${namespace}`;
  const patch = `{"spec":{"controller":"${controllerClass}"}}`;
  return `Hand it over first, or stop the operator: kubectl patch ${store.kind.toLowerCase()} ${name}${scope} --type merge -p '${patch}'.`;
}

function refusal({ kind, metadata: { namespace, name } }: KubernetesObject, what: Message, fix: Message): Problem {
  const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  return { severity: 'error', code: 'operator-live', at, what, fix };
}

function sameClass(name: string, controllerClass: string): Problem {
  return {
    severity: 'error',
    code: 'operator-live',
    what: say`External Secrets Operator (${name}) runs with ${setting('controller-class')}=${controllerClass}, the class of this deployment's stores`,
    fix: say`Stop it, or deploy with another ${setting('controller-class')}.`,
  };
}

function unknownOperator(unseen: Message, facts: OperatorFacts): Problem {
  const { controllerClass } = facts;
  const stores = contestedResources(facts).filter(({ kind }) => roleOf(kind) === 'store');
  const names = stores.map(({ kind, metadata }) => refText({ kind, ...metadata })).join(', ');
  return {
    severity: 'warning',
    code: 'operator-unknown',
    what: say`whether an External Secrets Operator runs cannot be seen: ${unseen}`,
    fix:
      stores.length === 0
        ? say`The stores carry spec.controller: ${controllerClass}, so that an operator leaves them alone, unless it has that ${setting('controller-class')}.`
        : `Where one does, it syncs ${names} too, until that has spec.controller: ${controllerClass}.`,
  };
}
