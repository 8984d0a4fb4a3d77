/** A control plane without nodes runs no pods: here a pass is what a test leaves in its place. */
import { failedPass, passReportConfig } from '../../src/core/deploy/pass-report-config.ts';
import type { Installation } from '../../src/core/deploy/installation.ts';
import type { PassReport } from '../../src/core/model/pass-report.ts';
import { eventually, type ClusterUser } from './cluster-user.ts';

/** Leaves the report of a pass over what is deployed now, as the job does at its end. */
export async function leavePass(
  admin: ClusterUser,
  installation: Installation,
  told: Partial<PassReport> = {},
): Promise<void> {
  const cronJob = await admin.find('CronJob', installation.namespace, installation.name);
  const now = new Date().toISOString();
  const facts = {
    version: '0.1.0',
    intentsDigest: cronJob?.metadata.annotations?.['keyferry.dev/intents-digest'] ?? '',
    startedAt: now,
    finishedAt: now,
    exitCode: 0,
    holder: 'a-pod',
  };
  await admin.apply(passReportConfig({ ...failedPass(facts, ''), problems: [], ...told }, installation));
}

/** Waits for a Job that was not there before, and leaves the report of its pass. */
export async function playPass(
  admin: ClusterUser,
  installation: Installation,
  told: Partial<PassReport> = {},
): Promise<void> {
  const before = new Set(await jobsOf(admin, installation));
  await eventually('a Job is there', async () =>
    (await jobsOf(admin, installation)).some((name) => !before.has(name)) ? true : undefined,
  );
  await leavePass(admin, installation, told);
}

async function jobsOf(admin: ClusterUser, { namespace, name }: Installation): Promise<readonly string[]> {
  const jobs = await admin.list('Job', namespace);
  const own = jobs.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] === name);
  return own.map(({ metadata }) => metadata.name);
}
