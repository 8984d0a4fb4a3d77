/**
 * `spec.template` of a PushSecret: what it renders is written into the data of the Secret.
 *
 * ESO 2.9, 6.4: keys that it does not make stay, whatever mergePolicy says; labels and annotations go nowhere.
 */
import type { TargetTemplate } from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import type { PushFault } from '../model/push-intent.ts';
import type { SecretValue } from '../model/secret-value.ts';
import type { FieldFinding, RenderResult } from '../secret-template/content.ts';

/** Where it stands in its manifest. */
export const PUSH_TEMPLATE: FieldPath = ['spec', 'template'];

/** What is to be rendered: without the keys of the Secret, which are there anyway. */
export function templateToRender(template: TargetTemplate): TargetTemplate {
  return { ...template, mergePolicy: 'Replace' };
}

/** The data that entries are made from. A template that fails in one place gives nothing. */
export function templatedData(
  data: ReadonlyMap<string, SecretValue>,
  result: RenderResult,
): { readonly data: ReadonlyMap<string, SecretValue> } | { readonly faults: readonly PushFault[] } {
  if (result.kind === 'refused') return { faults: result.findings.map(faultOf) };
  const rendered = [...result.content.data].map(([key, { value }]) => [key, value] as const);
  return { data: new Map([...data, ...rendered]) };
}

function faultOf({ path, problem: { code, what, fix, hasSubject } }: FieldFinding): PushFault {
  return { code, path, what, fix, ...(hasSubject === undefined ? {} : { hasSubject }) };
}
