/** `spec.dataFrom[].extract`: the members of one remote JSON object, or the tags of one remote secret. */
import type { ExtractEntry, ParsedKey } from '../model/intent.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { FetchedObject, RemoteType } from '../model/vault.ts';
import {
  errorOf,
  failedAt,
  missingProblem,
  problemAt,
  unknownTypeProblem,
  valuesOf,
  withWarnings,
  type EntryContext,
  type EntryOutcome,
  type Values,
} from './entry-outcome.ts';
import { extractMembers } from './extract.ts';
import type { LooseProblem } from './fetched.ts';
import { finishMap } from './finish-values.ts';
import { getProperty } from './get-property.ts';
import { fetchMetadata, metadataMap, metadataOf } from './metadata.ts';
import { readEntry } from './entry-read.ts';
import { parseStoreKey } from './remote-object.ts';
import { decodeUtf8 } from './utf8.ts';

const KEY = ['extract', 'key'] as const;
const PROPERTY = ['extract', 'property'] as const;

/** Reads, takes apart, converts, checks, decodes. ESO 2.9: certificates and keys are refused without a request. */
export function assembleExtract(context: EntryContext<ExtractEntry>): EntryOutcome {
  const { entry, fetched } = context;
  const { remoteRef } = entry;
  const parsed = parseStoreKey(remoteRef.key, fetched.keySyntax(entry.store));
  if ('unknownType' in parsed) return failedAt(context, KEY, unknownTypeProblem(remoteRef.key, parsed.unknownType));
  if (parsed.type !== 'secret') return failedAt(context, KEY, wrongTypeProblem(remoteRef.key, parsed.type));
  const read = readEntry(context, parsed, KEY);
  if (read.kind !== 'read') return read;
  const selected = isFetch(context) ? tagsOf(context, parsed, read.object) : membersOf(context, read.object);
  if (selected.kind !== 'texts') return selected;
  const values = new Map([...selected.texts].map(([key, text]) => [key, SecretValue.ofText(text)]));
  return withWarnings(finished(context, values), read.warnings);
}

/** Only secrets can be taken apart. */
export function wrongTypeProblem(key: string, type: RemoteType): LooseProblem {
  const what = `"${key}" is a ${type === 'cert' ? 'certificate' : 'key'}, and only secrets can be extracted`;
  return errorOf('extract-not-a-secret', what, 'Read it with an entry of spec.data instead.');
}

type Selected = EntryOutcome | { readonly kind: 'texts'; readonly texts: ReadonlyMap<string, string> };

function isFetch({ entry, fetched }: EntryContext<ExtractEntry>): boolean {
  return entry.remoteRef.metadataPolicy === 'Fetch' && fetched.keySyntax(entry.store) === 'azurekv';
}

/** ESO 2.9: the property must first be found as for `data`, although the result is then looked up anew. */
function tagsOf(context: EntryContext<ExtractEntry>, parsed: ParsedKey, object: FetchedObject): Selected {
  const { remoteRef } = context.entry;
  const metadata = metadataOf(object);
  const result = fetchMetadata(metadata, remoteRef.property);
  if (result.kind !== 'found') return failedAt(context, PROPERTY, missingProblem(result, remoteRef));
  const { key: refKey, property } = remoteRef;
  return { kind: 'texts', texts: metadataMap({ metadata, refKey, secretName: parsed.name, property }) };
}

function membersOf(context: EntryContext<ExtractEntry>, object: FetchedObject): Selected {
  const { remoteRef } = context.entry;
  const text = object.value === undefined ? '' : decodeUtf8(object.value.reveal());
  const selected = getProperty(text, remoteRef.property, remoteRef.key);
  if (selected.kind !== 'found') return failedAt(context, PROPERTY, missingProblem(selected, remoteRef));
  const result = extractMembers(selected.text);
  if (result.kind === 'members') return { kind: 'texts', texts: result.members };
  return failedAt(context, ['extract'], notAnObjectProblem(context, result.reason));
}

function notAnObjectProblem({ entry, fetched }: EntryContext<ExtractEntry>, reason: string): LooseProblem {
  const { key, property } = entry.remoteRef;
  const subject = property === '' ? `"${key}"` : `"${property}" of "${key}"`;
  const what = `needs a JSON object, and ${subject} in ${fetched.describe(entry.store)} ${reason}`;
  return errorOf('extract-not-an-object', what, 'Store a JSON object, or read the value with an entry of spec.data.');
}

function finished(context: EntryContext<ExtractEntry>, values: Values): EntryOutcome {
  const { entry, environment, account } = context;
  const result = finishMap(values, entry.remoteRef, { rewrite: entry.rewrite, environment, account });
  if (result.kind === 'finished') return valuesOf(result.values);
  const { problems, path = ['extract'] } = result;
  return { kind: 'failed', problems: problems.map((problem) => problemAt(context, path, problem)) };
}
