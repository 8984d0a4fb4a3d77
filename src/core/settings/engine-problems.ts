/** What cannot go together with `--engine`, told with the nearest right thing. */
import type { Problem } from '../model/problem.ts';
import { settingProblem } from './setting-problem.ts';
import { differsFromDefault, propertyOf } from './setting.ts';
import { settingsOf } from './table.ts';

export type EngineName = 'cronjob' | 'runner' | 'eso';

/** The engine runner is a `sync`: what only `render` takes describes objects that it never makes. */
const OF_OBJECTS = settingsOf('render').filter((setting) => !setting.commands.includes('sync'));

/** Of the settings that `deploy` takes, by their property; none for other commands, which have no engine. */
export function engineProblems(values: Readonly<Record<string, unknown>>): readonly Problem[] {
  switch (values['engine'] as EngineName | undefined) {
    case undefined:
    case 'cronjob':
      return [];
    case 'runner':
      return OF_OBJECTS.filter((setting) => differsFromDefault(setting, values[propertyOf(setting)])).map(makesNone);
    case 'eso':
      return [notBuilt()];
  }
}

/** What gives the same where nothing is installed. */
const INSTEAD: Readonly<Record<string, string>> = {
  'service-account': 'Leave it out: the vault is read with --azure-client-id.',
  'cluster-rights':
    'Leave it out: this run has the rights of whoever logs in to the cluster. Or take --engine cronjob.',
};

function makesNone({ name }: { readonly name: string }): Problem {
  return settingProblem(
    name,
    'cannot go with --engine runner, which makes nothing in the cluster but Secrets',
    INSTEAD[name] ?? 'Leave it out, or take --engine cronjob.',
  );
}

function notBuilt(): Problem {
  return settingProblem(
    'engine',
    'eso is not built yet',
    'Take --engine cronjob, or --engine runner, which installs nothing.',
  );
}
