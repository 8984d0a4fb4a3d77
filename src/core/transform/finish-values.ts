/**
 * The steps that every value goes through after it was read.
 *
 * ESO 2.9, for `dataFrom`: rewriting or else conversion of names, check of names, decoding, null bytes, in this order. For
 * `data`: only the last two.
 */
import type { ConversionStrategy, DecodingStrategy, NullBytePolicy, RewriteOperation } from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { Account } from '../template/limits.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import { checkKeys } from './check-keys.ts';
import { convertKeys } from './convert-keys.ts';
import { decode } from './decode.ts';
import { errorOf, type Values } from './entry-outcome.ts';
import type { LooseProblem } from './fetched.ts';
import { keysWithNullBytes } from './null-bytes.ts';
import { rewrite } from './rewrite.ts';

export interface ValueStrategies {
  readonly decodingStrategy: DecodingStrategy;
  readonly nullBytePolicy: NullBytePolicy;
}

export interface MapStrategies extends ValueStrategies {
  readonly conversionStrategy: ConversionStrategy;
}

export interface Rewriting {
  readonly rewrite: readonly RewriteOperation[];
  readonly environment: TemplateEnvironment;
  readonly account?: Account;
}

export type FinishResult =
  | { readonly kind: 'finished'; readonly values: Values }
  | {
      readonly kind: 'refused';
      readonly problems: readonly LooseProblem[];
      /** Where in the entry, if not at its source. */
      readonly path?: FieldPath;
    };

/** Renames, checks and decodes what a `dataFrom` entry read. All faults of one step are told together. */
export function finishMap(values: Values, strategies: MapStrategies, rewriting: Rewriting): FinishResult {
  const named = rewriting.rewrite.length === 0 ? convert(values, strategies) : rewriteNames(values, rewriting);
  if (named.kind === 'refused') return named;
  const checked = checkKeys(named.values);
  if (checked.faults.length > 0) return { kind: 'refused', problems: checked.faults.map(keyProblem) };
  return decodeValues(checked.values, strategies);
}

function convert(values: Values, { conversionStrategy }: MapStrategies): FinishResult {
  const converted = convertKeys(values, conversionStrategy);
  if (converted.kind === 'collision') return refused(collisionProblem(converted.key, converted.names));
  return { kind: 'finished', values: converted.values };
}

/** ESO 2.9: as soon as there is a `rewrite`, nothing is converted. */
function rewriteNames(values: Values, { rewrite: operations, environment, account }: Rewriting): FinishResult {
  const result = rewrite(values, operations, environment, account);
  if (result.kind === 'rewritten') return { kind: 'finished', values: result.values };
  return { kind: 'refused', problems: [result.problem], path: ['rewrite', result.step] };
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
