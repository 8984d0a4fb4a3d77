/** `dataFrom[].rewrite[].transform` over given names. */
import { messageText } from '../../../src/core/model/message.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { TemplateEnvironment } from '../../../src/core/template/runtime.ts';
import { rewrite } from '../../../src/core/transform/rewrite.ts';
import type { TemplateCase } from './load.ts';

export function failureOfTransform(one: TemplateCase, environment: TemplateEnvironment): string | undefined {
  const values = new Map(Object.entries(one.keys).map(([key, text]) => [key, SecretValue.ofText(text)]));
  const result = rewrite(values, [{ kind: 'transform', template: one.transform ?? '' }], environment);
  if (result.kind === 'refused') return compareProblem(messageText(result.problem.what), one);
  const got = Object.fromEntries(
    [...result.values].map(([key, value]) => [key, Buffer.from(value.reveal()).toString('utf8')]),
  );
  const isSame = JSON.stringify(sorted(got)) === JSON.stringify(sorted(one.expect.map ?? {}));
  return isSame ? undefined : `gave ${JSON.stringify(got)}, expected ${JSON.stringify(one.expect)}`;
}

/** Our words around Go's message, which must be the same from `template:` on. */
function compareProblem(what: string, { expect: { error = '', errorPrefix } }: TemplateCase): string | undefined {
  const wanted = goMessage(errorPrefix ?? error);
  const got = goMessage(what);
  const isSame = error !== '' && (errorPrefix === undefined ? got === wanted : got.startsWith(wanted));
  return isSame ? undefined : `failed with ${JSON.stringify(what)}, expected ${JSON.stringify(error)}`;
}

function goMessage(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('template: '), 0));
}

function sorted(texts: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
}
