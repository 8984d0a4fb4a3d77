/**
 * The steps that every value goes through after it was read.
 *
 * ESO 2.9, for `dataFrom`: conversion of names, check of names, decoding, null bytes, in this order. For `data`: only the
 * last two.
 */
import type { ConversionStrategy, DecodingStrategy, NullBytePolicy } from '../model/intent.ts';
import { SecretValue } from '../model/secret-value.ts';
import { checkKeys } from './check-keys.ts';
import { convertKeys } from './convert-keys.ts';
import { decode } from './decode.ts';
import { errorOf, type Values } from './entry-outcome.ts';
import type { LooseProblem } from './fetched.ts';
import { keysWithNullBytes } from './null-bytes.ts';

export interface ValueStrategies {
  readonly decodingStrategy: DecodingStrategy;
  readonly nullBytePolicy: NullBytePolicy;
}

export interface MapStrategies extends ValueStrategies {
  readonly conversionStrategy: ConversionStrategy;
}

export type FinishResult =
  | { readonly kind: 'finished'; readonly values: Values }
  | { readonly kind: 'refused'; readonly problems: readonly LooseProblem[] };

/** Converts, checks and decodes what a `dataFrom` entry read. All faults of one step are told together. */
export function finishMap(values: Values, strategies: MapStrategies): FinishResult {
  const converted = convertKeys(values, strategies.conversionStrategy);
  if (converted.kind === 'collision') return refused(collisionProblem(converted.key, converted.names));
  const checked = checkKeys(converted.values);
  if (checked.faults.length > 0) return { kind: 'refused', problems: checked.faults.map(keyProblem) };
  return decodeValues(checked.values, strategies);
}

/** Decodes values and looks for null bytes. */
export function decodeValues(values: Values, { decodingStrategy, nullBytePolicy }: ValueStrategies): FinishResult {
  const problems: LooseProblem[] = [];
  const decoded = new Map<string, SecretValue>();
  for (const [key, value] of values) {
    const result = decode(value.reveal(), decodingStrategy);
    if (result.kind === 'decoded') decoded.set(key, SecretValue.of(result.bytes));
    else problems.push(decodingProblem(key, decodingStrategy, result.reason));
  }
  problems.push(...keysWithNullBytes(decoded, nullBytePolicy).map(nullByteProblem));
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'finished', values: decoded };
}

function refused(problem: LooseProblem): FinishResult {
  return { kind: 'refused', problems: [problem] };
}

function collisionProblem(key: string, names: readonly string[]): LooseProblem {
  const quoted = names.map((name) => JSON.stringify(name)).join(' and ');
  const fix = 'Set conversionStrategy to Unicode, or rename one of them.';
  return errorOf('key-collision', `has ${quoted}, which both become the key "${key}"`, fix);
}

function keyProblem(fault: string): LooseProblem {
  return errorOf(
    'key-invalid',
    fault,
    'Rename it in the vault, or read it as a data entry with a secretKey of your own.',
  );
}

function decodingProblem(key: string, strategy: DecodingStrategy, reason: string): LooseProblem {
  const what = `cannot decode the value for "${key}" as ${strategy}: ${reason}`;
  return errorOf('value-not-decodable', what, 'Check the value in the vault, or set decodingStrategy to None.');
}

function nullByteProblem(key: string): LooseProblem {
  const fix = 'Store it as PEM or base64, or leave nullBytePolicy unset for binary data.';
  return errorOf('value-has-null-bytes', `has null bytes in the value for "${key}"`, fix);
}
