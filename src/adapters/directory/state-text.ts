/**
 * `.keyferry/state.yaml` as text. An entry that is printed once is not printed again: of thousands, a write changes a
 * few. So an entry is replaced as a whole, never edited.
 */
import { stringify } from 'yaml';
import { recordsVersion } from '../../core/model/sync-record.ts';
import type { FolderState } from './state-file.ts';

const OPTIONS = { compat: 'yaml-1.1', lineWidth: 0, sortMapEntries: true, aliasDuplicateObjects: false } as const;

interface Printed {
  readonly key: string;
  readonly text: string;
}

const printed = new WeakMap<object, Printed>();

/** The same text as one `stringify` of all of it, in which everything is sorted. */
export function printState(content: FolderState): string {
  const { installation, ...parts } = content;
  const texts = new Map(Object.entries(parts).map(([name, entries]) => [name, printPart(name, entries)]));
  texts.set('schemaVersion', stringify({ schemaVersion: recordsVersion(content) }, OPTIONS));
  if (installation !== undefined) texts.set('installation', stringify({ installation }, OPTIONS));
  return [...texts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text)
    .join('');
}

function printPart(name: string, entries: Readonly<Record<string, object>>): string {
  const keys = Object.keys(entries).sort();
  if (keys.length === 0) return `${name}: {}\n`;
  return `${name}:\n${keys.map((key) => printEntry(key, entries[key] ?? {})).join('')}`;
}

function printEntry(key: string, entry: object): string {
  const known = printed.get(entry);
  if (known?.key === key) return known.text;
  const lines = stringify({ [key]: entry }, OPTIONS).split('\n');
  const text = lines.map((line) => (line === '' ? line : `  ${line}`)).join('\n');
  printed.set(entry, { key, text });
  return text;
}
