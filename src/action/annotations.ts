/** Problems → annotations on the lines of the manifests. */
import { error, warning, type AnnotationProperties } from '@actions/core';
import * as hostPath from 'node:path';
import { withSlashes } from '../core/model/origin.ts';
import { inWordsOfTheAction } from './input-table.ts';
import type { ToldProblem } from './outcome.ts';

/**
 * GitHub shows ten annotations of a kind for a step. The tenth error is the failure of the step itself; the tenth warning
 * may be that the plan could not be a comment, and what to do about it.
 */
const MOST = { error: 9, warning: 9 } as const;

/** In the order of a list, so that causes come before their consequences. The summary and the log hold what does not fit. */
export function annotate(problems: readonly ToldProblem[], workspace: string): void {
  for (const [severity, tell] of [['error', error] as const, ['warning', warning] as const]) {
    const own = problems.filter((problem) => problem.severity === severity);
    for (const problem of own.slice(0, MOST[severity])) {
      tell(inWordsOfTheAction(problem.text), placeOf(problem, workspace));
    }
  }
}

function placeOf({ code, origin }: ToldProblem, workspace: string): AnnotationProperties {
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
