import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectProxy } from '../servers/index.ts';
import { listenHttp, type Listener } from '../servers/listener.ts';
import { askHttp } from './client.ts';

let upstream: Listener;
let proxy: ConnectProxy;

beforeEach(async () => {
  upstream = await listenHttp(async () => ({ answer: { status: 200, body: 'here' } }));
  proxy = await ConnectProxy.start((host) => (host === 'known.example.com' ? upstream.port : undefined));
});
afterEach(async () => {
  await proxy.close();
  await upstream.close();
});

/** The status of the CONNECT, or how it failed. */
function connect(target: string): Promise<number | string> {
  return new Promise((resolve) => {
    const request = http.request(proxy.url, { method: 'CONNECT', path: target, agent: false, timeout: 100 });
    request.on('connect', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode!);
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', (error) => resolve(error.message));
    request.end();
  });
}

describe('the proxy', () => {
  it('connects to known hosts on port 443 only, and writes down all it was asked', async () => {
    const targets = ['known.example.com:443', 'KNOWN.example.com:443', 'known.example.com:80', 'other.example.com:443'];
    const answers = [];
    for (const target of targets) answers.push(await connect(target));
    expect(answers).toEqual([200, 200, 502, 502]);
    expect(proxy.connects.map(({ outcome }) => outcome)).toEqual(['connected', 'connected', 'refused', 'refused']);
  });

  it('refuses hosts that are made unreachable', async () => {
    proxy.unreachable.add('known.example.com');
    expect(await connect('known.example.com:443')).toBe(502);
  });

  it('says nothing for hosts that are made silent', async () => {
    proxy.silent.add('known.example.com');
    expect(await connect('known.example.com:443')).toBe('no answer');
    expect(proxy.connects).toEqual([{ host: 'known.example.com', port: 443, outcome: 'ignored' }]);
  });

  it('refuses requests without a tunnel', async () => {
    expect((await askHttp(`${proxy.url}/secrets`)).status).toBe(502);
  });
});
