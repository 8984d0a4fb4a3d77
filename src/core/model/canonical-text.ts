/** JSON as text, for comparing. */
import { isRecord } from './fields.ts';
import { compareText } from './object-ref.ts';

/** The same text for the same content, in whatever order its keys were written. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isRecord(value)) return value === undefined ? 'null' : JSON.stringify(value);
  const members = Object.keys(value).sort(compareText);
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(',')}}`;
}
