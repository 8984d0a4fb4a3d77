/**
 * Cluster-wide manifests → the intents that they make, here and now. Reads, and writes nothing: what becomes of children
 * that are custom resources is carried out by `apply-fan-outs`.
 *
 * Where the namespaces may not be listed nothing is concluded: children that were made go on, none is new, none is gone.
 */
import type { ClusterPushIntent, FailedNamespace, FanOutStatus } from '../../core/model/fan-out.ts';
import type { KubernetesObject } from '../../core/model/kubernetes-object.ts';
import { messageText, say, setting } from '../../core/model/message.ts';
import { compareRefs, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import { isSamePush } from '../../core/push/same-push.ts';
import { alreadyThere, childRef, childRefs, takenProblem, type ChildRef } from '../../core/resolve/fan-out.ts';
import { childResource, isChildOf, isSameSpec } from '../../core/resolve/child-resource.ts';
import { namesOtherClassOnly, storeWorldOf } from '../../core/resolve/stores.ts';
import { asPortError, type PortError } from '../../ports/errors.ts';
import type { Namespace } from '../../ports/cluster.ts';
import { isAsked } from './asked.ts';
import { findingOf } from './findings.ts';
import { unmatchedProblems, type Loaded } from './load.ts';
import type { ReadPorts } from './ports.ts';
import type { RunSettings } from './settings.ts';

/** One child. `live` and `wanted` only where it is a custom resource. */
export interface Child {
  readonly ref: ChildRef;
  readonly intent: PushIntent;
  /** As it is; absent = there is none yet. */
  readonly live?: KubernetesObject;
  readonly wanted?: KubernetesObject;
}

export interface FannedOut {
  readonly fanOut: ClusterPushIntent;
  /** False: the namespaces could not be listed. */
  readonly isKnown: boolean;
  readonly before: FanOutStatus | undefined;
  readonly children: readonly Child[];
  /** Children that are custom resources and are not meant any more. */
  readonly stale: readonly KubernetesObject[];
  readonly failed: readonly FailedNamespace[];
  readonly problems: readonly Problem[];
}

type Settings = Pick<RunSettings, 'only' | 'controllerClass'>;

/** With the children among the other intents. Those of another controller's manifests are made by that one. */
export async function fanOutAll(loaded: Loaded, ports: ReadPorts, settings: Settings): Promise<Loaded> {
  const world = storeWorldOf(loaded, settings.controllerClass);
  const own = loaded.clusterPushes.filter(
    (one) => one.deleting !== true && !namesOtherClassOnly(one.childIn(''), world),
  );
  if (own.length === 0) return loaded;
  const namespaces = await listNamespaces(ports);
  let next = loaded;
  for (const fanOut of own) next = withChildren(next, await expand(fanOut, next, { namespaces, ports }), settings.only);
  const unmatched = unmatchedProblems({ ...next, intents: next.known, clusterPushes: [] }, settings.only);
  const told = new Set(loaded.problems.map(({ what }) => messageText(what)));
  return { ...next, problems: [...next.problems, ...unmatched.filter(({ what }) => !told.has(messageText(what)))] };
}

type Listed = readonly Namespace[] | PortError;

async function listNamespaces({ cluster }: ReadPorts): Promise<Listed> {
  try {
    return await cluster.listNamespaces();
  } catch (error) {
    return asPortError(error);
  }
}

interface World {
  readonly namespaces: Listed;
  readonly ports: ReadPorts;
}

async function expand(fanOut: ClusterPushIntent, loaded: Loaded, { namespaces, ports }: World): Promise<FannedOut> {
  const look = lookingAt(fanOut, ports);
  const before = await look.status();
  if (!isList(namespaces)) return await unexpanded(fanOut, before, { look, why: namespaces });
  const refs = childRefs(fanOut, namespaces);
  const ending = new Set(namespaces.filter(({ deleting }) => deleting === true).map(({ name }) => name));
  const children: Child[] = [];
  for (const ref of refs) {
    const found = await look.child(ref);
    if (found === 'failed') continue;
    if (isTaken(ref, found, { fanOut, loaded })) {
      look.fail(alreadyThere(ref), takenProblem(fanOut, ref));
      continue;
    }
    // Kubernetes: nothing can be made in a namespace that is being deleted.
    if (found !== undefined || ports.fanOuts === undefined || !ending.has(ref.namespace))
      children.push(childOf(fanOut, ref, found, ports));
  }
  const stale = await staleChildren(fanOut, { before, loaded, refs, look });
  return { fanOut, isKnown: true, before, children, stale, failed: look.failed, problems: look.problems };
}

function isList(listed: Listed): listed is readonly Namespace[] {
  return Array.isArray(listed);
}

/** What was made goes on as it is, also where custom resources are read by name only. */
async function unexpanded(
  fanOut: ClusterPushIntent,
  before: FanOutStatus | undefined,
  { look, why }: { readonly look: Look; readonly why: PortError },
): Promise<FannedOut> {
  const children: Child[] = [];
  for (const namespace of before?.provisioned ?? []) {
    const ref = childRef(fanOut, namespace);
    const live = await look.child(ref);
    if (live !== 'failed' && live !== undefined && isChildOf(live, fanOut))
      children.push({ ref, live, wanted: live, intent: liveIntent(fanOut, ref, live) });
  }
  const problems = [...look.problems, notListed(fanOut, why)];
  return { fanOut, isKnown: false, before, children, stale: [], failed: look.failed, problems };
}

function notListed({ ref: at, origin }: ClusterPushIntent, why: PortError): Problem {
  return {
    severity: 'error',
    code: 'namespaces-not-listed',
    at,
    ...(origin === undefined ? {} : { origin }),
    what: say`selects namespaces, which could not be listed: ${why.what}`,
    fix: say`${why.fix} For the job of a deployment: deploy with ${setting('cluster-rights')}. Until then no child is made or removed.`,
  };
}

/** In a cluster whoever controls the object says whose it is; among files, nobody else may have written it down. */
function isTaken(
  ref: ChildRef,
  live: KubernetesObject | undefined,
  { fanOut, loaded }: { readonly fanOut: ClusterPushIntent; readonly loaded: Loaded },
): boolean {
  const isSame = (other: ObjectRef): boolean => refText(other) === refText(ref);
  if (loaded.fannedOut.some(({ children }) => children.some((child) => isSame(child.ref)))) return true;
  if (live !== undefined) return !isChildOf(live, fanOut);
  return loaded.knownPushes.some((one) => one.owner === undefined && isSame(one.ref)) || loaded.refused.some(isSame);
}

function childOf(
  fanOut: ClusterPushIntent,
  ref: ChildRef,
  live: KubernetesObject | undefined,
  { fanOuts }: ReadPorts,
): Child {
  if (fanOuts === undefined) return { ref, intent: fanOut.childIn(ref.namespace) };
  const wanted = childResource(fanOut, ref, live);
  if (live === undefined) return { ref, wanted, intent: { ...fanOut.childIn(ref.namespace), generation: UNWRITTEN } };
  const intent = liveIntent(fanOut, ref, live);
  return { ref, live, wanted, intent: isSameSpec(live, wanted) ? intent : { ...intent, generation: UNWRITTEN } };
}

/** Of what is not written yet: no other, so that it is due. */
const UNWRITTEN = 'unwritten';

/** What the manifest says of it, as the resource that it is. */
export function liveIntent(fanOut: ClusterPushIntent, { namespace }: ChildRef, live: KubernetesObject): PushIntent {
  const { uid = '', generation } = live.metadata;
  return {
    ...fanOut.childIn(namespace),
    owner: { apiVersion: live.apiVersion, uid },
    generation: typeof generation === 'number' ? String(generation) : '',
  };
}

interface Staleness {
  readonly before: FanOutStatus | undefined;
  readonly loaded: Loaded;
  readonly refs: readonly ChildRef[];
  readonly look: Look;
}

/** Of namespaces that are not selected any more, and of an earlier name; also those that could not be removed before. */
async function staleChildren(
  fanOut: ClusterPushIntent,
  { before, loaded, refs, look }: Staleness,
): Promise<readonly KubernetesObject[]> {
  const places = before === undefined ? [] : [...before.provisioned, ...before.failed.map((one) => one.namespace)];
  const names = new Set([fanOut.childName, before?.childName ?? fanOut.childName]);
  const remembered = places.flatMap((place) =>
    [...names].map((childName) => childRef({ ...fanOut, childName }, place)),
  );
  const listed = loaded.knownPushes.filter(
    ({ parent }) => parent !== undefined && refText(parent) === refText(fanOut.ref),
  );
  const wanted = new Set(refs.map(refText));
  const candidates = new Map([...remembered, ...listed.map(({ ref }) => ref)].map((ref) => [refText(ref), ref]));
  const stale: KubernetesObject[] = [];
  for (const [text, ref] of candidates) {
    const live = wanted.has(text) ? undefined : await look.child(ref);
    if (live !== undefined && live !== 'failed' && isChildOf(live, fanOut)) stale.push(live);
  }
  return stale;
}

/** Reads what is there of one manifest, and notes what could not be read. */
interface Look {
  readonly failed: FailedNamespace[];
  readonly problems: Problem[];
  fail(failed: FailedNamespace, problem: Problem): void;
  status(): Promise<FanOutStatus | undefined>;
  child(ref: ChildRef): Promise<KubernetesObject | undefined | 'failed'>;
}

function lookingAt(fanOut: ClusterPushIntent, { fanOuts }: ReadPorts): Look {
  const { ref: at, origin } = fanOut;
  const about = { at, ...(origin === undefined ? {} : { origin }) };
  const failed: FailedNamespace[] = [];
  const problems: Problem[] = [];
  return {
    failed,
    problems,
    fail: (one, problem) => {
      failed.push(one);
      problems.push(problem);
    },
    status: async () => {
      try {
        return await fanOuts?.readFanOut(at);
      } catch (error) {
        problems.push({ ...findingOf(asPortError(error)), ...about });
        return undefined;
      }
    },
    child: async (ref) => {
      try {
        return await fanOuts?.findChild(ref);
      } catch (error) {
        const problem = findingOf(asPortError(error));
        failed.push({ namespace: ref.namespace, reason: messageText(problem.what) });
        problems.push({ ...problem, ...about });
        return 'failed';
      }
    },
  };
}

/** A resource that is put right, or goes, is not judged as it is. */
function withChildren(loaded: Loaded, fanned: FannedOut, only: readonly string[]): Loaded {
  const { children, stale } = fanned;
  const made = children.map(({ intent }) => intent);
  const replaced = new Set([
    ...children.map(({ ref }) => refText(ref)),
    ...stale.map(({ kind, metadata: { namespace = '', name } }) => refText({ kind, namespace, name })),
  ]);
  const others = (pushes: readonly PushIntent[]): readonly PushIntent[] =>
    pushes.filter(({ ref }) => !replaced.has(refText(ref))).map((one) => inPlaceOf(one, fanned.fanOut));
  const asked = only.length === 0 ? made : made.filter(({ ref }) => isAsked(ref, only));
  const problems = loaded.problems.filter(({ at }) => at === undefined || !replaced.has(refText(at)));
  return {
    ...loaded,
    pushes: [...others(loaded.pushes), ...asked].toSorted((a, b) => compareRefs(a.ref, b.ref)),
    knownPushes: [...others(loaded.knownPushes), ...made].toSorted((a, b) => compareRefs(a.ref, b.ref)),
    refused: loaded.refused.filter((ref) => !replaced.has(refText(ref))),
    problems: [...problems, ...fanned.problems],
    fannedOut: [...loaded.fannedOut, fanned],
  };
}

/** Who stands by itself where a child would be, and says the same, is no rival of the other children. */
function inPlaceOf(push: PushIntent, fanOut: ClusterPushIntent): PushIntent {
  const { ref, parent } = push;
  if (parent !== undefined || ref.name !== fanOut.childName) return push;
  return isSamePush(push, fanOut.childIn(ref.namespace)) ? { ...push, parent: fanOut.ref } : push;
}
