/** Settings → a plan of manifests against manifests. Loads no SDK. */
import { say, setting } from '../core/model/message.ts';
import { systemClock } from '../adapters/node/clock.ts';
import { planOffline } from '../commands/plan-offline.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { OfflineReport } from '../core/report/offline.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { allowedLoginsOf } from './allowed-logins.ts';
import { deployedManifestsOf, earlierManifestsOf, readingOf } from './manifests.ts';

export interface OfflineRequest {
  readonly base: ManifestSource;
  /** Those that the settings name, unless others are given. */
  readonly manifests?: ManifestSource | undefined;
  readonly stop?: AbortSignal | undefined;
}

export async function runOffline(
  settings: Settings,
  { base, manifests = deployedManifestsOf(settings), stop }: OfflineRequest,
): Promise<OfflineReport> {
  const { only, controllerClass, prune, home } = settings;
  const logins = allowedLoginsOf(settings);
  const offline = { only, controllerClass, prune, home, logins, ...readingOf(settings) };
  const ports = { head: manifests, base, clock: systemClock, ...(stop === undefined ? {} : { stop }) };
  return await planOffline(ports, offline);
}

/** The manifests of `--base`. Rejects with a PortError where there are none. */
export function givenBase(settings: Pick<Settings, 'base' | 'values' | 'valuesEverywhere'>): ManifestSource {
  if (settings.base.length > 0) return earlierManifestsOf(settings);
  throw new PortError({
    kind: 'Invalid',
    code: 'Setting',
    whole: true,
    what: say`${setting('base')} is missing, which a plan of ${setting('plan-level')} offline compares with`,
    fix: 'Give the manifests as they were before, as files, folders or globs.',
  });
}
