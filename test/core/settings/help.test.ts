import { describe, expect, it } from '@jest/globals';
import { readArguments } from '../../../src/cli/arguments.ts';
import { COMMANDS } from '../../../src/core/model/command-names.ts';
import { COMMAND_HELP } from '../../../src/core/settings/command-help.ts';
import { SETTING_GROUPS } from '../../../src/core/settings/groups.ts';
import { commandHelp, generalHelp } from '../../../src/core/settings/help.ts';
import { SETTINGS, settingsOf } from '../../../src/core/settings/table.ts';

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

describe('help texts', () => {
  it('name every option in exactly one group', () => {
    const names = SETTING_GROUPS.flatMap((group) => group.names);
    expect(names.toSorted()).toEqual(SETTINGS.map(({ name }) => name).toSorted());
  });

  it.each(COMMANDS.flatMap((command) => [80, 100, 132].map((width) => [command, width] as const)))(
    'of %s fit %i columns',
    (command, width) => {
      expect(widest(commandHelp(command, { width, form: 'long' }))).toBeLessThanOrEqual(width);
      expect(widest(commandHelp(command, { width, form: 'short' }))).toBeLessThanOrEqual(width);
      expect(widest(generalHelp('0.1.0', width))).toBeLessThanOrEqual(width);
    },
  );

  it.each(COMMANDS)('of %s show every option, and in their short form one line or two for each', (command) => {
    const long = commandHelp(command, { width: 100, form: 'long' });
    const short = commandHelp(command, { width: 100, form: 'short' });
    for (const { name } of settingsOf(command)) {
      expect(long).toMatch(new RegExp(`--${name}( |$)`, 'mu'));
      expect(short).toMatch(new RegExp(`--${name}( |$)`, 'mu'));
    }
    expect(short.split('\n').length).toBeLessThan(long.split('\n').length);
  });

  it.each(COMMANDS.flatMap((command) => COMMAND_HELP[command].examples.map((line) => [line, command] as const)))(
    'show examples that are taken: %s',
    (line, command) => {
      const [own = ''] = line.replace(/^.*\| (?=keyferry)/u, '').split(/ [|>] /u);
      const read = readArguments(own.split(' ').slice(1));
      if (read.kind !== 'run') throw new Error(`${own} is read as ${read.kind}`);
      const taken: readonly string[] = settingsOf(command).map(({ name }) => name);
      expect({
        command: read.command,
        foreign: Object.keys(read.flags).filter((name) => !taken.includes(name)),
      }).toEqual({
        command,
        foreign: [],
      });
    },
  );
});
