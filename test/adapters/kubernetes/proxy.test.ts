import { describe, expect, it } from '@jest/globals';
import { proxyFor } from '../../../src/adapters/kubernetes/proxy.ts';

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
});
