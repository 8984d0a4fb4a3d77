/** Settings → what manifests alone tell. Loads no SDK. */
import { validate } from '../commands/validate.ts';
import type { Validation } from '../core/report/validation.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Stoppable } from '../engine/stop.ts';
import { allowedLoginsOf } from './allowed-logins.ts';
import { manifestsOf, readingOf } from './manifests.ts';

/** Placeholders without values, and namespaces that a context will give, are not yet mistakes. */
export async function runValidation(settings: Settings, stoppable: Stoppable = {}): Promise<Validation> {
  const { only, controllerClass, home, values } = settings;
  const open = values === undefined ? ({ placeholders: 'kept' } as const) : {};
  const reading = { ...readingOf(settings), ...open, namespaces: 'kept' } as const;
  return await validate(manifestsOf(settings), {
    only,
    controllerClass,
    home,
    logins: allowedLoginsOf(settings),
    ...reading,
    ...stoppable,
  });
}
