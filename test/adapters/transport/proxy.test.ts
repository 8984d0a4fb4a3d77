import { describe, expect, it } from '@jest/globals';
import { proxyFor } from '../../../src/adapters/transport/proxy.ts';

const PROXY = 'http://proxy.example:3128';

describe('proxyFor', () => {
  it.each([
    ['https://api.example.com', '', PROXY],
    ['https://api.example.com', 'example.com', undefined],
    ['https://api.example.com', '.example.com', undefined],
    ['https://api.example.com', '*.example.com', undefined],
    ['https://API.example.com', 'api.EXAMPLE.com', undefined],
    ['https://myexample.com', 'example.com', PROXY],
    ['https://api.example.com', 'localhost, api.example.com', undefined],
    ['https://api.example.com:6443', 'api.example.com:6443', undefined],
    ['https://api.example.com:6443', 'api.example.com:443', PROXY],
    ['https://api.example.com', 'api.example.com:443', undefined],
    ['https://api.example.com', '*', undefined],
    ['https://10.1.2.3:6443', '10.0.0.0/8', undefined],
    ['https://11.1.2.3', '10.0.0.0/8', PROXY],
    ['https://10.1.2.3', '10.1.2.3', undefined],
    ['https://10.1.2.3', '2.3', PROXY],
    ['https://[fd00::1]:443', 'fd00::/8', undefined],
    ['https://10.1.2.3', '10.0.0.0/99', PROXY],
    ['https://api.example.com', '10.0.0.0/8', PROXY],
  ])('for %s with NO_PROXY=%s', (server, no, expected) => {
    expect(proxyFor(new URL(server), { HTTPS_PROXY: PROXY, NO_PROXY: no })).toBe(expected);
  });

  it('takes small letters first and adds the scheme that is left out', () => {
    const variables = { https_proxy: 'small.example:1', HTTPS_PROXY: PROXY, no_proxy: '', NO_PROXY: '*' };
    expect(proxyFor(new URL('https://api.example.com'), variables)).toBe('http://small.example:1');
  });

  it('is none without HTTPS_PROXY', () => {
    expect(proxyFor(new URL('https://api.example.com'), {})).toBeUndefined();
  });

  it.each([
    ['https://127.0.0.1:6443', undefined],
    ['https://localhost', undefined],
    ['https://api.localhost', undefined],
    ['https://[::1]:6443', undefined],
    ['https://[fe80::1]', undefined],
    ['http://169.254.169.254/metadata', undefined],
    ['https://128.0.0.1', PROXY],
    ['https://localhost.example.com', PROXY],
    ['http://runner.example', 'http://plain.example:8080'],
  ])('reaches this machine without one: %s', (server, expected) => {
    const variables = { HTTPS_PROXY: PROXY, HTTP_PROXY: 'plain.example:8080' };
    expect(proxyFor(new URL(server), variables)).toBe(expected);
  });

  it.each([
    ['https://api.example.com:8443', 'https://api.example.com:8443', undefined],
    ['http://api.example.com', 'api.example.com:80', undefined],
    ['http://api.example.com', 'api.example.com:443', 'http://plain.example:8080'],
    ['https://api.example.com.', 'example.com', undefined],
    ['https://api.example.com', '.', PROXY],
  ])('takes %s for covered by %s', (server, no, expected) => {
    const variables = { HTTPS_PROXY: PROXY, HTTP_PROXY: 'http://plain.example:8080', NO_PROXY: no };
    expect(proxyFor(new URL(server), variables)).toBe(expected);
  });

  it('does not send https through HTTP_PROXY, nor http through HTTPS_PROXY', () => {
    expect(proxyFor(new URL('https://api.example.com'), { HTTP_PROXY: PROXY })).toBeUndefined();
    expect(proxyFor(new URL('http://api.example.com'), { HTTPS_PROXY: PROXY })).toBeUndefined();
  });

  it('names the variable that holds no address, and does not show it', () => {
    const of = (variables: Readonly<Record<string, string>>) => () => proxyFor(new URL('https://a.b'), variables);
    expect(of({ HTTPS_PROXY: 'socks5://u:hunter2@h' })).toThrow(
      /^the variable HTTPS_PROXY holds no address of a proxy; its text may hold a password and is not shown\. (?!.*hunter2)/,
    );
  });
});
