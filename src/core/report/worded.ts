/**
 * Reports in the words of an entry: what the command line calls `--force` is an input in a workflow and a variable in a
 * pod. Messages become texts here; everything else is a text already, and stays as it is.
 */
import { ComposedMessage, type Words } from '../model/message.ts';
import type { PassProblem } from '../model/pass-report.ts';

/** A problem as a list shows it: nothing in it is a message any more. */
export interface WordedProblem extends PassProblem {
  readonly text: string;
  readonly what?: string;
  readonly fix?: string;
}

export function wordedProblem({ text, what, fix, ...problem }: PassProblem, words: Words): WordedProblem {
  return {
    ...problem,
    text: words(text),
    ...(what === undefined ? {} : { what: words(what) }),
    ...(fix === undefined ? {} : { fix: words(fix) }),
  };
}

/** A report with every message in it as text, however deep. */
export function worded<Report>(report: Report, words: Words): Report {
  return wordedDeep(report, words) as Report;
}

function wordedDeep(value: unknown, words: Words): unknown {
  if (value instanceof ComposedMessage) return words(value);
  if (Array.isArray(value)) return value.map((item) => wordedDeep(item, words));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, wordedDeep(item, words)]));
}
