import { describe, expect, it } from '@jest/globals';
import { loginHostIn, mayBeAudience, mayLogInAt } from '../../../src/core/model/login-hosts.ts';

const logins = { hosts: ['login.stack.example', 'login.stack.example:8443'], audiences: ['api://ours'] };

describe('mayLogInAt', () => {
  it.each([
    'https://login.microsoftonline.com/',
    'https://login.microsoftonline.us/tenant/v2.0',
    'https://login.chinacloudapi.cn/',
    'https://login.partner.microsoftonline.cn/',
    'https://login.microsoftonline.de/',
    'https://LOGIN.Stack.example/',
    'https://login.stack.example:443/adfs',
    'https://login.stack.example:8443/',
  ])('lets a proof of identity go to %s', (address) => {
    expect(mayLogInAt(new URL(address), logins)).toBe(true);
  });

  it.each([
    ['another host', 'https://login.evil.example.com/'],
    ['plain http', 'http://login.microsoftonline.com/'],
    ['a host below', 'https://westeurope.login.microsoftonline.com/'],
    ['a host that begins so', 'https://login.microsoftonline.com.evil.example/'],
    ['a host that ends so', 'https://evil-login.microsoftonline.com/'],
    ['another port', 'https://login.stack.example:9443/'],
    ['a dot at the end', 'https://login.microsoftonline.com./'],
    ['a known name as user', 'https://login.microsoftonline.com@evil.example/'],
    ['a user', 'https://user@login.microsoftonline.com/'],
    ['a known name as path', 'https://evil.example/login.microsoftonline.com'],
    ['letters of another alphabet', 'https://login.m\u0456crosoftonline.com/'],
    ['an address by number', 'https://0x7f000001/'],
  ])('lets none go to %s', (_case, address) => {
    expect(mayLogInAt(new URL(address), logins)).toBe(false);
  });
});

describe('mayBeAudience', () => {
  it.each([
    ['api://AzureADTokenExchange', true],
    ['api://AzureADTokenExchangeUSGov', true],
    ['api://AzureADTokenExchangeChina', true],
    ['api://AzureADTokenExchangeUSNat', true],
    ['api://AzureADTokenExchangeUSSec', true],
    ['api://ours', true],
    ['api://azureadtokenexchange', false],
    ['api://AzureADTokenExchangeEvil', false],
    ['https://kubernetes.default.svc.cluster.local', false],
    ['', false],
  ])('judges "%s" as %s', (audience, expected) => {
    expect(mayBeAudience(audience, logins)).toBe(expected);
  });
});

describe('loginHostIn', () => {
  it.each([
    ['Login.Stack.example', 'login.stack.example'],
    ['login.stack.example:443', 'login.stack.example'],
    ['login.stack.example:8443', 'login.stack.example:8443'],
    ['10.0.0.1', '10.0.0.1'],
    ['[::1]:8443', '[::1]:8443'],
  ])('reads %s as %s', (text, host) => {
    expect(loginHostIn(text)).toBe(host);
  });

  it.each(['', '*', '*.stack.example', 'https://login.stack.example', 'login.stack.example/adfs', 'a b', 'u@h', 'h:x'])(
    'finds no host in "%s"',
    (text) => {
      expect(loginHostIn(text)).toBeUndefined();
    },
  );
});
