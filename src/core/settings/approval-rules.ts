/**
 * An apply that waits for an approval must not become one without: where the fingerprint gets lost on its way from the
 * plan, an entry sees an empty text, and cannot always tell it from none.
 */
import { command, say, setting } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import { settingProblem } from './setting-problem.ts';

/** What to do about a fingerprint that is not there. */
export const WHERE_IT_COMES_FROM =
  'Nothing was written. Give that of the plan that was approved. In a workflow it is the output fingerprint of the step that planned; a job hands it on as an output of its own: outputs: fingerprint: ${{ steps.plan.outputs.fingerprint }} there, ${{ needs.plan.outputs.fingerprint }} here.';

/** What `deploy` would do is compared with a cluster; manifests alone say it to `plan`. */
export function dryRunProblems({ dryRun, planLevel }: Readonly<Record<string, unknown>>): readonly Problem[] {
  if (dryRun !== true || planLevel !== 'offline') return [];
  return [
    settingProblem(
      'dry-run',
      say`cannot go with ${setting('plan-level')} offline`,
      say`Take ${command('plan')} for that; it asks no cluster.`,
    ),
  ];
}

/** Of the values that could be read; a fingerprint that could not has its own problem. */
export function approvalProblems(values: Readonly<Record<string, unknown>>): readonly Problem[] {
  const isLost = 'planFingerprint' in values && values['planFingerprint'] === undefined;
  if (values['requirePlanFingerprint'] !== true || !isLost) return [];
  const what = say`is missing, or empty, and ${setting('require-plan-fingerprint')} says that there must be one`;
  return [settingProblem('plan-fingerprint', what, WHERE_IT_COMES_FROM)];
}
