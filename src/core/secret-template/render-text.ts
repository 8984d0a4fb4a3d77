/** One template text over the fetched values: its bytes, or a problem that names no value. */
import { FUNCTIONS } from '../template/functions/index.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import { parseTemplate } from '../template/template.ts';
import { TemplateProblem } from '../template/template-problem.ts';
import { fromBytes, stringMapOf, fromUtf8, toUtf8Text } from '../template/values.ts';
import type { GoMap, GoString } from '../template/values.ts';
import type { SecretValue } from '../model/secret-value.ts';
import type { LooseProblem } from '../transform/fetched.ts';
import { templateFinding } from '../transform/template-finding.ts';

export interface TextRequest {
  /** What errors call the template. */
  readonly name: GoString;
  readonly text: GoString;
  /** The text itself came out of a Secret, so that not even it may be shown. */
  readonly isSecret: boolean;
  readonly data: GoMap;
  readonly environment: TemplateEnvironment;
  readonly isStrict: boolean;
}

export type TextResult =
  | { readonly kind: 'rendered'; readonly bytes: GoString; readonly isVolatile: boolean }
  | { readonly kind: 'refused'; readonly problem: LooseProblem };

/** The fetched values as templates see them: one flat map of byte strings. ESO 2.9, 1.1. */
export function templateData(values: ReadonlyMap<string, SecretValue>): GoMap {
  return stringMapOf([...values].map(([key, value]) => [fromUtf8(key), fromBytes(value.reveal())]));
}

/** ESO 2.9: what is missing is an error. */
export function renderText(request: TextRequest): TextResult {
  const { name, text, data, environment, isStrict } = request;
  const template = parseTemplate(name, text, FUNCTIONS);
  if (template instanceof TemplateProblem) return refused(request, template);
  const bytes = template.execute(data, { environment, missingKey: 'error', isStrict });
  if (bytes instanceof TemplateProblem) return refused(request, bytes);
  return { kind: 'rendered', bytes, isVolatile: template.isVolatile };
}

/** A text that came out of a Secret is hidden like the values: Go's messages quote parts of it. */
function refused({ isSecret, data }: TextRequest, cause: TemplateProblem): TextResult {
  const keys = [...data.entries.keys()].map(toUtf8Text);
  return { kind: 'refused', problem: templateFinding(isSecret ? cause.withoutSource() : cause, keys) };
}
