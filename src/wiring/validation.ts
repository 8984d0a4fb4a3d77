/** Settings → what manifests alone tell. Loads no SDK. */
import { upgrade } from '../commands/upgrade.ts';
import { validate } from '../commands/validate.ts';
import type { Reading } from '../core/api/manifests.ts';
import { operatorRelease } from '../core/api/operator/release.ts';
import type { UpgradeReport } from '../core/report/upgrade.ts';
import type { Validation } from '../core/report/validation.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Stoppable } from '../engine/stop.ts';
import { allowedLoginsOf } from './allowed-logins.ts';
import { manifestsOf, manifestTexts, readingOf } from './manifests.ts';

/** Placeholders without values, and namespaces that a context will give, are not yet mistakes. */
export async function runValidation(settings: Settings, stoppable: Stoppable = {}): Promise<Validation> {
  const { only, controllerClass, home, values } = settings;
  const open = values === undefined ? ({ placeholders: 'kept' } as const) : {};
  const reading = { ...readingOf(settings), ...operatorOf(settings), ...open, namespaces: 'kept' } as const;
  return await validate(manifestsOf(settings), {
    only,
    controllerClass,
    home,
    logins: allowedLoginsOf(settings),
    ...reading,
    ...stoppable,
  });
}

/** What is written for placeholders, and which namespace a context will give, is as open here. */
export async function runUpgrade(settings: Settings, stoppable: Stoppable = {}): Promise<UpgradeReport> {
  const open = { placeholders: 'kept', namespaces: 'kept' } as const;
  const reading = { ...readingOf(settings), ...operatorOf(settings), ...open };
  return await upgrade(await manifestTexts(settings.filename), { ...reading, ...stoppable });
}

function operatorOf({ forOperator = '' }: Settings): Pick<Reading, 'operator'> {
  const operator = operatorRelease(forOperator);
  return operator === undefined ? {} : { operator };
}
