/** Renders a template with all functions, and gives what an author sees: the text, or Go's message. */
import { FUNCTIONS } from '../../../../src/core/template/functions/index.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../../src/core/template/limits.ts';
import type { TemplateEnvironment } from '../../../../src/core/template/runtime.ts';
import { TemplateProblem } from '../../../../src/core/template/template-problem.ts';
import { parseTemplate } from '../../../../src/core/template/template.ts';
import { fromUtf8, stringMapOf, toUtf8Text } from '../../../../src/core/template/values.ts';
import { TEMPLATE_ENVIRONMENT } from '../../../builders/template-environment.ts';

export interface Given {
  readonly data?: Readonly<Record<string, string>>;
  readonly environment?: Partial<TemplateEnvironment>;
  readonly limits?: Partial<Limits>;
}

/** The result, or Go's message from the name of the function on. */
export function render(template: string, given: Given = {}): string {
  const result = execute(template, given);
  if (!(result instanceof TemplateProblem)) return toUtf8Text(result);
  return toUtf8Text(result.revealMessage()).replace(/^.*?error calling /s, 'error calling ');
}

/** The result byte by byte, one code unit each. */
export function renderBytes(template: string, given: Given = {}): string {
  const result = execute(template, given);
  return result instanceof TemplateProblem ? `problem: ${result.revealMessage()}` : result;
}

function execute(template: string, { data = {}, environment = {}, limits = {} }: Given): string | TemplateProblem {
  const parsed = parseTemplate('key', fromUtf8(template), FUNCTIONS);
  if (parsed instanceof TemplateProblem) return parsed;
  const entries = Object.entries(data).map(([key, text]) => [fromUtf8(key), fromUtf8(text)] as const);
  return parsed.execute(stringMapOf(entries), {
    environment: { ...TEMPLATE_ENVIRONMENT, ...environment },
    missingKey: 'error',
    limits: { ...DEFAULT_LIMITS, ...limits },
  });
}
