/** `keyferry schema`: what was asked for → the list of kinds, the schema of one, or what is wrong with the question. */
import type { Kind } from '../../model/kinds.ts';
import { nearest } from '../../model/nearest.ts';
import { jsonSchemaOf, servedVersions, type ServedVersion } from './json-schema.ts';

export type FoundSchema =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong'; readonly what: string; readonly fix: string };

/** `words`: a kind in any case of letters, and a version, the newest by default. */
export function findSchema(words: readonly string[]): FoundSchema {
  const [kindWord, versionWord] = words;
  if (kindWord === undefined) return { kind: 'text', text: listOfKinds() };
  const surplus = words.find((word, index) => index > 1 || word.startsWith('-'));
  if (surplus !== undefined) return wrong(`schema does not take "${surplus}"`, 'Give one kind, and a version of it.');
  const ofKind = servedVersions().filter(({ kind }) => kind.kind.toLowerCase() === kindWord.toLowerCase());
  const [newest] = ofKind;
  if (newest === undefined) return unknownKind(kindWord);
  const asked = versionWord ?? newest.version;
  const served = ofKind.find(({ kind, version }) => asked === version || asked === `${kind.group}/${version}`);
  if (served !== undefined) return { kind: 'text', text: schemaText(served) };
  const versions = ofKind.map(({ version }) => version).join(', ');
  return wrong(`${newest.kind.kind} has no version "${asked}"`, `It has ${versions}.`);
}

/** The bytes of the published file. */
export function schemaText(served: ServedVersion): string {
  return `${JSON.stringify(jsonSchemaOf(served), undefined, 2)}\n`;
}

function listOfKinds(): string {
  const kinds = servedKinds();
  const width = Math.max(...kinds.map(({ kind }) => kind.length)) + 2;
  return kinds
    .map(({ kind, versions, retired = [] }) => `${kind.padEnd(width)}${[...versions, ...retired].join(', ')}\n`)
    .join('');
}

function servedKinds(): readonly Kind[] {
  return [...new Set(servedVersions().map(({ kind }) => kind))];
}

function unknownKind(word: string): FoundSchema {
  const names = servedKinds().map(({ kind }) => kind);
  const hint = nearest(word, names);
  const fix = hint === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${hint}?`;
  return wrong(`"${word}" is no kind that has a schema`, fix);
}

function wrong(what: string, fix: string): FoundSchema {
  return { kind: 'wrong', what, fix };
}
