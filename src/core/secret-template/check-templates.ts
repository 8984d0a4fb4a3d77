/** What can be said of templates before there are values: whether they are any. */
import { entryPath, type PullIntent, type SourceEntry } from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import { LENIENT_TEMPLATES_ANNOTATION } from '../model/names.ts';
import { fieldText } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { FUNCTIONS } from '../template/functions/index.ts';
import { parseTemplate, type Template } from '../template/template.ts';
import { TemplateProblem } from '../template/template-problem.ts';
import { fromUtf8 } from '../template/values.ts';
import type { LooseProblem } from '../transform/fetched.ts';
import { templateFinding } from '../transform/template-finding.ts';

interface Text {
  readonly path: FieldPath;
  readonly name: string;
  readonly text: string;
}

/**
 * A problem for every text of the manifests that is no template, or only the text of one, with a stop after each text: to
 * read one takes less than a second, to read all of them may not. Texts in ConfigMaps are not known here.
 */
export function* checkTemplates(intents: readonly PullIntent[]): Generator<void, readonly Problem[]> {
  const problems: Problem[] = [];
  for (const intent of intents) problems.push(...(yield* checkIntent(intent)));
  return problems;
}

function* checkIntent(intent: PullIntent): Generator<void, readonly Problem[]> {
  const problems: Problem[] = [];
  const texts = [...targetTexts(intent), ...intent.entries.flatMap((entry) => rewriteTexts(entry))];
  for (const { path, name, text } of texts) {
    const finding = findingOf(parseTemplate(fromUtf8(name), fromUtf8(text), FUNCTIONS), intent);
    if (finding !== undefined) problems.push(problemAt(intent, path, finding));
    yield;
  }
  return [...problems, ...annotationProblems(intent)];
}

function findingOf(parsed: Template | TemplateProblem, intent: PullIntent): LooseProblem | undefined {
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

function annotationProblems(intent: PullIntent): readonly Problem[] {
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

function problemAt(intent: PullIntent, path: FieldPath, finding: LooseProblem): Problem {
  const origin = intent.locate(path);
  return { ...finding, at: intent.ref, field: fieldText(path), ...(origin === undefined ? {} : { origin }) };
}

function targetTexts({ target: { template } }: PullIntent): readonly Text[] {
  if (template === undefined) return [];
  const path: FieldPath = ['spec', 'target', 'template'];
  const named = (field: FieldPath, texts: Readonly<Record<string, string>>): readonly Text[] =>
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

function rewriteTexts(entry: SourceEntry): readonly Text[] {
  if (entry.kind !== 'extract' && entry.kind !== 'find') return [];
  return entry.rewrite.flatMap((operation, step) =>
    operation.kind === 'transform'
      ? [
          {
            path: [...entryPath(entry), 'rewrite', step, 'transform', 'template'],
            name: 'transform',
            text: operation.template,
          },
        ]
      : [],
  );
}

/** The names that are certain; those of dataFrom are known to the vault only. */
function keysOf({ entries }: PullIntent): readonly string[] {
  return entries.flatMap((entry) => (entry.kind === 'data' ? [entry.secretKey] : []));
}
