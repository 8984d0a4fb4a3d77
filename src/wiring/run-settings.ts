/** Settings → what the engine is told. */
import type { Settings } from '../core/settings/parse.ts';
import { allowedLoginsOf } from './allowed-logins.ts';
import { readingOf } from './manifests.ts';
import { VERSION } from './version.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../engine/sync/settings.ts';

/** `namespace` is that of the cluster's context. */
export function runSettingsOf(settings: Settings, namespace?: string): RunSettings {
  return {
    ...DEFAULT_SETTINGS,
    ...readingOf(settings, namespace),
    only: settings.only,
    mode: settings.due ? 'due' : 'always',
    controllerClass: settings.controllerClass,
    logins: allowedLoginsOf(settings),
    engineVersion: VERSION,
    deletionLimits: settings.force ? undefined : { count: settings.maxDeletes, share: settings.maxDeleteShare / 100 },
    updateLimits: settings.force ? undefined : { count: settings.maxUpdates, share: settings.maxUpdateShare / 100 },
    takeOver: settings.takeOver,
    resolve: settings.resolve,
    prune: settings.prune && settings.vaultObjects === 'keep',
    removesPushed: settings.vaultObjects === 'delete',
    // Whoever reads the text of a report reads the log beside it: each problem is told once.
    problemsInLog: settings.output !== 'text' || settings.logFormat !== 'text',
    // Only custom resources have a status and Events of their own.
    home: settings.home === 'custom-resources' ? 'custom-resources' : 'files',
  };
}
