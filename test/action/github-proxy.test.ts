import { describe, expect, it } from '@jest/globals';
import { globalAgent, type RequestOptions } from 'node:https';
import { throughProxies } from '../../src/action/github-proxy.ts';
import { TunnelAgent } from '../../src/adapters/azure/tunnel.ts';

describe('the way to GitHub', () => {
  const wayTo = (host: string, environment: Record<string, string>) => {
    const options: RequestOptions = { host, port: 443 };
    throughProxies(environment).prepareRequest(options);
    const { agent } = options;
    if (agent instanceof TunnelAgent) return agent.description;
    return agent === globalAgent ? 'direct' : 'unknown';
  };

  it.each([
    [{}, 'direct'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128' }, 'proxy.example:3128'],
    [{ HTTPS_PROXY: 'proxy.example:3128' }, 'proxy.example:3128'],
    [{ HTTPS_PROXY: 'http://me:not-real@proxy.example:3128' }, 'proxy.example:3128'],
    [{ HTTP_PROXY: 'http://proxy.example:3128' }, 'direct'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'github.example' }, 'direct'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '*.github.example:443' }, 'direct'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '*' }, 'direct'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'hub.example' }, 'proxy.example:3128'],
  ])('with %j is %s', (environment, way) => {
    expect(wayTo('api.github.example', environment)).toBe(way);
  });

  it('is refused where the variable holds no address', () => {
    expect(() => throughProxies({ HTTPS_PROXY: 'ftp://proxy.example' })).toThrow('HTTPS_PROXY');
  });
});
