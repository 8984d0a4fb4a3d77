/**
 * A value as the text that Key Vault holds.
 *
 * ESO 2.9 turns bytes that are no UTF-8 into U+FFFD, and writes them anew at every refresh. Here they are refused, or
 * written as Base64 where the manifest asks for it.
 */
import type { PushExtras } from '../model/push-intent.ts';
import { SecretValue } from '../model/secret-value.ts';
import { valueFault, type ValueFault } from './value-fault.ts';

/** Key Vault: of the UTF-8 of a value. */
export const LONGEST_VALUE_BYTES = 25_600;

/** On what is Base64, so that whoever reads it knows. */
export const BASE64_TAG = { encoding: 'base64' } as const;

export interface SecretText {
  readonly value: SecretValue;
  readonly tags: Readonly<Record<string, string>>;
}

export function secretText(value: SecretValue, { binary }: Pick<PushExtras, 'binary'>): SecretText | ValueFault {
  const isText = isUtf8(value.reveal());
  if (!isText && binary === 'refused') return binaryFault();
  const written = isText ? value : SecretValue.ofText(Buffer.from(value.reveal()).toString('base64'));
  return written.size > LONGEST_VALUE_BYTES
    ? tooLong(written.size, isText)
    : { value: written, tags: isText ? {} : BASE64_TAG };
}

/** A JSON object holds text only, so that a key of a whole Secret or bundle that is none cannot go into it. */
export function binaryKeyFault(data: ReadonlyMap<string, SecretValue>): ValueFault | undefined {
  const binary = [...data].find(([, value]) => !isUtf8(value.reveal()))?.[0];
  if (binary === undefined) return undefined;
  return valueFault(
    'push-binary',
    `takes the key "${binary}" into a JSON object, which cannot hold bytes that are no text (UTF-8)`,
    'Encode it in spec.template with b64enc, or push it by an entry of its own.',
  );
}

const STRICT = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function binaryFault(): ValueFault {
  const fix =
    'Set the annotation keyferry.dev/binary to base64 to write it as Base64, or encode it in spec.template: {{ .key | b64enc }}.';
  return valueFault('push-binary', 'holds bytes that are no text (UTF-8), which a vault cannot hold', fix);
}

function tooLong(bytes: number, isText: boolean): ValueFault {
  const what = `has ${bytes} bytes${isText ? '' : ' as Base64'}, and a secret of Key Vault at most ${LONGEST_VALUE_BYTES}`;
  return valueFault('push-too-long', what, 'Split it, or keep it elsewhere and push where it is.');
}
