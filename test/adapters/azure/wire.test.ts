import { describe, expect, it } from '@jest/globals';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { deferred } from '../../../src/adapters/transport/deferred.ts';
import { wireWords } from '../../../src/adapters/azure/wire-words.ts';
import { createFirstAlone } from '../../../src/adapters/azure/vault-pipeline.ts';
import { createWire, judgeWireFailure, WireFailure } from '../../../src/adapters/azure/wire.ts';

describe('createWire', () => {
  it('ends a request that never answers, and leaves no timer behind', async () => {
    const http = { sendRequest: () => new Promise<never>(() => undefined) };
    const request = createPipelineRequest({ url: 'https://kv.vault.azure.net' });
    await expect(createWire({ http, timeoutMs: 20, environment: {} }).sendRequest(request)).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    });
    expect(request.timeout).toBe(0);
  });

  it('throws a code and nothing of the original error', async () => {
    const original = Object.assign(new Error('token ey123'), { code: 'EPIPE' });
    const http = { sendRequest: () => Promise.reject(original) };
    const request = createPipelineRequest({ url: 'https://kv.vault.azure.net' });
    const failure = await createWire({ http, timeoutMs: 1_000, environment: {} })
      .sendRequest(request)
      .catch((error: unknown) => error);
    expect(failure).toEqual(new WireFailure('EPIPE'));
    expect((failure as Error).cause).toBeUndefined();
  });
});

describe('judgeWireFailure', () => {
  it.each(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ETIMEDOUT'])('repeats %s', (code) => {
    expect(judgeWireFailure(new WireFailure(code))).toEqual({ reason: `did not answer (${code})` });
  });

  it.each(['ENOTFOUND', 'CERT_HAS_EXPIRED', 'ECONNREFUSED'])('does not repeat %s', (code) => {
    expect(judgeWireFailure(new WireFailure(code))).toBeUndefined();
  });
});

describe('wireWords', () => {
  const words = (code: string) => wireWords(new WireFailure(code), 'vault kv', 'kv.vault.azure.net');

  it('says that a vault is unknown or private', () => {
    expect(words('ENOTFOUND')).toMatchObject({
      kind: 'Unavailable',
      what: 'vault kv is not known: there is no host kv.vault.azure.net (ENOTFOUND)',
      fix: 'Check vaultUrl; a deleted vault loses its name, and a vault with private DNS is only found from inside its network.',
    });
  });

  it.each([
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'CERT_HAS_EXPIRED',
  ])('names NODE_EXTRA_CA_CERTS for %s, and no way to switch the check off', (code) => {
    expect(words(code).what).toBe(`vault kv showed a certificate that is not trusted (${code})`);
    expect(words(code).fix).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('names the proxy variables for other failures', () => {
    expect(words('ECONNREFUSED').fix).toBe(
      'Check that this machine may connect to kv.vault.azure.net:443, and HTTPS_PROXY and NO_PROXY if there is a proxy.',
    );
  });
});

describe('createFirstAlone', () => {
  function setUp() {
    const firstAlone = createFirstAlone();
    const started: string[] = [];
    const send = (name: string, authenticated: boolean, outcome: Promise<unknown>) => {
      const headers = createHttpHeaders();
      return firstAlone({ headers }, async () => {
        started.push(name);
        if (authenticated) headers.set('authorization', 'Bearer x');
        await outcome;
        return {} as never;
      });
    };
    return { send, started };
  }

  it('holds the others until the first is authenticated', async () => {
    const { send, started } = setUp();
    const { promise, resolve } = deferred<undefined>();
    const first = send('first', true, promise);
    const others = ['second', 'third'].map((name) => send(name, true, Promise.resolve()));
    await new Promise(setImmediate);
    expect(started).toEqual(['first']);
    resolve(undefined);
    await Promise.all([first, ...others]);
    expect(started).toEqual(['first', 'second', 'third']);
  });

  it('gives its error to the others when it was never authenticated', async () => {
    const { send, started } = setUp();
    const failed = Promise.reject(new Error('no token'));
    const all = ['first', 'second'].map((name) => send(name, false, failed));
    const reasons = (await Promise.allSettled(all)).map((outcome) => outcome.status);
    expect([reasons, started]).toEqual([['rejected', 'rejected'], ['first']]);
  });

  it('lets the others go when only its own object was refused', async () => {
    const { send, started } = setUp();
    const first = send('first', true, Promise.reject(new Error('403')));
    const second = send('second', true, Promise.resolve());
    await Promise.allSettled([first, second]);
    expect(started).toEqual(['first', 'second']);
  });
});
