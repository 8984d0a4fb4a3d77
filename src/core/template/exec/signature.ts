/** Go's function types, taken apart. */
import type { GoType } from '../values.ts';

export interface Signature {
  readonly params: readonly GoType[];
  /** The last parameter takes any number of arguments; its type is that of one. */
  readonly isVariadic: boolean;
  readonly results: readonly GoType[];
}

const parsed = new Map<string, Signature>();

/** Reads a signature as reflect prints it, such as `func(string, ...interface {}) (string, error)`. */
export function readSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const [, params = '', results = ''] = /^func\((.*?)\) (.*)$/.exec(text) ?? [];
  const types = params === '' ? [] : params.split(', ');
  const signature = {
    params: types.map((type) => type.replace(/^\.\.\./, '')),
    isVariadic: types.at(-1)?.startsWith('...') ?? false,
    results: results.replace(/^\((.*)\)$/, '$1').split(', '),
  };
  parsed.set(text, signature);
  return signature;
}

/** The type of the argument at a place. */
export function paramAt(signature: Signature, index: number): GoType {
  return signature.params[Math.min(index, signature.params.length - 1)] ?? 'interface {}';
}

const KINDS_OF_NAMES: Readonly<Record<GoType, string>> = {
  'time.Duration': 'int64',
  'time.Month': 'int',
  'time.Weekday': 'int',
  'sprig.HashAlgorithm': 'string',
  'reflect.Value': 'any',
  'interface {}': 'any',
};

/** The kind of a parameter's type; a type with a name of its own is a struct unless it is known here. */
export function kindOfType(type: GoType): string {
  const known = KINDS_OF_NAMES[type];
  if (known !== undefined) return known;
  if (type.startsWith('[]')) return 'slice';
  if (type.startsWith('map[')) return 'map';
  if (type.startsWith('*')) return 'ptr';
  return type.includes('.') ? 'struct' : type;
}
