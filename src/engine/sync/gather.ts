/**
 * Reads everything that planning needs: state, live Secrets, then only for what is due the vault objects.
 *
 * Nothing is written here. A failed read becomes data about one intent and never stops another.
 */
import pLimit from 'p-limit';
import type { SyncState } from '../../core/model/condition.ts';
import type { PullIntent } from '../../core/model/intent.ts';
import { heldProblem, heldSentence } from '../../core/model/held.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { DeleteChange } from '../../core/model/plan.ts';
import type { Problem } from '../../core/model/problem.ts';
import { secretRef, type LiveSecret } from '../../core/model/secret.ts';
import type { Store } from '../../core/model/store.ts';
import { withManagedLabel } from '../../core/plan/pull/desired-secret.ts';
import { CREATED_BY_LABEL } from '../../core/model/names.ts';
import { targetOf } from '../../core/model/target.ts';
import { createdBy, wasWrittenBy } from '../../core/plan/pull/ownership.ts';
import { deletion } from '../../core/plan/pull/changes.ts';
import type { PullInput, Source } from '../../core/plan/pull/pull-input.ts';
import { systemKind } from '../../core/plan/pull/system-secret.ts';
import { syncedResourceVersion } from '../../core/go/go-hash.ts';
import { decideRefresh, isTargetValid, nextDue } from '../../core/resolve/refresh.ts';
import { timestamp } from '../../core/plan/status.ts';
import { belongsToOtherClass, type NamespaceLabels, type StoreWorld } from '../../core/resolve/stores.ts';
import { asPortError, failureOf, type PortError } from '../../ports/errors.ts';
import type { Loaded } from './load.ts';
import type { ReadPorts } from './ports.ts';
import { findingOf, VaultReads } from './reads.ts';
import type { RunSettings } from './settings.ts';
import { Pieces } from './pieces.ts';
import { readValues, type Reading, type ReadSource } from './read-source.ts';
import { RunStopped, runStopped } from '../stop.ts';
import { OpenStores } from './stores.ts';
import { TemplateInputs } from './template-inputs.ts';

export interface Gathered {
  readonly pulls: readonly PullInput[];
  readonly prunes: readonly DeleteChange[];
  /** ExternalSecrets that are gone and left nothing: with `prune` they are forgotten. */
  readonly forgets: readonly ObjectRef[];
  /** Problems of no single intent. */
  readonly problems: readonly Problem[];
  /** How many remembered ExternalSecrets these manifests do not hold; without `prune` they are left alone. */
  readonly leftBehind: number;
  readonly stores: OpenStores;
  readonly reads: VaultReads;
  /** Reads one intent again, Secret and state afresh, vault objects from this run: after another intent of it wrote. */
  readonly again: (intent: PullIntent) => Promise<PullInput>;
  /** The same with the vault objects: who was faster than this run may have written something newer. */
  readonly afresh: (intent: PullIntent) => Promise<PullInput>;
}

interface Context extends Reading {
  readonly readSource: ReadSource;
  readonly gone: ReadonlySet<string>;
  readonly known: ReadonlyMap<string, string>;
}

/** `readSource` is another one for plans that read no value. */
export async function gather(
  loaded: Loaded,
  ports: ReadPorts,
  settings: RunSettings,
  readSource: ReadSource = readValues,
): Promise<Gathered> {
  const forgotten = await forgottenIntents(loaded, ports);
  const prunable = settings.prune ? forgotten.filter((ref) => isSurelyGone(ref, loaded)) : [];
  const pieces = new Pieces(ports);
  const context: Context = {
    readSource,
    ports,
    settings,
    stores: new OpenStores(await storeWorld(loaded, ports, settings), ports.providers),
    reads: new VaultReads(),
    pieces,
    templates: new TemplateInputs(ports, pieces),
    gone: new Set(prunable.map(createdBy)),
    known: new Map(loaded.known.map(({ ref }) => [createdBy(ref), `${ref.namespace}/${ref.name}`])),
  };
  const limit = pLimit(settings.concurrency);
  const pulls = await limit.map(loaded.intents, (intent) => gatherPull(intent, context));
  const { prunes, forgets, problems } = await gatherPrunes(prunable, loaded, ports);
  const withheld = settings.prune ? pruneWithheld(forgotten.length - prunable.length) : [];
  return {
    pulls,
    prunes,
    forgets,
    problems: [...problems, ...withheld],
    // Who looks at some only has not asked about the others.
    leftBehind: settings.prune || settings.only.length > 0 ? 0 : forgotten.length,
    stores: context.stores,
    reads: context.reads,
    again: (intent) => gatherPull(intent, context),
    afresh: (intent) => gatherPull(intent, { ...context, reads: context.reads.afresh() }),
  };
}

async function gatherPull(intent: PullIntent, context: Context): Promise<PullInput> {
  const { ports, gone, known } = context;
  const base = { intent, state: undefined, live: undefined, stale: [], gone, known };
  if (belongsToOtherClass(intent, context.stores.world)) {
    return { ...base, source: { kind: 'other-class', reason: 'its store belongs to another controller' } };
  }
  try {
    const [state, live] = await Promise.all([ports.state.read(intent.ref), ports.cluster.getSecret(targetOf(intent))]);
    const source = await readIfDue(intent, state, live, context);
    ports.logger.debug(`${refText(intent.ref)}: ${source.kind === 'not-due' ? source.reason : 'read'}`);
    const stale = source.kind === 'data' ? await staleSecrets(intent, state, ports) : [];
    return { ...base, state, live, stale, source };
  } catch (error) {
    const problem = error instanceof RunStopped ? stoppedReading(intent) : clusterProblem(intent, failureOf(error));
    return { ...base, source: { kind: 'failed', problems: [problem], missing: [] } };
  }
}

/** Seen only where an object is read again while others are written: a run that only reads ends as a whole. */
function stoppedReading({ ref }: PullIntent): Problem {
  return { ...runStopped('this was not read to its end', 'Run it again.'), at: ref };
}

async function readIfDue(
  intent: PullIntent,
  state: SyncState | undefined,
  live: LiveSecret | undefined,
  context: Context,
): Promise<Source> {
  const now = context.ports.clock.now();
  const target = live === undefined ? undefined : withManagedLabel(live);
  const decision = decideRefresh({
    refresh: intent.refresh,
    state,
    resourceVersion: syncedResourceVersion(intent.generation, intent.annotations, intent.labels),
    now,
    targetValid: isTargetValid({ creationPolicy: intent.target.creationPolicy, target }),
    mode: context.settings.mode,
  });
  if (!decision.due) return { kind: 'not-due', reason: `${decision.reason}${dueAgain(intent, state, now)}` };
  return await context.readSource(intent, context);
}

function dueAgain({ refresh }: PullIntent, state: SyncState | undefined, now: Date): string {
  const due = nextDue({ refresh, state, now });
  return due === undefined || due <= now ? '' : `, due again at ${timestamp(due)}`;
}

/**
 * Secrets of an earlier target name. Searched for only where the record says that the name has changed:
 * by label where listing is allowed, else by the recorded name.
 */
async function staleSecrets(
  intent: PullIntent,
  state: SyncState | undefined,
  ports: ReadPorts,
): Promise<readonly LiveSecret[]> {
  const previous = state?.lastTarget ?? state?.binding ?? '';
  const owns = intent.target.creationPolicy === 'Owner';
  if (!owns || previous === '' || previous === intent.target.name) return [];
  try {
    return await ports.cluster.listSecrets(intent.ref.namespace, {
      key: CREATED_BY_LABEL,
      value: createdBy(intent.ref),
    });
  } catch (error) {
    if (asPortError(error).kind !== 'Forbidden') throw error;
    const secret = await ports.cluster.getSecret(secretRef(intent.ref.namespace, previous));
    return secret === undefined ? [] : [secret];
  }
}

type NamespacedRef = PullIntent['ref'];

/** Remembered ExternalSecrets that no manifest holds any more. Ones that are merely refused are not gone. */
async function forgottenIntents(loaded: Loaded, ports: ReadPorts): Promise<readonly NamespacedRef[]> {
  const seen = [...loaded.known.map(({ ref }) => ref), ...loaded.refused, ...loaded.others];
  const present = new Set(seen.map(refText));
  const remembered = await ports.state.remembered();
  return remembered.flatMap(({ kind, namespace, name }) =>
    namespace === undefined || present.has(refText({ kind, namespace, name })) ? [] : [{ kind, namespace, name }],
  );
}

/**
 * Not where a document could not be read, nor where an ExternalSecret of the same namespace was refused: either may be
 * the one that takes over. And not in a namespace that these manifests say nothing about: an empty input, or one for
 * another namespace, is no wish to delete.
 */
function isSurelyGone(ref: NamespacedRef, loaded: Loaded): boolean {
  if (!loaded.known.some((intent) => intent.ref.namespace === ref.namespace)) return false;
  const refusedHere = loaded.refused.some(
    ({ kind, namespace }) => kind === 'ExternalSecret' && namespace === ref.namespace,
  );
  return loaded.complete && !refusedHere;
}

/** Whoever asks to prune is told why it did not happen. */
function pruneWithheld(count: number): readonly Problem[] {
  if (count === 0) return [];
  const objects = count === 1 ? '1 ExternalSecret' : `${count} ExternalSecrets`;
  return [
    {
      severity: 'warning',
      code: 'prune-withheld',
      what: `what ${objects} of earlier runs left behind was not pruned: documents with errors may hold or replace them, or no ExternalSecret of that namespace is in these manifests`,
      fix: 'Mend those documents, and give all manifests of the namespace; the last Secrets of a namespace are deleted by hand.',
    },
  ];
}

/** A Secret that an ExternalSecret of the manifests writes to is never pruned, whoever made it. */
async function gatherPrunes(
  gone: readonly NamespacedRef[],
  loaded: Loaded,
  ports: ReadPorts,
): Promise<Pick<Gathered, 'prunes' | 'forgets' | 'problems'>> {
  const wanted = new Set(loaded.known.map((intent) => refText(targetOf(intent))));
  const prunes: DeleteChange[] = [];
  const forgets: NamespacedRef[] = [];
  const problems: Problem[] = [];
  for (const ref of gone) {
    try {
      const own = await secretOfForgotten(ref, ports);
      const kind = own === undefined ? undefined : systemKind(own);
      if (own !== undefined && kind !== undefined) problems.push(systemSecretLeft(ref, own, kind));
      if (own === undefined || kind !== undefined || wanted.has(refText(own.ref))) forgets.push(ref);
      else if (own.deleting) problems.push(heldPrune(ref, own));
      else prunes.push(deletion(ref, own, 'no longer in the manifests'));
    } catch (error) {
      problems.push({ ...findingOf(asPortError(error)), code: 'prune-read', at: ref });
    }
  }
  return { prunes, forgets, problems };
}

/** Written by an earlier version; what it is now is not ours to delete. */
function systemSecretLeft(at: ObjectRef, { ref }: LiveSecret, kind: string): Problem {
  return {
    severity: 'warning',
    code: 'system-secret',
    at,
    hasSubject: true,
    what: `${refText(ref)} is ${kind} and is not pruned`,
    fix: 'It was left as it is. Delete it by hand if it is not needed.',
  };
}

/** Deleted by an earlier run, and still there: remembered until it is gone. */
function heldPrune(at: NamespacedRef, { ref, finalizers }: LiveSecret): Problem {
  return { ...heldProblem(ref, finalizers), at, what: heldSentence(ref, finalizers) };
}

async function secretOfForgotten(ref: NamespacedRef, ports: ReadPorts): Promise<LiveSecret | undefined> {
  const state = await ports.state.read(ref);
  const name = state?.lastTarget ?? state?.binding ?? '';
  if (name === '') return undefined;
  const secret = await ports.cluster.getSecret(secretRef(ref.namespace, name));
  const isOwn = secret?.labels.get(CREATED_BY_LABEL) === createdBy(ref) && wasWrittenBy(secret, ref.name);
  return isOwn ? secret : undefined;
}

async function storeWorld(loaded: Loaded, ports: ReadPorts, settings: RunSettings): Promise<StoreWorld> {
  const stores = new Map(loaded.stores.map((store) => [refText(store.ref), store]));
  const labels = await namespaceLabels(loaded, loaded.stores, ports);
  return {
    stores,
    refused: new Set(loaded.refused.map(refText)),
    foreign: loaded.foreignStores,
    controllerClass: settings.controllerClass,
    namespaceLabels: (namespace) => labels.get(namespace),
  };
}

/** Namespaces are read only where a cluster store's conditions ask for them. */
async function namespaceLabels(
  loaded: Loaded,
  stores: readonly Store[],
  ports: ReadPorts,
): Promise<ReadonlyMap<string, NamespaceLabels>> {
  const conditioned = new Set(stores.filter((s) => s.conditions.length > 0).map((s) => s.ref.name));
  const asking = loaded.intents.filter((intent) =>
    intent.entries.some(({ store }) => store.kind === 'ClusterSecretStore' && conditioned.has(store.name)),
  );
  const names = [...new Set(asking.map((intent) => intent.ref.namespace))];
  return new Map(await Promise.all(names.map(async (name) => [name, await readNamespace(name, ports)] as const)));
}

async function readNamespace(name: string, { cluster, logger }: ReadPorts): Promise<NamespaceLabels> {
  try {
    return (await cluster.getNamespace(name))?.labels;
  } catch (error) {
    const { kind, message } = asPortError(error);
    // Many conditions can be judged by the name alone; where not, their problem says so.
    logger[kind === 'Forbidden' ? 'debug' : 'warn'](`namespace ${name} could not be read: ${message}`);
    return kind === 'Forbidden' ? 'unreadable' : undefined;
  }
}

/** What went wrong with the cluster while reading for one intent. */
export function clusterProblem(intent: PullIntent, error: PortError): Problem {
  return {
    ...findingOf(error),
    code: `cluster-${findingOf(error).code.replace('provider-', '')}`,
    at: intent.ref,
    ...(intent.origin === undefined ? {} : { origin: intent.origin }),
  };
}
