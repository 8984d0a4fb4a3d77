/**
 * Makes the data of a Secret out of what was read for one ExternalSecret.
 *
 * ESO 2.9: all `dataFrom` entries in order, then all `data` entries in order; later writes win. An object that
 * positively does not exist fails the refresh under deletionPolicy Retain; otherwise its entry is skipped. Any other
 * failure fails the refresh, and nothing is assembled: a failed read must never look like an absent object. Unlike ESO,
 * which stops at the first failure, all of them are told together.
 */
import type { GenerateEntry, PullIntent, SourceEntry } from '../model/intent.ts';
import { keptByBoth, type KeptKeys, type LeftOut } from '../model/left-out.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import type { SecretValue } from '../model/secret-value.ts';
import { assembleData } from './assemble-data.ts';
import { assembleExtract } from './assemble-extract.ts';
import { assembleFind } from './assemble-find.ts';
import { Account, DEFAULT_LIMITS } from '../template/limits.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import {
  problemAt,
  unreadableAt,
  valuesOf,
  type EntryContext,
  type EntryOutcome,
  type Values,
} from './entry-outcome.ts';
import type { Fetched } from './fetched.ts';

export type { Fetched, FetchResult, GeneratedResult, ListResult, LooseProblem } from './fetched.ts';
export { neededObjects, type NeededList, type NeededObject } from './remote-object.ts';
export { fittingNames, matchFind, type FittingNames } from './find.ts';
export { isAllVanished } from './vanished.ts';

/** An entry that was skipped because what it names does not exist. */
export interface Missing {
  readonly entry: SourceEntry;
  /** The remote key, for `data` entries. */
  readonly key?: string;
}

export interface Assembled {
  readonly data: Values;
  readonly missing: readonly Missing[];
  readonly warnings: readonly Problem[];
  /** What entries name or match and do not take. */
  readonly leftOut: readonly LeftOut[];
  /** Absent where nothing was left out that the manifest names: then deletionPolicy alone counts. */
  readonly kept?: KeptKeys;
}

export interface NotAssembled {
  /** All of them, warnings included; at least one is an error. */
  readonly problems: readonly Problem[];
  readonly missing: readonly Missing[];
}

/** The data, or every reason why there is none. `environment` is for the templates of `rewrite`. */
export function assemble(
  intent: PullIntent,
  fetched: Fetched,
  environment: TemplateEnvironment,
): Assembled | NotAssembled {
  const account = new Account(DEFAULT_LIMITS);
  const data = new Map<string, SecretValue>();
  const missing: Missing[] = [];
  const problems: Problem[] = [];
  const leftOut: LeftOut[] = [];
  let kept: KeptKeys | undefined;
  for (const entry of intent.entries) {
    const outcome = assembleEntry({ intent, fetched, environment, account, entry });
    switch (outcome.kind) {
      case 'values':
        for (const [key, value] of outcome.values) data.set(key, value);
        problems.push(...outcome.warnings);
        leftOut.push(...(outcome.leftOut ?? []));
        if (outcome.kept !== undefined) kept = keptByBoth(kept ?? [], outcome.kept);
        break;
      case 'left-out':
        problems.push(...outcome.warnings);
        leftOut.push(outcome.leftOut);
        kept = keptByBoth(kept ?? [], outcome.kept);
        break;
      case 'absent':
        if (intent.target.deletionPolicy === 'Retain') problems.push(outcome.problem);
        else missing.push(missingOf(entry));
        break;
      case 'unreadable':
        for (const problem of outcome.problems) addNew(problems, problem);
        break;
      case 'failed':
        problems.push(...outcome.problems);
        break;
      default:
        outcome satisfies never;
    }
  }
  return hasErrors(problems)
    ? { problems, missing }
    : { data, missing, warnings: problems, leftOut, ...(kept === undefined ? {} : { kept }) };
}

function missingOf(entry: SourceEntry): Missing {
  return entry.kind === 'data' ? { entry, key: entry.remoteRef.key } : { entry };
}

/** ESO 2.9: an entry that holds only a store contributes nothing, also when that store does not exist. */
function assembleEntry(context: EntryContext): EntryOutcome {
  const { entry, fetched } = context;
  if (entry.kind === 'empty') return valuesOf(new Map());
  if (entry.kind === 'generate') return assembleGenerated({ ...context, entry });
  const storeProblem = fetched.storeProblem(entry.store);
  if (storeProblem !== undefined) return unreadableAt(context, [], storeProblem);
  switch (entry.kind) {
    case 'data':
      return assembleData({ ...context, entry });
    case 'extract':
      return assembleExtract({ ...context, entry });
    case 'find':
      return assembleFind({ ...context, entry });
    default:
      return entry satisfies never;
  }
}

/** Named and checked before. */
function assembleGenerated(context: EntryContext<GenerateEntry>): EntryOutcome {
  const result = context.fetched.generated(context.entry);
  if (result.kind === 'generated') return valuesOf(result.values);
  return { kind: 'failed', problems: result.faults.map(({ path, problem }) => problemAt(context, path, problem)) };
}

/**
 * A vault or store that does not answer says so once per ExternalSecret and not once per entry: the first place stands
 * for all.
 */
function addNew(problems: Problem[], problem: Problem): void {
  const isTold = problems.some((told) => told.code === problem.code && told.what === problem.what);
  if (!isTold) problems.push(problem);
}
