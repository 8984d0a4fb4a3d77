/** What cannot go together with `--engine`, told with the nearest right thing. */
import { say, setting, type Message } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import { settingProblem } from './setting-problem.ts';
import { differsFromDefault, propertyOf, type Setting } from './setting.ts';
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
const INSTEAD: Readonly<Record<string, Message>> = {
  'service-account': say`Leave it out: the vault is read with ${setting('azure-client-id')}.`,
  'cluster-rights': say`Leave it out: this run has the rights of whoever logs in to the cluster. Or take ${setting('engine')} cronjob.`,
};

function makesNone({ name }: Pick<Setting, 'name'>): Problem {
  return settingProblem(
    name,
    say`cannot go with ${setting('engine')} runner, which makes nothing in the cluster but Secrets`,
    INSTEAD[name] ?? say`Leave it out, or take ${setting('engine')} cronjob.`,
  );
}

function notBuilt(): Problem {
  return settingProblem(
    'engine',
    'eso is not built yet',
    say`Take ${setting('engine')} cronjob, or ${setting('engine')} runner, which installs nothing.`,
  );
}
