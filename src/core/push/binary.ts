/** What a secret of a vault can hold: text of 25 kB. Anything else is refused, or written as Base64 where that is asked for. */
import { SecretValue } from '../model/secret-value.ts';
import type { PushExtras } from '../model/push-intent.ts';
import { valueFault, type ValueFault } from './value-fault.ts';

/** Key Vault REST. */
export const LARGEST_VALUE_BYTES = 25_600;

/** Says that a value is Base64 of something that is no text. */
export const ENCODING_TAG = 'encoding';

export interface PushText {
  readonly value: SecretValue;
  readonly isBase64: boolean;
}

export function pushText(value: SecretValue, binary: PushExtras['binary']): PushText | ValueFault {
  const isText = isUtf8(value.reveal());
  if (!isText && binary === 'refused') {
    const fix = 'Say keyferry.dev/binary: base64 on the PushSecret, or encode it with a template.';
    return valueFault('push-binary', 'is no text, and a secret of Key Vault holds text only', fix);
  }
  const written = isText ? value : SecretValue.ofText(Buffer.from(value.reveal()).toString('base64'));
  if (written.size <= LARGEST_VALUE_BYTES) return { value: written, isBase64: !isText };
  const what = `is ${written.size} bytes long${isText ? '' : ' in Base64'}, and Key Vault takes ${LARGEST_VALUE_BYTES}`;
  return valueFault('push-too-long', what, 'Split the value.');
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
