/** Settings → whether what was approved is what would be done now. The only place that decides it, for every command. */
import { say, setting } from '../core/model/message.ts';
import { planNotApproved, readFingerprint } from '../core/plan/approval.ts';
import type { PlanLevel } from '../core/model/plan-level.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { runOffline } from './offline.ts';

export interface Approval {
  /** Of the plan that was approved. */
  readonly level: PlanLevel;
  /** Makes the plan of that level once more, unless it is `made` already. `undefined` = it is the approved one. */
  readonly refusal: (made?: Fingerprinted) => Promise<Problem | undefined>;
}

export interface Fingerprinted {
  readonly fingerprint: string;
}

export interface ApprovalRequest {
  readonly settings: Settings;
  /** What an approved plan of manifests was compared with. */
  readonly base: () => Promise<ManifestSource>;
  /** Where they are not those that the settings name. */
  readonly manifests?: ManifestSource | undefined;
  readonly stop?: AbortSignal | undefined;
  /** The plan of that level, made now. */
  readonly planNow: (level: Exclude<PlanLevel, 'offline'>) => Promise<Fingerprinted>;
}

/** `undefined` = nobody asked for an approved plan. Rejects with a PortError for a fingerprint that is none. */
export function approvalOf({ settings, base, manifests, stop, planNow }: ApprovalRequest): Approval | undefined {
  const { planFingerprint } = settings;
  if (planFingerprint === undefined) return undefined;
  const level = readFingerprint(planFingerprint)?.level;
  if (level === undefined) throw noFingerprint(planFingerprint);
  const now = async () =>
    level === 'offline' ? await runOffline(settings, { base: await base(), manifests, stop }) : await planNow(level);
  const refusal: Approval['refusal'] = async (made) => {
    const { fingerprint } = made !== undefined && level === 'full' ? made : await now();
    return planNotApproved(planFingerprint, fingerprint);
  };
  return { level, refusal };
}

function noFingerprint(given: string): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'Setting',
    whole: true,
    what: say`${setting('plan-fingerprint')} "${given}" is not a whole fingerprint`,
    fix: 'Give that of the output fingerprint, of the JSON or of the Markdown: level, counts and 56 digits, as full-1c0u0d-….',
  });
}
