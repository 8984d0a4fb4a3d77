/** What the CronJob of an installation says of it, and what its last pass does not say yet. */
import { command, say } from '../model/message.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { PassReport } from '../model/pass-report.ts';
import type { Problem } from '../model/problem.ts';
import type { StatusReport } from '../report/status.ts';
import { INTENTS_ANNOTATION, VERSION_ANNOTATION } from './cron-job.ts';
import type { Installation } from './installation.ts';

export function lookOf(
  cronJob: KubernetesObject,
): Pick<StatusReport, 'version' | 'schedule' | 'suspended' | 'lastScheduled'> {
  const { schedule = '', suspend = false } = cronJob['spec'] as {
    readonly schedule?: string;
    readonly suspend?: boolean;
  };
  const { lastScheduleTime } = (cronJob['status'] ?? {}) as { readonly lastScheduleTime?: string };
  return {
    version: cronJob.metadata.annotations?.[VERSION_ANNOTATION] ?? 'unknown',
    schedule,
    suspended: suspend,
    ...(lastScheduleTime === undefined ? {} : { lastScheduled: lastScheduleTime }),
  };
}

/** Warnings: there was no pass yet, or none over the intents that were deployed last. */
export function passProblems(
  pass: PassReport | undefined,
  { metadata: { annotations } }: KubernetesObject,
  installation: Installation,
): readonly Problem[] {
  if (pass === undefined) return [noPass(installation)];
  return pass.intentsDigest === annotations?.[INTENTS_ANNOTATION] ? [] : [oldPass(installation)];
}

function noPass(installation: Installation): Problem {
  return {
    severity: 'warning',
    code: 'no-pass-yet',
    at: { kind: 'CronJob', ...installation },
    what: 'has not made a pass yet',
    fix: say`Start one with ${command('status', { setting: 'refresh' })}: it says what stands in the way.`,
  };
}

function oldPass(installation: Installation): Problem {
  return {
    severity: 'warning',
    code: 'pass-outdated',
    at: { kind: 'CronJob', ...installation },
    what: 'has not made a pass over the intents that were deployed last',
    fix: say`Wait for the next one, or start it with ${command('status', { setting: 'refresh' })}.`,
  };
}
