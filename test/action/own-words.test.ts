/** What a step says of commands: never as a command line, which nobody can give there. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inWordsOfTheAction } from '../../src/action/input-table.ts';
import { COMMANDS } from '../../src/core/settings/command-names.ts';

const SOURCES = resolve(import.meta.dirname, '../../src');
const COMMAND_LINE = new RegExp(String.raw`\bkeyferry (?:${COMMANDS.join('|')})\b`, 'u');

/** Texts of the sources that speak of our own command line. */
function texts(): readonly string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('cli') && !file.endsWith('help.ts'))
    .flatMap((file) => readFileSync(join(SOURCES, file), 'utf8').split('\n'))
    .filter((line) => COMMAND_LINE.test(line) && !/^\s*(?:\*|\/\/|\/\*\*)/u.test(line));
}

describe('inWordsOfTheAction', () => {
  it.each([
    ['Wait, or start it with keyferry status --refresh.', 'Wait, or start it with command: status with refresh: true.'],
    ['Deploy it with keyferry deploy -f MANIFESTS.', 'Deploy it with command: deploy with manifests.'],
    ['or look with keyferry status.', 'or look with command: status.'],
    [
      'apply what keyferry render makes: az aks command invoke --command "x". Or --force.',
      'apply what command: render makes: az aks command invoke --command "x". Or the input force.',
    ],
    ['CronJob shop/keyferry: status unknown', 'CronJob shop/keyferry: status unknown'],
    ['kubectl logs keyferry status --previous', 'kubectl logs keyferry status --previous'],
  ])('says a command as the input command: %s', (text, own) => {
    expect(inWordsOfTheAction(text)).toBe(own);
  });

  it('leaves no command line in any message', () => {
    expect(texts().length).toBeGreaterThan(4);
    expect(
      texts()
        .map(inWordsOfTheAction)
        .filter((line) => COMMAND_LINE.test(line)),
    ).toEqual([]);
  });
});
