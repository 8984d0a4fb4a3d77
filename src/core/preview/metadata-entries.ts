/**
 * What the entries of an ExternalSecret contribute as far as names and versions tell: which keys, from which objects.
 *
 * The counterpart of `assemble` without a value. What only a value can tell, as the keys inside a JSON document, is
 * left open, and what keeps a sync from happening is told in the same words as there.
 */
import type { DataEntry, ExtractEntry, FindEntry, GenerateEntry, PullIntent, SourceEntry } from '../model/intent.ts';
import { keptByBoth, type KeptKeys, type LeftOut } from '../model/left-out.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { FetchedObject } from '../model/vault.ts';
import { Account, DEFAULT_LIMITS } from '../template/limits.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import type { Missing } from '../transform/assemble.ts';
import { wrongTypeProblem } from '../transform/assemble-extract.ts';
import { matchedNames, namesWithoutKey, type MatchedNames } from '../transform/assemble-find.ts';
import { leftOutAt, problemAt, unknownTypeProblem, type EntryContext } from '../transform/entry-outcome.ts';
import { readEntry, type ReadObject } from '../transform/entry-read.ts';
import type { Fetched } from '../transform/fetched.ts';
import { finishMap, type FinishResult } from '../transform/finish-values.ts';
import { findType, parseStoreKey } from '../transform/remote-object.ts';
import { vanishedProblem } from '../transform/vanished.ts';

/** One vault object that goes into a Secret. */
export interface SeenObject {
  /** As the manifest or the list has it: `db-password`, `cert/web`. */
  readonly name: string;
  readonly object: FetchedObject;
  /** The manifest names the version: it cannot become newer. */
  readonly isPinned: boolean;
  /** Tags are among what is read, which change without a new version. */
  readonly readsTags: boolean;
}

/** What one entry contributes. */
export interface EntryMetadata {
  /** Each key and the object of its value; `undefined` = only values tell them. */
  readonly keys: readonly SeenKey[] | undefined;
  readonly objects: readonly SeenObject[];
}

export type SeenKey =
  | { readonly key: string; readonly from: SeenObject }
  /** The live value where it stays, another where a new one is drawn. */
  | { readonly key: string; readonly generated: SecretValue };

export interface MetadataOfEntries {
  readonly entries: readonly EntryMetadata[];
  readonly missing: readonly Missing[];
  readonly warnings: readonly Problem[];
  readonly leftOut: readonly LeftOut[];
  readonly kept?: KeptKeys;
}

/** What an entry leaves out, and what stays for that. */
interface Beside {
  readonly warnings: readonly Problem[];
  readonly leftOut: readonly LeftOut[];
  readonly kept?: KeptKeys;
}

type Outcome =
  | ({ readonly kind: 'seen'; readonly metadata: EntryMetadata } & Beside)
  | { readonly kind: 'absent'; readonly problem: Problem; readonly missing: Missing }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] };

/** What all entries contribute, or every reason why a sync would fail. */
export function metadataOfEntries(
  intent: PullIntent,
  fetched: Fetched,
  environment: TemplateEnvironment,
): MetadataOfEntries | { readonly problems: readonly Problem[]; readonly missing: readonly Missing[] } {
  const account = new Account(DEFAULT_LIMITS);
  const outcomes = intent.entries.map((entry) => metadataOf({ intent, fetched, environment, account, entry }));
  const absent = outcomes.filter((outcome) => outcome.kind === 'absent');
  const isRetained = intent.target.deletionPolicy === 'Retain';
  const problems = [
    ...(isRetained ? absent.map(({ problem }) => problem) : []),
    ...outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? outcome.problems : [])),
  ];
  const missing = isRetained ? [] : absent.map((outcome) => outcome.missing);
  if (hasErrors(problems)) return { problems: unrepeated(problems), missing };
  const all = outcomes.filter((outcome) => outcome.kind === 'seen');
  const kept = all.flatMap((outcome) => (outcome.kept === undefined ? [] : [outcome.kept]));
  return {
    entries: all.map(({ metadata }) => metadata),
    missing,
    warnings: all.flatMap(({ warnings }) => warnings),
    leftOut: all.flatMap(({ leftOut }) => leftOut),
    ...(kept.length === 0 ? {} : { kept: kept.reduce(keptByBoth) }),
  };
}

/** A vault that does not answer says so once, as in a plan with values. */
function unrepeated(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    (problem, place) =>
      problems.findIndex(({ code, what }) => code === problem.code && what === problem.what) === place,
  );
}

function metadataOf(context: EntryContext): Outcome {
  const { entry, fetched } = context;
  if (entry.kind === 'empty') return seen({ keys: [], objects: [] });
  if (entry.kind === 'generate') return metadataOfGenerated({ ...context, entry });
  const problem = fetched.storeProblem(entry.store);
  if (problem !== undefined) return failed(problemAt(context, [], problem));
  return entry.kind === 'find' ? metadataOfFind({ ...context, entry }) : metadataOfObject({ ...context, entry });
}

/** Which keys is known; whether a value is drawn anew, the generator's own marks tell. */
function metadataOfGenerated(context: EntryContext<GenerateEntry>): Outcome {
  const result = context.fetched.generated(context.entry);
  if (result.kind === 'failed') {
    return failed(...result.faults.map(({ path, problem }) => problemAt(context, path, problem)));
  }
  return seen({ keys: [...result.values].map(([key, value]) => ({ key, generated: value })), objects: [] });
}

function metadataOfObject(context: EntryContext<DataEntry | ExtractEntry>): Outcome {
  const { entry, fetched } = context;
  const { remoteRef } = entry;
  const field = entry.kind === 'data' ? ['remoteRef', 'key'] : ['extract', 'key'];
  const parsed = parseStoreKey(remoteRef.key, fetched.keySyntax(entry.store));
  if ('unknownType' in parsed)
    return failed(problemAt(context, field, unknownTypeProblem(remoteRef.key, parsed.unknownType)));
  if (entry.kind === 'extract' && parsed.type !== 'secret') {
    return failed(problemAt(context, field, wrongTypeProblem(remoteRef.key, parsed.type)));
  }
  const read = readEntry(context, parsed, field);
  switch (read.kind) {
    case 'absent':
      return { ...read, missing: missingOf(entry) };
    case 'failed':
    case 'unreadable':
      return failed(...read.problems);
    case 'left-out':
      return seen({ keys: [], objects: [] }, { ...read, leftOut: [read.leftOut] });
    case 'read':
      return seenObject(context, read);
    default:
      return read satisfies never;
  }
}

function seenObject(
  { entry }: EntryContext<DataEntry | ExtractEntry>,
  { object: found, warnings }: ReadObject,
): Outcome {
  const { remoteRef } = entry;
  const readsTags = remoteRef.metadataPolicy === 'Fetch';
  const object = { name: remoteRef.key, object: found, isPinned: remoteRef.version !== '', readsTags };
  const keys = entry.kind === 'data' ? [{ key: entry.secretKey, from: object }] : undefined;
  return seen({ keys, objects: [object] }, { warnings, leftOut: [] });
}

function missingOf(entry: SourceEntry): Missing {
  return entry.kind === 'data' ? { entry, key: entry.remoteRef.key } : { entry };
}

function metadataOfFind(context: EntryContext<FindEntry>): Outcome {
  const { entry, fetched } = context;
  const matched = matchedNames(context);
  if ('kind' in matched) return failed(...matched.problems);
  const { names } = matched;
  const type = findType(entry);
  const reads = names.map((name) => ({ name, read: fetched.get(entry.store, { type, name }) }));
  const problems = reads.flatMap(({ read }) =>
    read.kind === 'failed' ? [problemAt(context, ['find'], read.problem)] : [],
  );
  const gone = reads.flatMap(({ name, read }) => (read.kind === 'absent' ? [name] : []));
  const vanished = vanishedProblem(context, gone, names.length);
  if (problems.length > 0) return failed(...problems);
  if (vanished !== undefined && hasErrors([vanished])) return failed(vanished);
  const objects = reads.flatMap(({ name, read }) =>
    read.kind === 'found' ? [{ name, object: read.object, isPinned: false, readsTags: false }] : [],
  );
  const named = namedKeys(context, objects);
  if ('problems' in named) return failed(...named.problems);
  return seen({ keys: named.keys, objects }, besideFind(context, matched, objects));
}

/** What was deleted after it was listed is not told here: a sync may find it again. */
function besideFind(
  context: EntryContext<FindEntry>,
  { warnings, leftOut, kept }: MatchedNames,
  objects: readonly SeenObject[],
): Beside {
  const unnamed = namesWithoutKey(
    context,
    objects.map(({ name }) => name),
  );
  return {
    warnings,
    leftOut: [...leftOut, ...unnamed.map((name) => leftOutAt(context, ['find'], name, 'no-key'))],
    ...(kept === undefined ? {} : { kept }),
  };
}

/** Names are rewritten and converted without their values; what merges values depends on them. */
function namedKeys(
  context: EntryContext<FindEntry>,
  objects: readonly SeenObject[],
): Pick<EntryMetadata, 'keys'> | { readonly problems: readonly Problem[] } {
  if (context.entry.rewrite.some(({ kind }) => kind === 'merge')) return { keys: undefined };
  const all = finishedNames(context, objects);
  if (all.kind === 'refused') {
    const { problems, path = ['find'] } = all;
    return { problems: problems.map((problem) => problemAt(context, path, problem)) };
  }
  const keys = objects.flatMap((from) => {
    const one = finishedNames(context, [from]);
    return one.kind === 'finished' ? [...one.values.keys()].map((key) => ({ key, from })) : [];
  });
  return { keys };
}

function finishedNames(context: EntryContext<FindEntry>, objects: readonly SeenObject[]): FinishResult {
  const { entry } = context;
  const nothing = new Map(objects.map(({ name }) => [name, SecretValue.ofText('')]));
  const strategies = { ...entry.find, decodingStrategy: 'None', nullBytePolicy: 'Ignore' } as const;
  return finishMap(nothing, strategies, { ...context, rewrite: entry.rewrite });
}

function seen(metadata: EntryMetadata, beside: Beside = { warnings: [], leftOut: [] }): Outcome {
  return { ...beside, kind: 'seen', metadata };
}

function failed(...problems: readonly Problem[]): Outcome {
  return { kind: 'failed', problems };
}
