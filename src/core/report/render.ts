/** The outcome of `render`: a file with the objects of an installation, and where it is a file already, their names. */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { refText } from '../model/object-ref.ts';
import { plural } from '../model/plural.ts';
import type { Problem } from '../model/problem.ts';
import { problemJson } from './as-json.ts';
import { causesAsText } from './causes.ts';
import { formsOf } from './forms.ts';
import { inline, problemsAsMarkdown } from './markdown.ts';
import type { Outcome } from './outcome.ts';
import { byPlace, told } from './problems.ts';
import { PLAIN } from './text-table.ts';

export interface RenderReport {
  /** Absent where a problem is an error: nothing is to be applied then. */
  readonly objects?: readonly KubernetesObject[];
  /** What its vaults have to allow, a sentence each. */
  readonly needs?: readonly string[];
  readonly problems: readonly Problem[];
}

/** `file` is the objects as `kubectl apply --server-side -f` takes them; '' where there are none. */
export function renderOutcome({ objects, needs = [], problems }: RenderReport, file: string): Outcome {
  const names = (objects ?? []).map(({ kind, metadata: { namespace, name } }) =>
    refText({ kind, name, ...(namespace === undefined ? {} : { namespace }) }),
  );
  const rendered = { names, needs, problems };
  return {
    command: 'render',
    problems: problems.toSorted(byPlace).map(told),
    looked: [],
    outputs: {},
    stopped: false,
    piped: { text: file, as: 'file' },
    exitCode: () => (objects === undefined ? 1 : 0),
    ...formsOf(rendered, { text: renderedAsText, markdown: renderedAsMarkdown, json: renderedAsJson }),
  };
}

interface RenderedNames {
  readonly names: readonly string[];
  readonly needs: readonly string[];
  readonly problems: readonly Problem[];
}

function renderedAsText({ names, needs, problems }: RenderedNames): string {
  const list = causesAsText(problems.toSorted(byPlace).map(told), PLAIN);
  return [...[...names, ...needs].map((line) => `  ${line}`), ...(list === '' ? [] : [list]), ''].join('\n');
}

function renderedAsMarkdown({ names, needs, problems }: RenderedNames): string {
  const list = names.map((name) => `- ${inline(name)}`);
  return [
    `### Keyferry: render, ${plural(names.length, 'object')}`,
    '',
    ...list,
    ...(needs.length === 0 ? [] : ['', ...needs.map((need) => `- ${inline(need)}`)]),
    problemsAsMarkdown(problems),
    '',
  ].join('\n');
}

function renderedAsJson({ names, needs, problems }: RenderedNames): string {
  const json = { version: 1, command: 'render', objects: names, vaults: needs, problems: problems.map(problemJson) };
  return `${JSON.stringify(json, null, 2)}\n`;
}
