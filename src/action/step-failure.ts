/** How a step fails: what its last line says. */
import { isIntentKind, SERVED_KINDS } from '../core/model/kinds.ts';
import { refText } from '../core/model/object-ref.ts';
import type { PassProblem } from '../core/model/pass-report.ts';
import { plural } from '../core/model/plural.ts';
import type { Outcome } from '../core/report/outcome.ts';
import type { WordedProblem } from '../core/report/worded.ts';

/**
 * How the step failed: what concerns the whole run in its own words, of everything else the numbers, for its annotations
 * say it, each at its line. `undefined` = it did not.
 */
export function stepFailure({
  problems,
  looked,
  failure,
}: Pick<Outcome, 'looked' | 'failure'> & { readonly problems: readonly WordedProblem[] }): string | undefined {
  const [errors, whole] = [placed(problems), wholeError(problems)];
  if (errors.length === 0) return whole?.text ?? failure;
  const failed = KINDS.flatMap((kind) => failedOf(kind, errors, looked));
  const others = errors.filter(({ at }) => at === undefined || !KINDS.includes(at.kind)).length;
  const parts = [...failed, ...(others === 0 ? [] : [plural(others, failed.length === 0 ? 'error' : 'other error')])];
  return `${whole === undefined ? '' : `${whole.text} `}${parts.join(', ')}; see the annotations and the summary.`;
}

const KINDS = SERVED_KINDS.map(({ kind }) => kind).filter(isIntentKind);

/** `1 of 3 PushSecrets failed`; none where none did. */
function failedOf(kind: string, errors: readonly PassProblem[], looked: readonly string[]): readonly string[] {
  const failed = new Set(errors.flatMap(({ at }) => (at?.kind === kind ? [refText(at)] : [])));
  const all = new Set([...looked.filter((object) => object.startsWith(`${kind} `)), ...failed]).size;
  return failed.size === 0 ? [] : [`${failed.size} of ${plural(all, kind)} failed`];
}

/** What has no place to be annotated at: the failure of the step is it. */
export function wholeError<Shown extends PassProblem>(problems: readonly Shown[]): Shown | undefined {
  return problems.find(({ severity, at, origin }) => severity === 'error' && at === undefined && origin === undefined);
}

function placed(problems: readonly PassProblem[]): readonly PassProblem[] {
  const whole = wholeError(problems);
  return problems.filter((problem) => problem.severity === 'error' && problem !== whole);
}
