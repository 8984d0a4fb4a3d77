/** Rules between the settings that say where the intents are: in files, in the cluster, or in plain inputs. */
import { say, setting, type Message } from '../model/message.ts';
import { plainInputProblems } from '../deploy/plain-inputs.ts';
import type { Problem } from '../model/problem.ts';
import type { CommandName } from '../model/command-names.ts';
import { settingProblem } from './setting-problem.ts';
import type { Value } from './setting.ts';
import { settingsOf } from './table.ts';
import type { SettingName } from '../model/setting-names.ts';

/** Where the intents are decides whether files must be given or may not be. */
export function homeProblems(command: CommandName, values: Readonly<Record<string, Value>>): readonly Problem[] {
  if (!('filename' in values)) return [];
  if (command === 'template' && values['values'] === undefined)
    return [settingProblem('values', 'is missing', 'Give a file of values to render with.')];
  const files = (values['filename'] as readonly string[] | undefined) ?? [];
  const isPlain = PLAIN_INPUTS.some((name) => values[name] !== undefined && values[name] !== false);
  const home = values['home'] ?? 'files';
  if (home !== 'files' && values['planLevel'] === 'offline') {
    const fix = say`Give the manifests with ${setting('filename')}: offline there is no cluster to read them from.`;
    return [settingProblem('plan-level', say`offline cannot go with ${setting('home')} ${String(home)}`, fix)];
  }
  const withHome = (name: SettingName, fix: Message): Problem =>
    settingProblem(name, say`cannot go with ${setting('home')} ${String(home)}`, fix);
  if (home !== 'files' && !isDeploying(command)) {
    return [
      ...(files.length === 0 ? [] : [withHome('filename', 'Leave one of the two out.')]),
      ...(values['directory'] === undefined ? [] : [withHome('directory', 'A folder holds none.')]),
    ];
  }
  if (!isPlain) return files.length > 0 ? [] : [missingFiles(command)];
  if (files.length > 0) {
    return [
      settingProblem(
        'filename',
        say`cannot go with ${setting('vault-url')}`,
        'Write it into the manifests, or leave them out.',
      ),
    ];
  }
  return plainInputProblems({
    vaultUrl: values['vaultUrl'] as string | undefined,
    namespace: values['namespace'] as string | undefined,
    target: values['target'] as string | undefined,
    find: values['find'] as string | undefined,
    all: values['all'] === true,
  });
}

const PLAIN_INPUTS = ['vaultUrl', 'serviceAccount', 'find', 'all', 'target'];

/** What it deploys, or looks at, comes from files, or plain inputs, wherever it is put. */
function isDeploying(command: CommandName): boolean {
  return command === 'deploy' || command === 'render' || command === 'validate';
}

/** Of the values that could be read. */
export function valuesProblems({ values, valuesEverywhere }: Readonly<Record<string, Value>>): readonly Problem[] {
  if (valuesEverywhere !== true || values !== undefined) return [];
  return [settingProblem('values-everywhere', say`needs ${setting('values')}`, 'Give the values, or leave it out.')];
}

function missingFiles(command: CommandName): Problem {
  const isPlain = settingsOf(command).some(({ name }) => name === 'vault-url');
  const fix = isPlain
    ? say`Give it at least once, or ${setting('vault-url')} with ${setting('find')} or ${setting('all')}.`
    : 'Give it at least once.';
  return settingProblem('filename', 'is missing', fix);
}
