/** The README's first command, as a stranger runs it. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');

describe('npm run demo', () => {
  let output: string;

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/demo.ts'], { cwd: ROOT });
    output = stdout;
  }, 60_000);

  it.each([
    ['plans by key name', '+ create  shop/my-k8s-secret  db-password'],
    [
      'syncs with one token request',
      '3 created, 0 updated, 0 deleted, 0 unchanged.\nexit code 0, 5 requests to the vault, 1 token request',
    ],
    ['shows the Secrets without values', '    database-password    ********'],
    ['has nothing to do the second time', '0 created, 0 updated, 0 deleted, 3 unchanged.'],
    ['updates the one key that changed', '~ update  shop/my-k8s-secret  ~db-password'],
    ['explains a wrong name', '"database-pasword" does not exist in vault kv-shop. Check the name;'],
    ['plans a push the other way', '> set     kv-shop secret/reporting-db-password  password  shop/reporting-db'],
    ['explains a denied identity', 'Give it "Key Vault Secrets User" on that vault: az role assignment create'],
  ])('%s', (_what, text) => {
    expect(output).toContain(text);
  });

  it('prints no value', () => {
    for (const value of [
      'correct-horse-battery-staple',
      'a-new-horse-a-new-battery',
      '7f0c1d4ab2',
      'sk_demo_51HvNq',
      'made-by-the-database',
    ]) {
      expect(output).not.toContain(value);
    }
  });
});
