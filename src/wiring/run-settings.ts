/** Settings → what the engine is told. */
import type { Settings } from '../core/settings/parse.ts';
import { readingOf } from './manifests.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../engine/settings.ts';

/** `namespace` is that of the cluster's context. */
export function runSettingsOf(settings: Settings, namespace?: string): RunSettings {
  return {
    ...DEFAULT_SETTINGS,
    ...readingOf(settings, namespace),
    only: settings.only,
    mode: settings.due ? 'due' : 'always',
    controllerClass: settings.controllerClass,
    deletionLimits: settings.force ? undefined : { count: settings.maxDeletes, share: settings.maxDeleteShare / 100 },
    prune: settings.prune,
    // Only custom resources have a status and Events of their own.
    home: settings.home === 'custom-resources' ? 'custom-resources' : 'files',
  };
}
