import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startLoopbackAzure, type LoopbackAzure } from '../servers/index.ts';
import { askVault } from './client.ts';

let azure: LoopbackAzure;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());
beforeEach(() => {
  azure.vaults.faults.clear();
  azure.vaults.clearLog();
  azure.vaults.edit({ 'kv-main': { secrets: { db: null, a: null, b: null } } });
  azure.vaults.edit({
    'kv-main': { secrets: { db: [{ value: 'x' }], a: [{ value: '1' }], b: [{ value: '2' }] }, pageSize: 2 },
    'kv-other': {},
  });
});

const HOUR_MS = 3_600_000;

async function waitFor(isThere: () => boolean): Promise<void> {
  while (!isThere()) await new Promise((done) => setImmediate(done));
}

const versions = (): number => azure.vaults.snapshot('kv-main').secrets['db']?.length ?? 0;
const put = () => askVault(azure, '/secrets/db', { method: 'PUT', body: { value: 'y' } });

describe('faults', () => {
  it('answer in the words of the case, as often as it says, with Retry-After', async () => {
    azure.vaults.inject({
      match: '^GET /secrets/db',
      status: 429,
      code: 'Throttled',
      times: 1,
      message: 'told to fail',
      retryAfter: 1,
    });
    const first = await askVault(azure, '/secrets/db');
    expect(first.status).toBe(429);
    expect(first.headers['retry-after']).toBe('1');
    expect(first.body).toEqual({ error: { code: 'Throttled', message: 'told to fail' } });
    expect((await askVault(azure, '/secrets/db')).status).toBe(200);
    expect(azure.vaults.log.map(({ line, status, faulty }) => ({ line, status, faulty }))).toEqual([
      { line: 'GET /secrets/db/', status: 429, faulty: true },
      { line: 'GET /secrets/db/', status: 200, faulty: false },
    ]);
  });

  it('have inner codes', async () => {
    azure.vaults.inject({
      match: '.',
      status: 403,
      code: 'Forbidden',
      innerCode: 'ForbiddenByFirewall',
      message: 'no',
    });
    expect((await askVault(azure, '/secrets')).body).toEqual({
      error: { code: 'Forbidden', message: 'no', innererror: { code: 'ForbiddenByFirewall' } },
    });
  });

  it('hit one page of a list, one vault, or requests after the first', async () => {
    azure.vaults.inject({ match: 'skiptoken=2', status: 500, times: 1 });
    azure.vaults.inject({ match: '^GET /secrets/?$', status: 501, vault: 'kv-other', times: 1 });
    azure.vaults.inject({ match: '^GET /secrets/a', status: 502, after: 1, times: 1 });
    const statuses = [];
    for (const path of ['/secrets', '/secrets?$skiptoken=2', '/secrets/a', '/secrets/a', '/secrets/a']) {
      statuses.push((await askVault(azure, path)).status);
    }
    statuses.push((await askVault(azure, '/secrets', { host: 'kv-other.vault.azure.net' })).status);
    expect(statuses).toEqual([200, 500, 200, 502, 200, 501]);
  });

  it('do not hit requests without a token', async () => {
    azure.vaults.inject({ match: '.', status: 500, times: 1 });
    expect((await askVault(azure, '/secrets', { token: null })).status).toBe(401);
    expect((await askVault(azure, '/secrets')).status).toBe(500);
  });

  it('cut the connection before the write took effect', async () => {
    azure.vaults.inject({ match: '^PUT', reset: 'before', times: 1 });
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(versions()).toBe(1);
  });

  it('cut the connection after the write took effect', async () => {
    azure.vaults.inject({ match: '^PUT', reset: 'after', times: 1 });
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(versions()).toBe(2);
  });

  it.each([{ latencyMs: 1 }, { slowBodyMs: 1 }])('give the whole answer after a delay: %j', async (delay) => {
    azure.vaults.inject({ match: '.', times: 1, ...delay });
    expect((await askVault(azure, '/secrets/db')).body).toMatchObject({ value: 'x' });
  });

  it.each([{ latencyMs: HOUR_MS }, { slowBodyMs: HOUR_MS }])(
    'hold back one answer, and no other: %j',
    async (delay) => {
      azure.vaults.inject({ match: '^GET /secrets/db', times: 1, ...delay });
      let answered = false;
      const mark = () => (answered = true);
      // It fails when the server closes, at the end of the file.
      void askVault(azure, '/secrets/db').then(mark, () => undefined);
      await waitFor(() => azure.vaults.log.some(({ faulty }) => faulty));
      for (const path of ['/secrets/a', '/secrets/b', '/secrets/db']) {
        expect((await askVault(azure, path)).status).toBe(200);
      }
      expect(answered).toBe(false);
    },
  );

  it('cut the body short', async () => {
    azure.vaults.inject({ match: '.', times: 1, truncateBody: true });
    await expect(askVault(azure, '/secrets/db')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('answer with the page of a proxy', async () => {
    azure.vaults.inject({ match: '.', times: 1, html: true });
    const seen = await askVault(azure, '/secrets/db');
    expect(seen.status).toBe(502);
    expect(seen.headers['content-type']).toBe('text/html');
    expect(seen.body).toMatch(/^<!DOCTYPE html>/);
  });

  it('answer with a body that is no JSON', async () => {
    azure.vaults.inject({ match: '.', times: 1, garbage: true });
    const seen = await askVault(azure, '/secrets/db');
    expect(seen.status).toBe(200);
    expect(seen.body).toBe('{"value": "cut');
  });

  it('send the next page to a foreign host', async () => {
    azure.vaults.inject({ match: '^GET /secrets$', times: 1, nextLinkHost: 'evil.example.com' });
    expect((await askVault(azure, '/secrets')).body).toMatchObject({
      nextLink: 'https://evil.example.com:443/secrets?api-version=2025-07-01&$skiptoken=2&maxresults=25',
    });
  });

  it('demand a new token by a claims challenge', async () => {
    azure.vaults.inject({ match: '.', times: 1, claims: 'eyJhIjoxfQ==' });
    const seen = await askVault(azure, '/secrets/db');
    expect(seen.status).toBe(401);
    expect(seen.headers['www-authenticate']).toBe(
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="eyJhIjoxfQ=="',
    );
  });
});
