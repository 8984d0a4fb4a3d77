import { describe, expect, it } from '@jest/globals';
import {
  command,
  ComposedMessage,
  inWordsOf,
  joined,
  messageText,
  partsOf,
  say,
  setting,
  withTexts,
} from '../../../src/core/model/message.ts';
import { SETTING_NAMES } from '../../../src/core/model/setting-names.ts';
import { SETTINGS } from '../../../src/core/settings/table.ts';

const inOtherWords = inWordsOf(
  ({ setting: name }) => `<${name}>`,
  ({ command: name }) => `<${name}>`,
);
const STATUS = command('status', { setting: 'refresh' });
const DEPLOY = command('deploy', { setting: 'filename', short: 'f', placeholder: 'MANIFESTS' });
const RESUME = command('resume', { setting: 'installation', value: 'shop' });

describe('a message', () => {
  it.each([
    [say`run again with ${setting('force')} if this is meant`, 'run again with --force if this is meant'],
    [say`${setting('prune')} cannot go with ${setting('only')}`, '--prune cannot go with --only'],
    [say`${setting('max-deletes')}: ${3}`, '--max-deletes: 3'],
    [say`Look with ${STATUS}.`, 'Look with keyferry status --refresh.'],
    [say`Again: ${DEPLOY}.`, 'Again: keyferry deploy -f MANIFESTS.'],
    [say`To go on: ${RESUME}.`, 'To go on: keyferry resume --installation shop.'],
    ['It is missing.', 'It is missing.'],
  ])('names settings and commands as the command line does: %j', (message, text) => {
    expect(messageText(message)).toBe(text);
  });

  it('is said in the words of whoever shows it', () => {
    expect(inOtherWords(say`Give ${setting('force')}, or look with ${STATUS}.`)).toBe(
      'Give <force>, or look with <status>.',
    );
  });

  it.each(['--force', 'deploy --prune now', 'keyferry status --refresh', '{"setting":"force"}', '<force>'])(
    'leaves a name alone that is called %s',
    (name) => {
      expect(inOtherWords(say`the file ${name} is taken only with ${setting('force')}`)).toBe(
        `the file ${name} is taken only with <force>`,
      );
    },
  );

  it('takes what is put into it with its parts', () => {
    const fix = say`Give ${setting('force')}.`;
    expect(partsOf(say`It failed. ${fix} ${'Or not.'}`)).toEqual([
      'It failed. Give ',
      { setting: 'force' },
      '. Or not.',
    ]);
  });

  it('is a plain text where there is nothing else in it', () => {
    expect([say`a ${'b'} ${1}`, say``, joined(['a', '', 'b'], '-')]).toEqual(['a b 1', '', 'a--b']);
  });

  it('keeps its parts when messages are joined, and when its texts change', () => {
    const message = joined([say`a ${setting('all')}`, 'b', setting('find')], ', ');
    expect(withTexts(message, (text) => text.toUpperCase())).toEqual(say`A ${setting('all')}, B, ${setting('find')}`);
  });

  it('is JSON as the command line says it, where nobody says it otherwise', () => {
    expect(JSON.stringify({ fix: say`Give ${setting('force')}.` })).toBe('{"fix":"Give --force."}');
    expect(say`Give ${setting('force')}.`).toBeInstanceOf(ComposedMessage);
  });
});

describe('the names of settings', () => {
  it('are those of the table, in its order', () => {
    expect(SETTINGS.map(({ name }) => name)).toEqual(SETTING_NAMES);
  });
});
