/**
 * Messages in the words of an entry: what the command line calls `--force` is an input in a workflow and a variable in a
 * pod. Only what is said of things is worded. Names of objects, files, keys and targets are never, whatever they look
 * like, and lines of somebody else (`quoted`) neither.
 */
import type { PassProblem } from '../model/pass-report.ts';
import { problemText, type Problem } from '../model/problem.ts';

/** A message, as the entry that shows it says it. */
export type Words = (message: string) => string;

/** The command line's, which messages are written in. */
export const AS_WRITTEN: Words = (message) => message;

export function wordedProblem(problem: PassProblem, words: Words): PassProblem {
  const { what, fix, text } = problem;
  // Of a problem of an earlier version only the text is known.
  if (what === undefined || fix === undefined) return { ...problem, text: words(text) };
  const said = { ...problem, what: words(what), fix: words(fix) };
  return { ...said, text: [problemText(said), ...text.split('\n').slice(1)].join('\n') };
}

/** A report with every message in it worded, however deep. */
export function worded<Report>(report: Report, words: Words): Report {
  return words === AS_WRITTEN ? report : (wordedDeep(report, words) as Report);
}

function wordedDeep(value: unknown, words: Words): unknown {
  if (Array.isArray(value)) return value.map((item) => wordedDeep(item, words));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if (isTold(value)) return wordedProblem(value, words);
  if (isProblem(value)) return { ...value, what: words(value.what), fix: words(value.fix) };
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === 'reason' && typeof item === 'string' ? words(item) : wordedDeep(item, words),
    ]),
  );
}

function isProblem(value: object): value is Problem {
  return 'severity' in value && 'what' in value && 'fix' in value;
}

function isTold(value: object): value is PassProblem {
  return 'severity' in value && 'text' in value;
}
