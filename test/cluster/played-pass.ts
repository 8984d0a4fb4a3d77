/** A control plane without nodes runs no pods: here a pass is what a test leaves in its place. */
import { failedPass, passReportConfig } from '../../src/core/deploy/pass-report-config.ts';
import type { Installation } from '../../src/core/deploy/installation.ts';
import type { PassReport } from '../../src/core/model/pass-report.ts';
import type { ReportCounts } from '../../src/core/model/report.ts';
import { eventually, type ClusterUser } from './cluster-user.ts';

/** What a pass counted: nothing, but what is given. */
export function passCounts(some: Partial<ReportCounts>): ReportCounts {
  return { ...NOTHING, ...some };
}

const NOTHING: ReportCounts = {
  create: 0,
  update: 0,
  delete: 0,
  unchanged: 0,
  notDue: 0,
  skipped: 0,
  blocked: 0,
  failed: 0,
  errors: 0,
  warnings: 0,
  manifestErrors: 0,
};

/**
 * Deploys; as soon as the Job is there, the report of its pass over what is deployed now is left, as the job does at its
 * end. A deployment that ends without a Job gets none.
 */
export async function withPass<T>({ admin, installation, told = {} }: Pass, deploy: () => Promise<T>): Promise<T> {
  const before = new Set(await jobsOf(admin, installation));
  const running = deploy();
  let hasEnded = false;
  const end = () => (hasEnded = true);
  void running.then(end, end);
  const seen = await eventually('a Job is there, or the deployment has ended', async () => {
    const isThere = (await jobsOf(admin, installation)).some((name) => !before.has(name));
    return isThere ? 'job' : hasEnded ? 'end' : undefined;
  });
  if (seen === 'job') await leavePass({ admin, installation, told });
  return await running;
}

export interface Pass {
  readonly admin: ClusterUser;
  readonly installation: Installation;
  /** What its report tells beside the plainest. */
  readonly told?: Partial<PassReport>;
}

async function leavePass({ admin, installation, told }: Pass): Promise<void> {
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

async function jobsOf(admin: ClusterUser, { namespace, name }: Installation): Promise<readonly string[]> {
  const jobs = await admin.list('Job', namespace);
  const own = jobs.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] === name);
  return own.map(({ metadata }) => metadata.name);
}
