/** Settings → whether a sync may carry out the plan that it made. */
import type { Approve } from '../commands/sync.ts';
import { planNotApproved, readFingerprint } from '../core/plan/approval.ts';
import type { PlanLevel } from '../core/model/plan-level.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';

/** The fingerprint of a plan of that level, made now. */
export type FingerprintNow = (level: Exclude<PlanLevel, 'full'>) => Promise<string>;

/** `undefined` = nobody asked for an approved plan. Rejects with a PortError for a fingerprint that is none. */
export function approvalOf(
  { planFingerprint }: Pick<Settings, 'planFingerprint'>,
  now: FingerprintNow,
): Approve | undefined {
  if (planFingerprint === undefined) return undefined;
  const level = levelOfApproved(planFingerprint);
  return async ({ fingerprint }) => planNotApproved(planFingerprint, level === 'full' ? fingerprint : await now(level));
}

/** Rejects with a PortError for a fingerprint that is none. */
export function levelOfApproved(fingerprint: string): PlanLevel {
  const level = readFingerprint(fingerprint)?.level;
  if (level === undefined) throw noFingerprint(fingerprint);
  return level;
}

function noFingerprint(given: string): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'Setting',
    whole: true,
    what: `--plan-fingerprint "${given}" is not a whole fingerprint`,
    fix: 'Give that of the output fingerprint, of the JSON or of the Markdown: level, counts and 56 digits, as full-1c0u0d-….',
  });
}
