/** Whether two PushSecrets write the same, each from its own namespace. */
import { canonicalText } from '../model/canonical-text.ts';
import type { PushIntent } from '../model/push-intent.ts';

export function isSamePush(a: PushIntent, b: PushIntent): boolean {
  return said(a) === said(b);
}

function said({ source, stores, data, dataTo, template, updatePolicy, deletionPolicy }: PushIntent): string {
  return canonicalText({ source, stores, data, dataTo, template, updatePolicy, deletionPolicy });
}
