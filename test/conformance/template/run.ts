/** Plays one template case: what Keyferry makes of it, against what the operator's engine made. Empty = it passed. */
import { FUNCTIONS } from '../../../src/core/template/functions/index.ts';
import type { TemplateEnvironment } from '../../../src/core/template/runtime.ts';
import { parseTemplate } from '../../../src/core/template/template.ts';
import { TemplateProblem } from '../../../src/core/template/template-problem.ts';
import { fromUtf8, stringMapOf, toUtf8Text, type GoString } from '../../../src/core/template/values.ts';
import { systemRandom } from '../../../src/adapters/node/random.ts';
import { failureOfApply } from './apply.ts';
import { fromBase64, templateText, templateValues, type LoadedTemplateCase, type TemplateExpectation } from './load.ts';
import { failureOfParts } from './parts.ts';
import { failureOfTransform } from './transform.ts';

export const ENVIRONMENT: TemplateEnvironment = {
  nowNanoseconds: () => BigInt(Date.now()) * 1_000_000n,
  randomBytes: (count) => systemRandom.bytes(count),
  generatePrivateKey: (request) => systemRandom.privateKey(request),
};

/** One line that says what is wrong; `undefined` when nothing is. Never throws. */
export function failureOf(loaded: LoadedTemplateCase): string | undefined {
  try {
    return play(loaded);
  } catch (error) {
    return `broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

function play(loaded: LoadedTemplateCase): string | undefined {
  const { case: one } = loaded;
  if (one.transform !== undefined) return failureOfTransform(one, ENVIRONMENT);
  if (one.externalSecret !== undefined) return failureOfApply(one, ENVIRONMENT);
  const isPlain = one.scope === 'Values' && one.target.toLowerCase() === 'data' && one.object === undefined;
  if (!isPlain || one.valuesDecodingStrategy !== 'None') return failureOfParts(loaded, ENVIRONMENT);
  return compareText(render(loaded), one.expect);
}

/** The bytes, or the problem, of a template whose name is its key. */
function render(loaded: LoadedTemplateCase): GoString | TemplateProblem {
  const template = parseTemplate(fromUtf8(loaded.case.key), templateText(loaded.case), FUNCTIONS);
  if (template instanceof TemplateProblem) return template;
  const data = stringMapOf([...templateValues(loaded)].map(([key, bytes]) => [fromUtf8(key), bytes]));
  return template.execute(data, { environment: ENVIRONMENT, missingKey: 'error' });
}

function compareText(got: GoString | TemplateProblem, expected: TemplateExpectation): string | undefined {
  const wanted = wantedError(expected);
  if (got instanceof TemplateProblem) {
    return wanted === undefined
      ? `failed: ${toUtf8Text(got.revealMessage())}`
      : compareError(got.revealMessage(), expected);
  }
  if (wanted !== undefined)
    return `gave ${JSON.stringify(toUtf8Text(got))}, expected the error ${JSON.stringify(wanted)}`;
  if (expected.check !== undefined) return compareCheck(got, expected.check);
  const out = expected.outBase64 === undefined ? fromUtf8(expected.out ?? '') : fromBase64(expected.outBase64);
  return got === out
    ? undefined
    : `gave ${JSON.stringify(toUtf8Text(got))}, expected ${JSON.stringify(toUtf8Text(out))}`;
}

function wantedError({ error, errorBase64 }: TemplateExpectation): GoString | undefined {
  return errorBase64 === undefined ? error : toUtf8Text(fromBase64(errorBase64));
}

/** Exact; behind `errorPrefix` begins the wording of some library of Go, which may differ. */
export function compareError(got: GoString, expected: TemplateExpectation): string | undefined {
  const { error = '', errorBase64, errorPrefix } = expected;
  const exact = errorBase64 === undefined ? fromUtf8(error) : fromBase64(errorBase64);
  const isSame = errorPrefix === undefined ? got === exact : got.startsWith(fromUtf8(errorPrefix));
  return isSame
    ? undefined
    : `failed with ${JSON.stringify(toUtf8Text(got))}, expected ${JSON.stringify(toUtf8Text(exact))}`;
}

/** What differs from run to run: its shape, its elements in any order, or what another function makes of it. */
function compareCheck(got: GoString, check: string): string | undefined {
  const pattern = /regex (.*)$/s.exec(check)?.[1];
  if (pattern !== undefined && !new RegExp(pattern).test(got)) return `gave ${JSON.stringify(got)}, expected ${check}`;
  const decrypts = /^decryptAES "(.*?)" of it gives (.*?);/.exec(check);
  if (decrypts !== null && decrypted(got, decrypts[1] ?? '') !== decrypts[2]) return `does not decrypt: ${check}`;
  const elements = /^anyOrder (.*)$/.exec(check)?.[1];
  if (elements === undefined) return pattern === undefined ? `knows no check "${check}"` : undefined;
  const sorted = (text: string): string => text.replace(/[[\]]/g, '').split(' ').sort().join(' ');
  return sorted(got) === sorted(elements) ? undefined : `gave ${got}, expected ${check}`;
}

function decrypted(text: GoString, password: string): string | undefined {
  const template = parseTemplate('check', `{{ decryptAES "${password}" .it }}`, FUNCTIONS);
  if (template instanceof TemplateProblem) return undefined;
  const result = template.execute(stringMapOf([['it', text]]), { environment: ENVIRONMENT, missingKey: 'error' });
  return typeof result === 'string' ? result : undefined;
}
