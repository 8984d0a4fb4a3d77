/** `spec.data[]`: one remote value under one key. */
import type { DataEntry, ParsedKey } from '../model/intent.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { FetchedObject } from '../model/vault.ts';
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
} from './entry-outcome.ts';
import { decodeValues } from './finish-values.ts';
import { getProperty } from './get-property.ts';
import { fetchMetadata, metadataOf } from './metadata.ts';
import { readEntry } from './entry-read.ts';
import { parseStoreKey } from './remote-object.ts';
import { decodeUtf8 } from './utf8.ts';

const KEY = ['remoteRef', 'key'] as const;

/** Reads, selects, decodes. ESO 2.9: `conversionStrategy` has no effect here. */
export function assembleData(context: EntryContext<DataEntry>): EntryOutcome {
  const { entry, fetched } = context;
  const { remoteRef } = entry;
  const parsed = parseStoreKey(remoteRef.key, fetched.keySyntax(entry.store));
  if ('unknownType' in parsed) return failedAt(context, KEY, unknownTypeProblem(remoteRef.key, parsed.unknownType));
  const read = readEntry(context, parsed, KEY);
  if (read.kind !== 'read') return read;
  const selected = selectValue(context, parsed, read.object);
  return 'kind' in selected ? selected : withWarnings(finished(context, selected.value), read.warnings);
}

type Selected = EntryOutcome | { readonly value: SecretValue };

/** ESO 2.9: a certificate is its DER and ignores the property; a key's property is looked up in its JWK. */
function selectValue(context: EntryContext<DataEntry>, parsed: ParsedKey, object: FetchedObject): Selected {
  const { remoteRef } = context.entry;
  const isFetch = remoteRef.metadataPolicy === 'Fetch' && context.fetched.keySyntax(context.entry.store) === 'azurekv';
  if (isFetch) {
    const result = fetchMetadata(metadataOf(object), remoteRef.property);
    if (result.kind === 'found') return { value: SecretValue.ofText(result.text) };
    return failedAt(context, ['remoteRef', 'property'], missingProblem(result, remoteRef));
  }
  if (object.value === undefined) return failedAt(context, KEY, noValueProblem(context, parsed));
  if (parsed.type === 'cert' || remoteRef.property === '') return { value: object.value };
  const result = getProperty(decodeUtf8(object.value.reveal()), remoteRef.property, remoteRef.key);
  if (result.kind === 'found') return { value: SecretValue.ofText(result.text) };
  return failedAt(context, ['remoteRef', 'property'], missingProblem(result, remoteRef));
}

/** ESO 2.9 panics over a certificate without content, for ever and unseen. */
function noValueProblem({ entry, fetched }: EntryContext<DataEntry>, parsed: ParsedKey) {
  const what = `"${entry.remoteRef.key}" has no value yet in ${fetched.describe(entry.store)}`;
  const fix =
    parsed.type === 'cert' ? 'Complete the pending certificate request in the vault.' : 'Give it a value in the vault.';
  return errorOf('remote-object-pending', what, fix);
}

function finished(context: EntryContext<DataEntry>, value: SecretValue): EntryOutcome {
  const { secretKey, remoteRef } = context.entry;
  const result = decodeValues(new Map([[secretKey, value]]), remoteRef);
  if (result.kind === 'finished') return valuesOf(result.values);
  return { kind: 'failed', problems: result.problems.map((problem) => problemAt(context, ['remoteRef'], problem)) };
}
