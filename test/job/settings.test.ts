import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJobSettings } from '../../job/settings.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { temporaryFolder } from '../contract/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

describe('whom a pod trusts', () => {
  it('is said by its pod spec', async () => {
    const { settings } = await readJobSettings({
      KEYFERRY_FILENAME: 'a.yaml',
      KEYFERRY_LOGIN_HOSTS: 'login.stack.example',
      KEYFERRY_TOKEN_AUDIENCES: 'api://ours',
    });
    expect([settings?.loginHosts, settings?.tokenAudiences]).toEqual([['login.stack.example'], ['api://ours']]);
  });

  it.each(['login-hosts', 'registry-hosts', 'token-audiences', 'token-audience'])(
    'is not said by a ConfigMap: %s',
    async (name) => {
      await writeFile(join(folder.path, name), 'login.evil.example.com');
      const read = await readJobSettings({ KEYFERRY_FILENAME: 'a.yaml', KEYFERRY_CONFIG_DIR: folder.path });
      const variable = `KEYFERRY_${name.toUpperCase().replace('-', '_')}`;
      expect([read.settings, read.problems.map(problemText)]).toEqual([
        undefined,
        [
          `file ${join(folder.path, name)} would say whom this pod trusts, which its pod spec alone may say. Set the variable ${variable} of the container instead.`,
        ],
      ]);
    },
  );
});

describe('a file of KEYFERRY_CONFIG_DIR', () => {
  it('is not read beyond what a ConfigMap may hold', async () => {
    await writeFile(join(folder.path, 'max-deletes'), '1'.repeat(1024 * 1024 + 1));
    const read = await readJobSettings({ KEYFERRY_FILENAME: 'a.yaml', KEYFERRY_CONFIG_DIR: folder.path });
    expect([read.settings, read.problems.map(problemText)]).toEqual([
      undefined,
      [
        `KEYFERRY_CONFIG_DIR ${folder.path} cannot be read (EFBIG). Mount the ConfigMap there, or leave the variable out.`,
      ],
    ]);
  });
});

describe('a pod in which Node prints what it sends', () => {
  it('does nothing', async () => {
    const read = await readJobSettings({ KEYFERRY_FILENAME: 'a.yaml', NODE_DEBUG: 'http' });
    expect([read.settings, read.problems.map(problemText)]).toEqual([
      undefined,
      [
        'the variable NODE_DEBUG is set, with which Node may print tokens into this log, or what decrypts them. Nothing was asked. Take it away; --log-level debug tells what a run does.',
      ],
    ]);
  });
});
