/** What can be said of templates before there are values: whether they are any. */
import { entryPath, type PullIntent, type RewriteOperation, type TargetTemplate } from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import { LENIENT_TEMPLATES_ANNOTATION } from '../model/names.ts';
import { fieldText } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { pushEntryPath, type PushIntent } from '../model/push-intent.ts';
import { FUNCTIONS } from '../template/functions/index.ts';
import { parseTemplate, type Template } from '../template/template.ts';
import { TemplateProblem } from '../template/template-problem.ts';
import { fromUtf8 } from '../template/values.ts';
import type { LooseProblem } from '../transform/fetched.ts';
import { templateFinding } from '../transform/template-finding.ts';

export type TemplateIntent = PullIntent | PushIntent;

export interface TemplateText {
  readonly path: FieldPath;
  readonly name: string;
  readonly text: string;
}

/**
 * A problem for every text of the manifests that is no template, or only the text of one, with a stop after each text: to
 * read one takes less than a second, to read all of them may not. Texts in ConfigMaps are not known here.
 */
export function* checkTemplates(intents: readonly TemplateIntent[]): Generator<void, readonly Problem[]> {
  const problems: Problem[] = [];
  for (const intent of intents) problems.push(...(yield* checkIntent(intent)));
  return problems;
}

function* checkIntent(intent: TemplateIntent): Generator<void, readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { path, name, text } of textsOf(intent)) {
    const finding = findingOf(parseTemplate(fromUtf8(name), fromUtf8(text), FUNCTIONS), intent);
    if (finding !== undefined) problems.push(problemAt(intent, path, finding));
    yield;
  }
  return [...problems, ...annotationProblems(intent)];
}

function findingOf(parsed: Template | TemplateProblem, intent: TemplateIntent): LooseProblem | undefined {
  if (parsed instanceof TemplateProblem) return templateFinding(parsed, keysOf(intent));
  return parsed.isTemplateText ? LEFT_FROM_HELM : undefined;
}

/** The operator writes it as it is, too. */
const LEFT_FROM_HELM: LooseProblem = {
  severity: 'warning',
  code: 'template-helm-escape',
  what: 'is written for Helm: the Secret will hold the text of a template, with its braces',
  fix: 'In a manifest write {{ .key }}; the wrapping belongs into charts only.',
};

function annotationProblems(intent: TemplateIntent): readonly Problem[] {
  const text = intent.annotations[LENIENT_TEMPLATES_ANNOTATION];
  if (text === undefined || text === 'true' || text === 'false') return [];
  const what = `is "${text}" and has no effect`;
  const finding = {
    severity: 'warning',
    code: 'annotation',
    what,
    fix: 'Write "true" or "false", in quotes.',
  } as const;
  return [problemAt(intent, ['metadata', 'annotations', LENIENT_TEMPLATES_ANNOTATION], finding)];
}

function problemAt(intent: TemplateIntent, path: FieldPath, finding: LooseProblem): Problem {
  const origin = intent.locate(path);
  return { ...finding, at: intent.ref, field: fieldText(path), ...(origin === undefined ? {} : { origin }) };
}

/** Every text of the manifest that is a template. */
export function textsOf(intent: TemplateIntent): readonly TemplateText[] {
  if (intent.kind === 'push') {
    const rewrites = intent.dataTo.flatMap((entry) => rewriteTexts(pushEntryPath(entry), entry.rewrite));
    return [...templateTexts(intent.template, ['spec', 'template']), ...rewrites];
  }
  const rewrites = intent.entries.flatMap((entry) =>
    'rewrite' in entry ? rewriteTexts(entryPath(entry), entry.rewrite) : [],
  );
  return [...templateTexts(intent.target.template, ['spec', 'target', 'template']), ...rewrites];
}

function templateTexts(template: TargetTemplate | undefined, path: FieldPath): readonly TemplateText[] {
  if (template === undefined) return [];
  const named = (field: FieldPath, texts: Readonly<Record<string, string>>): readonly TemplateText[] =>
    Object.entries(texts).map(([name, text]) => ({ path: [...path, ...field, name], name, text }));
  return [
    ...named(['data'], template.data),
    ...named(['metadata', 'labels'], template.labels),
    ...named(['metadata', 'annotations'], template.annotations),
    ...template.templateFrom.flatMap(({ literal }, index) =>
      literal === undefined
        ? []
        : [{ path: [...path, 'templateFrom', index, 'literal'], name: 'literal', text: literal }],
    ),
  ];
}

function rewriteTexts(path: FieldPath, rewrite: readonly RewriteOperation[]): readonly TemplateText[] {
  return rewrite.flatMap((operation, step) =>
    operation.kind === 'transform'
      ? [
          {
            path: [...path, 'rewrite', step, 'transform', 'template'],
            name: 'transform',
            text: operation.template,
          },
        ]
      : [],
  );
}

/** The names that are certain; those of dataFrom are known to the vault only, those of a source to the cluster. */
function keysOf(intent: TemplateIntent): readonly string[] {
  if (intent.kind === 'push') return intent.data.flatMap(({ secretKey }) => (secretKey === '' ? [] : [secretKey]));
  return intent.entries.flatMap((entry) => (entry.kind === 'data' ? [entry.secretKey] : []));
}
