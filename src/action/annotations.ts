/** Problems → annotations on the lines of the manifests. */
import { error, warning, type AnnotationProperties } from '@actions/core';
import { isAbsolute, relative } from 'node:path';
import { problemText, type Problem } from '../core/model/problem.ts';
import { byPlace } from '../core/report/as-text.ts';
import { inWordsOfTheAction } from './input-table.ts';

/** GitHub shows ten annotations of a kind for a step; the tenth error is the failure of the step itself. */
const MOST = { error: 9, warning: 10 } as const;

/** Errors first. The summary and the log hold what does not fit. */
export function annotate(problems: readonly Problem[], workspace: string): void {
  for (const [severity, tell] of [['error', error] as const, ['warning', warning] as const]) {
    const own = problems.filter((problem) => problem.severity === severity).toSorted(byPlace);
    for (const problem of own.slice(0, MOST[severity])) {
      tell(inWordsOfTheAction(problemText(problem)), placeOf(problem, workspace));
    }
  }
}

/** GitHub knows files by their path in the repository. */
function placeOf({ code, origin }: Problem, workspace: string): AnnotationProperties {
  const title = `Keyferry: ${code}`;
  if (origin === undefined) return { title };
  const inWorkspace = isAbsolute(origin.file) && workspace !== '' ? relative(workspace, origin.file) : origin.file;
  return { title, file: inWorkspace, startLine: origin.line };
}
