/** A running engine that is newer is not replaced unasked: it may have written state that this version cannot read. */
import { say, setting } from '../../core/model/message.ts';
import { VERSION_ANNOTATION } from '../../core/deploy/cron-job.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';
import { findCronJob } from './installed-cron-job.ts';

/** Rejects with a PortError where the installation runs a newer version. */
export async function refuseDowngrade(objects: Objects, installation: Installation, version: string): Promise<void> {
  const cronJob = await findCronJob(objects, installation);
  const live = cronJob?.metadata.annotations?.[VERSION_ANNOTATION];
  if (live === undefined || !isNewer(live, version)) return;
  const { namespace, name } = installation;
  throw new PortError({
    kind: 'Invalid',
    code: 'Downgrade',
    whole: true,
    what: `installation ${namespace}/${name} runs version ${live}, this is version ${version}`,
    fix: say`Use that version or a newer one, or give ${setting('allow-downgrade')}.`,
  });
}

function isNewer(live: string, own: string): boolean {
  const [a, b] = [live, own].map((text) => text.split(/[.-]/u).slice(0, 3).map(Number));
  const differing = (a ?? []).findIndex((part, index) => part !== b?.[index]);
  return differing >= 0 && (a?.[differing] ?? 0) > (b?.[differing] ?? 0);
}
