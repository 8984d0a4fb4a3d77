/** Settings → what `template` renders, with what, and what it compares with. */
import { systemClock } from '../adapters/node/clock.ts';
import { systemRandom } from '../adapters/node/random.ts';
import type { TemplateSources } from '../commands/template.ts';
import type { Settings } from '../core/settings/parse.ts';
import { templateEnvironment } from '../engine/sync/template-inputs.ts';
import { filesOf } from './manifests.ts';

export function templateInputsOf(settings: Settings, stop: AbortSignal): TemplateSources {
  return {
    manifests: filesOf(settings.filename),
    values: filesOf([settings.values ?? '']),
    ...(settings.expect === undefined ? {} : { expected: filesOf([settings.expect]) }),
    environment: templateEnvironment({ clock: systemClock, random: systemRandom }),
    only: settings.only,
    stop,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
  };
}
