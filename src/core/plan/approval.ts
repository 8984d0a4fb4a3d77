/**
 * Is the plan that is about to be carried out the one that somebody approved?
 *
 * A fingerprint names its level, and equals are compared. Nothing of a plan but its counts can be read from one, so that
 * is all that can be told of a difference.
 */
import { say, setting } from '../model/message.ts';
import { PLAN_LEVELS, type PlanLevel } from '../model/plan-level.ts';
import type { Problem } from '../model/problem.ts';

export interface Fingerprint {
  readonly level: PlanLevel;
  /** Of a deployment, not of what a sync writes. */
  readonly deploys: boolean;
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** `undefined` for a text that is no whole fingerprint: the short form of the reports proves nothing. */
export function readFingerprint(text: string): Fingerprint | undefined {
  const match = /^([a-z]+)(-deploy)?-(\d+)c(\d+)u(\d+)d-[0-9a-f]{56}$/u.exec(text);
  const level = PLAN_LEVELS.find((one) => one === match?.[1]);
  if (match === null || level === undefined) return undefined;
  const [create, update, deleted] = match.slice(3).map(Number);
  return { level, deploys: match[2] !== undefined, create: create ?? 0, update: update ?? 0, delete: deleted ?? 0 };
}

/** `undefined` = it is the same plan. Both are whole fingerprints of one level. */
export function planNotApproved(approved: string, now: string): Problem | undefined {
  if (approved === now) return undefined;
  return {
    severity: 'error',
    code: 'plan-not-approved',
    what: `the plan that was approved is not the plan now: ${differences(approved, now)}`,
    fix: isOtherKind(approved, now)
      ? say`Nothing was written. Plan what is to be applied: with ${setting('engine')} runner for sync, without it for deploy.`
      : say`Nothing was written. Read the plan as it is now (plan), approve it, and run again with its fingerprint as ${setting('plan-fingerprint')}.`,
  };
}

function isOtherKind(approved: string, now: string): boolean {
  return readFingerprint(approved)?.deploys !== readFingerprint(now)?.deploys;
}

function differences(approved: string, now: string): string {
  const [before, after] = [readFingerprint(approved), readFingerprint(now)];
  if (before === undefined || after === undefined) return `${approved} was approved, it is ${now}`;
  if (before.deploys !== after.deploys) {
    const kind = ({ deploys }: Fingerprint) => (deploys ? 'of a deployment' : 'of a sync');
    return `it was one ${kind(before)}, now it is one ${kind(after)}`;
  }
  const changed = (['create', 'update', 'delete'] as const)
    .filter((action) => before[action] !== after[action])
    .map((action) => `${before[action]} to ${action} then, ${after[action]} now`);
  if (changed.length > 0) return changed.join('; ');
  const around = before.deploys ? ', or objects of the installation that would be made otherwise' : '';
  return `as many Secrets to write as then, but other ones, other keys, other versions in the vault, or Secrets that somebody wrote since${around}`;
}
