/** Warnings about functions that a release of External Secrets Operator does not have. */
import { functionFinding } from '../api/operator/check.ts';
import { FUNCTION_FACTS } from '../api/operator/facts.ts';
import type { OperatorRelease } from '../api/operator/release.ts';
import { fieldText } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { FUNCTIONS } from '../template/functions/index.ts';
import { parseTemplate } from '../template/template.ts';
import { TemplateProblem } from '../template/template-problem.ts';
import { fromUtf8 } from '../template/values.ts';
import { textsOf, type TemplateIntent, type TemplateText } from './check-templates.ts';

/** With a stop after each text. Texts in ConfigMaps are not known here. */
export function* operatorFunctions(
  intents: readonly TemplateIntent[],
  release: OperatorRelease,
): Generator<void, readonly Problem[]> {
  const problems: Problem[] = [];
  for (const intent of intents) {
    for (const text of textsOf(intent)) {
      problems.push(...problemsOf(intent, text, release));
      yield;
    }
  }
  return problems;
}

function problemsOf(intent: TemplateIntent, { path, name, text }: TemplateText, release: OperatorRelease) {
  const template = parseTemplate(fromUtf8(name), fromUtf8(text), FUNCTIONS);
  if (template instanceof TemplateProblem) return [];
  const origin = intent.locate(path);
  return FUNCTION_FACTS.filter((fact) => template.calls(fact.name)).flatMap((fact): readonly Problem[] => {
    const finding = functionFinding(fact, release);
    if (finding === undefined) return [];
    return [
      {
        severity: 'warning',
        code: 'operator-function',
        at: intent.ref,
        field: fieldText(path),
        ...(origin === undefined ? {} : { origin }),
        ...finding,
      },
    ];
  });
}
