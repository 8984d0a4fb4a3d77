/** Problems → annotations on the lines of the manifests. */
import type { AnnotationProperties } from '@actions/core';
import * as hostPath from 'node:path';
import { refText } from '../core/model/object-ref.ts';
import { withSlashes } from '../core/model/origin.ts';
import type { PassProblem } from '../core/model/pass-report.ts';
import { causesOf } from '../core/report/causes.ts';
import { annotationAsTold } from './log.ts';
import type { WordedProblem } from '../core/report/worded.ts';

/**
 * GitHub shows ten annotations of a kind for a step. The tenth error is the failure of the step itself; the tenth warning
 * may be that the plan could not be a comment, and what to do about it.
 */
const MOST = { error: 9, warning: 9 } as const;

/** One for each object that has a cause, at its line. The summary and the log hold what does not fit. */
export function annotate(problems: readonly WordedProblem[], workspace: string): void {
  for (const severity of ['error', 'warning'] as const) {
    for (const problem of annotated(problems, severity))
      annotationAsTold(severity, problem.text, placeOf(problem, workspace));
  }
}

/** In the order of a list, but the first of each cause before the others of any: what has room should say all that is wrong. */
export function annotated(problems: readonly PassProblem[], severity: 'error' | 'warning'): readonly WordedProblem[] {
  const causes = causesOf(problems.filter((problem) => problem.severity === severity)).map((cause) =>
    oneEach(cause.problems),
  );
  const firsts = causes.flatMap((cause) => cause.slice(0, 1));
  return [...firsts, ...causes.flatMap((cause) => cause.slice(1))].slice(0, MOST[severity]);
}

function oneEach(problems: readonly WordedProblem[]): readonly WordedProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ at, origin }) => {
    const object = at === undefined ? `${origin?.file ?? ''}:${origin?.line ?? ''}` : refText(at);
    return !seen.has(object) && seen.add(object);
  });
}

function placeOf({ code, origin }: PassProblem, workspace: string): AnnotationProperties {
  const title = `Keyferry: ${code}`;
  if (origin === undefined) return { title };
  const file = fileInRepository(origin.file, workspace);
  return file === undefined ? { title } : { title, file, startLine: origin.line };
}

/**
 * GitHub knows files by their path in the repository, with slashes on every system. `undefined` = it is not in there,
 * and the text alone names the place.
 */
export function fileInRepository(
  file: string,
  workspace: string,
  path: Pick<typeof hostPath, 'isAbsolute' | 'relative' | 'resolve' | 'sep'> = hostPath,
): string | undefined {
  const inWorkspace = workspace === '' ? file : path.relative(workspace, path.resolve(workspace, file));
  const isOutside = path.isAbsolute(inWorkspace) || inWorkspace.split(path.sep)[0] === '..';
  return isOutside ? undefined : withSlashes(inWorkspace, path.sep);
}
