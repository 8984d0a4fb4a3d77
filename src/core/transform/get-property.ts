/** Selects the `property` of a `remoteRef` from a text. Must never put the text, or part of it, into a message. */
import { get } from './gjson/get.ts';
import { exists, resultText } from './gjson/result.ts';
import { TooMuchWork } from './gjson/work.ts';

/** Paths are walked by recursion. gjson has no such bound; no path of a person comes near it. */
const LONGEST_PROPERTY = 2000;

export type PropertyResult =
  | { readonly kind: 'found'; readonly text: string }
  /** `key` is what the property was looked up in, for the message. */
  | { readonly kind: 'missing'; readonly property: string; readonly key: string }
  /** The path makes so much of the text that it was given up. */
  | { readonly kind: 'too-costly'; readonly property: string; readonly key: string };

/**
 * Looks a property up.
 *
 * ESO 2.9: an empty property is the whole text; otherwise it is a gjson path. A path with dots that selects nothing
 * is tried once more as one literal name, every dot escaped: `tls.crt` finds `{"tls.crt":…}`, but `a.b.c` does not
 * find `{"a.b":{"c":…}}`.
 */
export function getProperty(text: string, property: string, refKey: string): PropertyResult {
  if (property === '') return { kind: 'found', text };
  if (property.length > LONGEST_PROPERTY) return { kind: 'missing', property: property.slice(0, 60), key: refKey };
  try {
    return lookUp(text, property, refKey);
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return { kind: 'too-costly', property: property.slice(0, 60), key: refKey };
  }
}

function lookUp(text: string, property: string, refKey: string): PropertyResult {
  const nested = get(text, property);
  const result = exists(nested) || !property.includes('.') ? nested : get(text, property.replaceAll('.', '\\.'));
  if (!exists(result)) return { kind: 'missing', property, key: refKey };
  return { kind: 'found', text: resultText(result) };
}
