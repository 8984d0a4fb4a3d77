/**
 * Problems as people are told of them: one cause once, with the objects that have it below.
 *
 * Thirty ExternalSecrets without a token are one thing to mend, not thirty; JSON and the log of the job have each.
 */
import { messageText } from '../model/message.ts';
import { refText } from '../model/object-ref.ts';
import { originText } from '../model/origin.ts';
import type { PassProblem } from '../model/pass-report.ts';
import { plural } from '../model/plural.ts';
import { inOneLine } from '../model/shown.ts';
import { wrapped, type Look } from './text-table.ts';
import { wordedProblem, type WordedProblem } from './worded.ts';

/** Of objects below a cause; the JSON output holds them all. */
const MOST_LISTED = 5;

/** What is told of one or more problems. */
export interface Cause {
  /** The first of them. */
  readonly problem: WordedProblem;
  /** All of them, in their order. */
  readonly problems: readonly WordedProblem[];
  /** What happened and what to do, in one line; lines that it quotes follow. */
  readonly text: string;
  /** Where it happened, a line each, cut; none where the text says it. */
  readonly places: readonly string[];
}

/** Each cause where the first problem of it stands. Of a report in the words of an entry, it is in these. */
export function causesOf(problems: readonly PassProblem[]): readonly Cause[] {
  const alike = new Map<string, WordedProblem[]>();
  for (const problem of problems.map((one) => wordedProblem(one, messageText))) {
    const key = causeKey(problem);
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [problem]);
    else others.push(problem);
  }
  return [...alike.values()].flatMap(causeOf);
}

/**
 * Problems of earlier versions have their text alone. A field that `what` goes on from is part of the cause; names
 * in quotes that a service says are not: a role that is missing is one cause, whichever secret was asked for first.
 */
function causeKey({ severity, code, text, field, what, hasSubject, fix = '' }: WordedProblem): string {
  if (what === undefined) return JSON.stringify([severity, code, text]);
  if (hasSubject !== true) return JSON.stringify([severity, code, field, what, fix]);
  const names = quotedIn(what).map((quoted) => quoted.slice(1, -1));
  const commonFix = fix.split(WORD_ENDS).map((word) => (names.includes(word) ? names.indexOf(word) : word));
  return JSON.stringify([severity, code, what.replaceAll(QUOTED, ''), commonFix]).replaceAll(REQUEST_ID, '');
}

/** Another one with each request. */
const REQUEST_ID = /correlation id [\w-]+/giu;
const WORD_ENDS = /(?<=[\s="'/:])|(?=[\s"'/;:,]|\.$|\. )/u;
const QUOTED = /"[^"]*"/gu;

function quotedIn(text: string): readonly string[] {
  return text.match(QUOTED) ?? [];
}

function causeOf(problems: readonly WordedProblem[]): readonly Cause[] {
  const [problem] = problems;
  if (problem === undefined) return [];
  const differing = differingNames(problems);
  const places = [...new Set(problems.map(placeOf(problems, differing)))].filter((place) => place !== '');
  if (problem.what === undefined || places.length < 2) return [{ problem, problems, text: problem.text, places: [] }];
  return [{ problem, problems, text: inOneLine(causeText(problems, differing)), places: cutPlaces(places) }];
}

function cutPlaces(places: readonly string[]): readonly string[] {
  const lines = places.slice(0, MOST_LISTED).map(inOneLine);
  return places.length > lines.length ? [...lines, `… and ${places.length - lines.length} more`] : lines;
}

/** Which of the names in quotes are not the same in all. */
function differingNames(problems: readonly WordedProblem[]): readonly number[] {
  const [first = [], ...others] = problems.map(({ what = '' }) => quotedIn(what));
  return [...first.keys()].filter((index) => others.some((names) => names[index] !== first[index]));
}

/** `33 ExternalSecrets: GitHub gave no ID token. Give …`; names that differ stand with their places. */
function causeText(problems: readonly WordedProblem[], differing: readonly number[]): string {
  const [{ field, what = '', hasSubject, fix = '' } = { what: '' }] = problems;
  const subject = field === undefined || hasSubject === true ? '' : `${field} `;
  let index = -1;
  const common = what.replaceAll(QUOTED, (name) => {
    index += 1;
    return differing.includes(index) ? '…' : name;
  });
  return `${objectsText(problems)}${subject}${common}. ${fix}`;
}

function objectsText(problems: readonly PassProblem[]): string {
  const refs = problems.flatMap(({ at }) => at ?? []);
  const objects = new Set(refs.map(refText));
  const [first] = refs;
  if (first === undefined) return '';
  if (objects.size === 1) return `${refText(first)}: `;
  const isOneKind = refs.every(({ kind }) => kind === first.kind);
  return `${plural(objects.size, isOneKind ? first.kind : 'object')}: `;
}

/** `ExternalSecret shop/db: spec.data[0].remoteRef.key (deploy/all.yaml:25)`; the object is left out where all have the same. */
function placeOf(problems: readonly WordedProblem[], differing: readonly number[]): (problem: WordedProblem) => string {
  const objects = new Set(problems.map(({ at }) => (at === undefined ? '' : refText(at))));
  return ({ at, field, what = '', hasSubject, origin }) => {
    const own = quotedIn(what).filter((_, index) => differing.includes(index));
    const names = [
      ...(at === undefined || objects.size === 1 ? [] : [refText(at)]),
      ...(field === undefined || hasSubject !== true ? [] : [[field, ...own].join(' ')]),
      ...(field === undefined && own.length > 0 ? [own.join(' ')] : []),
    ];
    const place = origin === undefined ? '' : originText(origin);
    return names.length === 0 ? place : `${names.join(': ')}${place === '' ? '' : ` (${place})`}`;
  };
}

const WORDS = { error: ['bad', 'error'], warning: ['warn', 'warning'] } as const;
/** Of the longer word, with what stands around it. */
const HANG = 11;

/** `  error    ExternalSecret shop/orders-db: … (file:line)`, each cause once; '' where there is none. */
export function causesAsText(problems: readonly PassProblem[], look: Look): string {
  return causesOf(problems)
    .map((cause) => {
      const [style, word] = WORDS[cause.problem.severity];
      return `  ${look.paint(style, word.padEnd(7))}  ${causeLines(cause, HANG, look)}`;
    })
    .join('\n');
}

/** Without the word before it. */
export function causeLines({ text, places }: Cause, hang: number, { width }: Look): string {
  const [first = '', ...quoted] = text.split('\n');
  const below = [...quoted, ...places].map((line) => `${' '.repeat(hang)}${line}`);
  return [wrapped(first, hang, width), ...below].join('\n');
}
