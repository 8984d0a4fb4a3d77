/** Rendered texts that become several keys, are decoded, or go into another kind of object. */
import { FUNCTIONS } from '../../../src/core/template/functions/index.ts';
import type { DecodingStrategy } from '../../../src/core/model/intent.ts';
import { decodeRendered } from '../../../src/core/secret-template/decode-rendered.ts';
import { parseKeysAndValues } from '../../../src/core/secret-template/keys-and-values.ts';
import { renderOntoObject } from '../../../src/core/secret-template/object-target.ts';
import type { JsonObject } from '../../../src/core/secret-template/target-path.ts';
import type { TemplateEnvironment } from '../../../src/core/template/runtime.ts';
import type { Message } from '../../../src/core/template/message.ts';
import { parseTemplate } from '../../../src/core/template/template.ts';
import { TemplateProblem } from '../../../src/core/template/template-problem.ts';
import { fromUtf8, stringMapOf, type GoString } from '../../../src/core/template/values.ts';
import { isFields } from '../../fakes/kubernetes-object.ts';
import { fromBase64, templateText, templateValues, type LoadedTemplateCase, type TemplateCase } from './load.ts';

type Outcome =
  | { readonly pairs: ReadonlyMap<string, GoString> }
  | { readonly object: unknown }
  /** `reason`: ours begins where the operator's does not tell more than it could not decode. */
  | { readonly error: string };

export function failureOfParts(loaded: LoadedTemplateCase, environment: TemplateEnvironment): string | undefined {
  const { case: one } = loaded;
  const got = outcomeOf(loaded, environment);
  if ('error' in got) return compareError(got.error, one);
  const shown = JSON.stringify('pairs' in got ? [...got.pairs] : got.object);
  const isSame = 'pairs' in got ? samePairs(got.pairs, one) : canonical(got.object) === canonical(one.expect.object);
  return isSame ? undefined : `gave ${shown}, expected ${JSON.stringify(one.expect)}`;
}

function outcomeOf(loaded: LoadedTemplateCase, environment: TemplateEnvironment): Outcome {
  const { case: one } = loaded;
  const text = templateText(one);
  const isWhole = one.scope === 'KeysAndValues';
  const template = parseTemplate(isWhole ? text : fromUtf8(one.key), text, FUNCTIONS);
  if (template instanceof TemplateProblem) return { error: template.revealMessage() };
  const data = stringMapOf([...templateValues(loaded)].map(([key, bytes]) => [fromUtf8(key), bytes]));
  const rendered = template.execute(data, { environment, missingKey: 'error' });
  if (rendered instanceof TemplateProblem) return { error: rendered.revealMessage() };
  if (one.object !== undefined) {
    const { scope, key, target } = one;
    return renderOntoObject(one.object as JsonObject, { scope, key, target, text: rendered });
  }
  return decoded(isWhole ? parseKeysAndValues(rendered) : new Map([[one.key, rendered]]), one);
}

function decoded(
  pairs: ReadonlyMap<string, GoString> | { readonly reason: Message },
  { valuesDecodingStrategy }: TemplateCase,
): Outcome {
  if ('reason' in pairs)
    return { error: `could not unmarshal template to 'map[string][]byte': ${pairs.reason.revealExact()}` };
  if (!STRATEGIES.has(valuesDecodingStrategy)) {
    const [key = ''] = pairs.keys();
    const what = `decoding strategy ${valuesDecodingStrategy} is not supported`;
    return { error: `failed to decode rendered template value for key ${key}: ${what}` };
  }
  const results = new Map<string, GoString>();
  for (const [key, bytes] of pairs) {
    const result = decodeRendered(bytes, valuesDecodingStrategy as DecodingStrategy);
    if ('reason' in result)
      return { error: `failed to decode rendered template value for key ${key}: ${result.reason}` };
    results.set(key, result.bytes);
  }
  return { pairs: results };
}

/** The schema refuses all others before a template is looked at. */
const STRATEGIES: ReadonlySet<string> = new Set(['None', 'Base64', 'Base64URL', 'Auto']);

/** Which key could not be decoded must be the same; why is told in our own words. */
function compareError(got: string, { expect }: TemplateCase): string | undefined {
  const { error = '', errorPrefix } = expect;
  const decoding = /^failed to decode rendered template value for key .*?: (?=illegal base64)/.exec(error)?.[0];
  const prefix = errorPrefix ?? decoding;
  const wanted = fromUtf8(prefix ?? error);
  const isSame = error !== '' && (prefix === undefined ? got === wanted : got.startsWith(wanted));
  return isSame ? undefined : `failed with ${JSON.stringify(got)}, expected ${JSON.stringify(expect)}`;
}

function samePairs(pairs: ReadonlyMap<string, GoString>, { expect, key }: TemplateCase): boolean {
  const { map, mapBase64, out, outBase64 } = expect;
  const wanted = new Map<string, GoString>([
    ...Object.entries(map ?? {}).map(([name, text]) => [name, fromUtf8(text)] as const),
    ...Object.entries(mapBase64 ?? {}).map(([name, text]) => [name, fromBase64(text)] as const),
    ...(out === undefined ? [] : [[key, fromUtf8(out)] as const]),
    ...(outBase64 === undefined ? [] : [[key, fromBase64(outBase64)] as const]),
  ]);
  return expect.error === undefined && canonical(Object.fromEntries(pairs)) === canonical(Object.fromEntries(wanted));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    isFields(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
