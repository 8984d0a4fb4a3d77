/**
 * Reads what planning one PushSecret needs: state, source Secrets as the pulls of this plan leave them, and, only where
 * it is due, the vault objects that its entries name. What it no longer names is read last, and only where all went well.
 */
import pLimit from 'p-limit';
import { syncedResourceVersion } from '../../core/go/go-hash.ts';
import { say } from '../../core/model/message.ts';
import type { SyncState } from '../../core/model/condition.ts';
import { isFault, type PushFault, type PushIntent } from '../../core/model/push-intent.ts';
import type { DeletedVaultObject, VaultRef } from '../../core/model/vault-object.ts';
import { vaultRefKey } from '../../core/model/vault-object.ts';
import { isDeleting, isHeldBy, PUSH_FINALIZER } from '../../core/model/lifecycle.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { LiveSecret } from '../../core/model/secret.ts';
import type { LocatedFault, PushInput, PushSourceState, WantedEntry } from '../../core/plan/push/push-input.ts';
import { planPush } from '../../core/plan/push/push.ts';
import { pushProblem } from '../../core/plan/push/push-item.ts';
import { recordedTargets } from '../../core/plan/push/recorded.ts';
import { wantedEntry } from '../../core/plan/push/wanted-entry.ts';
import { untoldEntries } from '../../core/preview/untold-pushes.ts';
import { expandEntries } from '../../core/push/expand.ts';
import { dataToFaults } from '../../core/push/store-refs.ts';
import { decidePush } from '../../core/resolve/push-refresh.ts';
import { pushStores } from '../../core/resolve/push-stores.ts';
import type { FetchResult } from '../../core/transform/assemble.ts';
import { asPortError, failureOf } from '../../ports/errors.ts';
import { RunStopped } from '../stop.ts';
import { clusterProblem, findingOf } from './findings.ts';
import { readSources } from './push-sources.ts';
import { openOthers, openStores, placeOf, type OpenPushStore, type PushSession } from './push-vaults.ts';
import { templateEnvironment } from './template-inputs.ts';

/** In the order of the intents. A failed read becomes data about one intent and never stops another. */
export async function gatherPushes(
  intents: readonly PushIntent[],
  session: PushSession,
): Promise<readonly PushInput[]> {
  return await pLimit(session.session.settings.concurrency).map(intents, (intent) => gatherPush(intent, session));
}

export async function gatherPush(intent: PushIntent, push: PushSession): Promise<PushInput> {
  const base = emptyInput(intent, push);
  try {
    const { ports } = push.session;
    const stores = pushStores(intent, push.session.stores.world);
    if (stores.isOtherClass) {
      return { ...base, source: { kind: 'other-class', reason: 'its store belongs to another controller' } };
    }
    const state = await ports.state.read(intent.ref);
    if (isDeleting(intent)) return await readEnding({ ...base, state }, push);
    if (stores.isLeaving) {
      return { ...base, state, source: { kind: 'not-due', reason: 'its store is being deleted' } };
    }
    const settled = await notDue(intent, state, push);
    if (settled !== undefined) ports.logger.debug(`${refText(intent.ref)}: ${settled.reason}`);
    return settled === undefined ? await readDue({ ...base, state }, push) : { ...base, state, source: settled };
  } catch (error) {
    if (error instanceof RunStopped) throw error;
    return { ...base, source: { kind: 'failed', problems: [clusterProblem(intent, failureOf(error))] } };
  }
}

function emptyInput(intent: PushIntent, { session, ownership }: PushSession): PushInput {
  return {
    intent,
    state: undefined,
    source: { kind: 'failed', problems: [] },
    stores: [],
    observed: new Map(),
    deleted: new Map(),
    recorded: [],
    ownership,
    nowMs: session.ports.clock.now().getTime(),
  };
}

/** A source that was gone is looked for at every pass: coming back is what nobody else would notice. */
async function notDue(
  intent: PushIntent,
  state: SyncState | undefined,
  push: PushSession,
): Promise<Extract<PushSourceState, { kind: 'not-due' }> | undefined> {
  const { session, planned } = push;
  const { ports, settings } = session;
  const decision = decidePush({
    refresh: intent.refresh,
    state,
    resourceVersion: syncedResourceVersion(intent.generation, intent.annotations, intent.labels),
    now: ports.clock.now(),
    mode: settings.mode,
  });
  if (decision.due) return undefined;
  const wasGone = state?.conditions.some(({ type, reason }) => type === 'Ready' && reason === 'SourceDeleted') === true;
  if (wasGone && push.withValues && (await readSources(intent, planned, ports)).kind === 'found') return undefined;
  return { kind: 'not-due', reason: decision.reason };
}

async function readDue(base: PushInput, push: PushSession): Promise<PushInput> {
  const { intent } = base;
  const { ports, stores } = push.session;
  if (!push.withValues) return await readMetadata(base, push);
  const sources = await readSources(intent, push.planned, ports);
  if (sources.kind === 'failed') {
    return { ...base, source: { kind: 'failed', problems: [clusterProblem(intent, sources.error)] } };
  }
  if (sources.kind === 'unclear') {
    return { ...base, source: { kind: 'failed', problems: [pushProblem(intent, sources.fault)] } };
  }
  const meant = pushStores(intent, stores.world);
  const opened = await openStores(intent, meant.usable, push);
  const recorded = recordedTargets(base.state, placeOf(intent, opened.open, push));
  const input = { ...base, recorded };
  if (sources.kind === 'gone') {
    return await withRecorded({ ...input, source: sources }, opened.open, push);
  }
  const unclear = storeFaults(intent, opened.open, meant.faults.length + opened.faults.length);
  if (unclear.length > 0) {
    return { ...input, source: { kind: 'failed', problems: unclear.map((fault) => pushProblem(intent, fault)) } };
  }
  const faults = [...meant.faults, ...opened.faults];
  const wanted = await wantedEntries(intent, sources.secrets, opened.open, push);
  const source = { kind: 'found', entries: wanted.entries, faults: [...faults, ...wanted.faults] } as const;
  const observed = await observe(wanted.entries.filter(isRead(intent)), opened.open, push);
  const denied = meant.faults.filter(({ code }) => code === 'store-denied').map(({ store }) => store);
  const read = { ...input, stores: [...wanted.stores, ...denied], source, observed };
  const first = planPush({ ...read, recorded: [] });
  if (first.problems.some(({ severity }) => severity === 'error')) return read;
  return await withRecorded(await withDeleted(read, opened.open, push), opened.open, push);
}

/** What it wrote goes with it under Delete; what was held without need is let go. */
async function readEnding(base: PushInput, push: PushSession): Promise<PushInput> {
  const all = recordedTargets(base.state, placeOf(base.intent, [], push));
  const recorded = isHeldBy(base.intent, PUSH_FINALIZER) ? all : [];
  return await withRecorded({ ...base, source: { kind: 'ending' }, recorded }, [], push);
}

/** As far as manifests and metadata tell: which objects `data` and bundles name, and what stands beside their values. */
async function readMetadata(base: PushInput, push: PushSession): Promise<PushInput> {
  const { intent, state } = base;
  const meant = pushStores(intent, push.session.stores.world);
  const opened = await openStores(intent, meant.usable, push);
  const { open } = opened;
  const untold = untoldEntries(intent, open);
  const faults = [
    ...meant.faults,
    ...opened.faults,
    ...storeFaults(intent, open, meant.faults.length + opened.faults.length),
    ...untold.faults,
  ];
  const source = { kind: 'found', entries: untold.entries, faults } as const;
  // What a key of `dataTo` is called there, only the Secret tells.
  const all = recordedTargets(state, placeOf(intent, open, push));
  const recorded = intent.dataTo.every(({ remoteKey }) => remoteKey !== '') ? all : [];
  const observed = await observe(untold.entries, open, push);
  return await withRecorded({ ...base, stores: open.map(({ key }) => key), recorded, source, observed }, open, push);
}

/** ESO 2.9 leaves no trace where no store is meant; that is told here. */
function storeFaults(intent: PushIntent, open: readonly OpenPushStore[], failures: number): readonly PushFault[] {
  const none: PushFault = {
    code: 'push-no-store',
    path: ['spec', 'secretStoreRefs'],
    what: intent.stores.length === 0 ? 'names no store' : 'selects no store',
    fix: 'Nothing is pushed. Name a store, or give one these labels.',
  };
  return open.length + failures === 0
    ? [none]
    : dataToFaults(
        intent,
        open.map(({ key, ref, store: { labels } }) => ({ key, ref, labels })),
      );
}

interface WantedEntries {
  readonly entries: readonly WantedEntry[];
  readonly faults: readonly LocatedFault[];
  /** ESO 2.9: stores are told of from the first source Secret on whose template could be rendered. */
  readonly stores: readonly string[];
}

async function wantedEntries(
  intent: PushIntent,
  secrets: readonly LiveSecret[],
  stores: readonly OpenPushStore[],
  { session }: PushSession,
): Promise<WantedEntries> {
  const environment = templateEnvironment(session.ports);
  const entries: WantedEntry[] = [];
  const faults: LocatedFault[] = [];
  const used = new Set<string>();
  for (const secret of secrets) {
    const rendered = await session.templates.renderPush(intent, secret.data);
    if ('faults' in rendered) {
      faults.push(...rendered.faults);
      continue;
    }
    const { data } = rendered;
    for (const store of stores) {
      const { key, ref, vaultUrl, vault } = store;
      used.add(key);
      const expanded = await session.pieces.one(() =>
        expandEntries(intent, { key, ref, labels: store.store.labels }, data, environment),
      );
      faults.push(...expanded.faults.map((fault) => ({ ...fault, store: key })));
      for (const item of expanded.items) {
        const place = { store: key, vaultUrl, vault };
        const source = { ref: secret.ref, data, uid: secret.uid };
        const entry = await session.pieces.one(() => wantedEntry(item, place, source, { intent, environment }));
        if ('target' in entry) entries.push(entry);
        else faults.push({ ...entry, store: key });
      }
    }
  }
  return { entries, faults, stores: [...used] };
}

/** ESO 2.9: what is broken in itself is not asked for, except under IfNotExists, where it does not matter. */
function isRead({ updatePolicy }: PushIntent): (entry: WantedEntry) => boolean {
  return ({ value, metadata }) => {
    const code = 'code' in value ? value.code : undefined;
    if (updatePolicy === 'IfNotExists') return code !== 'push-key-absent';
    return code === undefined && !isFault(metadata);
  };
}

type Observed = ReadonlyMap<string, FetchResult>;

/** Each object once, by whichever store leads there. */
async function observe(
  targets: readonly { readonly target: VaultRef; readonly store: string }[],
  stores: readonly OpenPushStore[],
  push: PushSession,
): Promise<Observed> {
  const byKey = new Map(targets.map((one) => [vaultRefKey(one.target), one]));
  const read = await Promise.all(
    [...byKey].map(async ([key, { target, store }]) => {
      const provider = stores.find((one) => one.key === store)?.provider;
      if (provider === undefined) return undefined;
      const { type, name } = target;
      return [key, await push.session.reads.get(provider, { type, name })] as const;
    }),
  );
  return new Map(read.filter((one) => one !== undefined));
}

/** What records name and entries do not, where it may have to be deleted. */
async function withRecorded(input: PushInput, stores: readonly OpenPushStore[], push: PushSession): Promise<PushInput> {
  if (input.intent.deletionPolicy === 'None') return input;
  const left = input.recorded.filter(
    ({ target, unreachable }) => unreachable === undefined && !input.observed.has(vaultRefKey(target)),
  );
  const others = await openOthers(input.intent, left, stores, push);
  const observed = await observe(left, [...stores, ...others], push);
  return { ...input, observed: new Map([...input.observed, ...observed]) };
}

/** Whether a name is blocked by what was deleted is asked only in a plan: a write finds it out by itself. */
async function withDeleted(
  input: PushInput,
  stores: readonly OpenPushStore[],
  { session }: PushSession,
): Promise<PushInput> {
  if (session.settings.looksAtDeleted !== true || input.source.kind !== 'found') return input;
  const deleted = new Map<string, DeletedVaultObject>();
  for (const { target, store } of input.source.entries) {
    const key = vaultRefKey(target);
    const writer = stores.find((one) => one.key === store)?.provider.writer;
    if (input.observed.get(key)?.kind !== 'absent' || writer === undefined || deleted.has(key)) continue;
    try {
      const found = await writer.deleted({ type: target.type, name: target.name });
      if (found !== undefined) deleted.set(key, found);
    } catch (error) {
      session.ports.logger.debug(say`${refText(input.intent.ref)}: ${findingOf(asPortError(error)).what}`);
    }
  }
  return { ...input, deleted };
}

/** One that is in no manifest any more: only what it left behind is looked at. */
export async function gatherGonePush(intent: PushIntent, state: SyncState, push: PushSession): Promise<PushInput> {
  const all = recordedTargets({ ...state, syncedPushSecrets: {} }, placeOf(intent, [], push));
  const deletes = new Set((state.pushed ?? []).filter((one) => one.deletes === true).map(vaultRefKey));
  const recorded = all.filter(({ target }) => deletes.has(vaultRefKey(target)));
  const source = { kind: 'found', entries: [], faults: [] } as const;
  return await withRecorded({ ...emptyInput(intent, push), state, source, recorded, isGone: true }, [], push);
}
