/** `rewrite[].transform`: a template that is given each name as `.value`. */
import { FUNCTIONS } from '../template/functions/index.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import type { Account } from '../template/limits.ts';
import { parseTemplate, type ExecuteOptions, type Template } from '../template/template.ts';
import { TemplateProblem } from '../template/template-problem.ts';
import { fromUtf8, stringMapOf, toUtf8Text } from '../template/values.ts';
import type { NamesResult } from './rewrite.ts';
import { templateFinding } from './template-finding.ts';

/** ESO 2.9: the name of such templates in errors. */
const NAME = 'transform';
const KEYS = ['value'];

/** ESO 2.9: there is no missingkey here, so what is missing prints `<no value>`. */
export function rewriteByTemplate(
  names: readonly string[],
  text: string,
  options: { readonly environment: TemplateEnvironment; readonly account: Account },
): NamesResult {
  const template = parseTemplate(NAME, fromUtf8(text), FUNCTIONS);
  if (template instanceof TemplateProblem) return { problem: templateFinding(template, KEYS) };
  const results: string[] = [];
  for (const name of names) {
    const result = rename(template, name, { ...options, missingKey: 'invalid' });
    if (result instanceof TemplateProblem) return { problem: templateFinding(result, KEYS) };
    results.push(result);
  }
  return { names: results };
}

function rename(template: Template, name: string, options: ExecuteOptions): string | TemplateProblem {
  const data = stringMapOf([['value', fromUtf8(name)]]);
  const result = template.execute(data, options);
  return typeof result === 'string' ? toUtf8Text(result) : result;
}
