/**
 * From which spec a generated value was drawn, and who had asked: an annotation of the target Secret, written with the
 * value itself, so that neither can be there without the other. It tells nothing of the value.
 *
 * `password=3f2a9c01b7d4e5f6 uuid=0c…/5a…`: by key of the Secret a hash of the spec, and one of the text that asked.
 */
import { hashText } from '../go/go-hash.ts';
import type { StableSpec } from '../model/generator.ts';
import { compareText } from '../model/object-ref.ts';

const LENGTH = 16;

export interface Mark {
  readonly spec: string;
  /** Absent = nobody had asked. */
  readonly asked?: string;
}

export type MarksByKey = ReadonlyMap<string, Mark>;

/** Which keys a Password fills is not among it: one more leaves the others as they are. */
export function specMark(spec: StableSpec): string {
  const drawn = spec.kind === 'Password' ? { ...spec, secretKeys: [] } : spec;
  return hashOf(JSON.stringify(Object.entries(drawn).sort(([a], [b]) => compareText(a, b))));
}

export function askedMark(text: string): string {
  return hashOf(text);
}

export function marksText(marks: MarksByKey): string {
  const words = [...marks].sort(([a], [b]) => compareText(a, b));
  return words.map(([key, { spec, asked }]) => `${key}=${spec}${asked === undefined ? '' : `/${asked}`}`).join(' ');
}

/** What somebody else wrote there counts as nothing. */
export function readMarks(text: string | undefined): MarksByKey {
  const words = (text ?? '').split(' ').flatMap((word) => {
    const [, key = '', spec = '', asked] = /^([-._a-zA-Z0-9]+)=([0-9a-f]+)(?:\/([0-9a-f]+))?$/u.exec(word) ?? [];
    return key === '' ? [] : [[key, { spec, ...(asked === undefined ? {} : { asked }) }] as const];
  });
  return new Map(words);
}

function hashOf(text: string): string {
  return hashText(text).slice(0, LENGTH);
}
