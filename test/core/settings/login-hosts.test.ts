import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../../src/core/model/problem.ts';
import { parseSettings } from '../../../src/core/settings/parse.ts';

describe('--login-hosts', () => {
  it('is read into the one form that addresses have', () => {
    const { settings } = parseSettings(
      'sync',
      { filename: ['a.yaml'] },
      { KEYFERRY_LOGIN_HOSTS: 'ADFS.stack.example:443,b:8443' },
    );
    expect(settings?.loginHosts).toEqual(['adfs.stack.example', 'b:8443']);
  });

  it.each([
    ['https://login.stack.example', '"https://login.stack.example"'],
    ['*.stack.example', '"*.stack.example"'],
    ['user:word@login.stack.example', '"…"'],
  ])('takes no pattern and no address: %s', (text, shown) => {
    const { problems } = parseSettings('plan', { filename: ['a.yaml'], 'login-hosts': [text] }, {});
    expect(problems.map(problemText)).toEqual([
      `--login-hosts ${shown} is no host. Write a host alone, as login.example.com or login.example.com:8443: no scheme, no path, no pattern.`,
    ]);
  });
});

describe('--registry-hosts', () => {
  it('is read in the same way', () => {
    const flags = { filename: ['a.yaml'], 'registry-hosts': ['Registry.contoso.example:443', 'https://r.example'] };
    const { problems } = parseSettings('sync', flags, {});
    expect(problems.map(problemText)).toEqual([
      '--registry-hosts "https://r.example" is no host. Write a host alone, as registry.example.com or registry.example.com:8443: no scheme, no path, no pattern.',
    ]);
    const { settings } = parseSettings('sync', { ...flags, 'registry-hosts': ['Registry.contoso.example:443'] }, {});
    expect(settings?.registryHosts).toEqual(['registry.contoso.example']);
  });
});
