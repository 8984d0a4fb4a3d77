/** The way from here to Azure: the proxy of the variables, whatever form they have, and what is said where it fails. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import net from 'node:net';
import tls from 'node:tls';
import { messageText } from '../../../src/core/model/message.ts';
import { createAzureProviders } from '../../../src/adapters/azure/azure-providers.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, type LoopbackAzure } from '../../servers/index.ts';
import { listen, listenHttp, type Listener } from '../../servers/listener.ts';
import { azureStore, portError, testContext } from './support.ts';

const DIRECT = 'kv-direct.vault.invalid';
const OBJECTS = Array.from({ length: 137 }, (_, number) => `object-${number}`);
const DB = { type: 'secret', name: 'object-0' } as const;
let azure: LoopbackAzure;
let undo: () => void;

beforeAll(async () => {
  const secrets = Object.fromEntries(OBJECTS.map((name) => [name, [{ value: 'x' }]]));
  azure = await startLoopbackAzure({ vaults: { 'kv-shop': { secrets }, [DIRECT]: {}, 'kv-untrusted': {} } });
  undo = azure.trustInProcess();
});

beforeEach(() => {
  azure.proxy.connects.length = 0;
  azure.proxy.answers.clear();
  azure.proxy.logins.length = 0;
});

afterAll(async () => {
  undo();
  await azure.close();
});

const hosts = (): ReadonlySet<string> => new Set(azure.proxy.connects.map(({ host }) => host));

function run(variables: Readonly<Record<string, string>> = {}) {
  const context = testContext({ azureClientId: MANAGED_CLIENT_ID }, { ...azure.environment(), ...variables });
  const factory = createAzureProviders(context);
  const open = (vaultUrl = 'https://kv-shop.vault.azure.net') => factory.open(azureStore({ vaultUrl }), 'shop');
  return { context, open };
}

async function failure(variables: Readonly<Record<string, string>>, vaultUrl?: string) {
  const { context, open } = run(variables);
  return { context, error: await portError((await open(vaultUrl)).get(DB)) };
}

describe('HTTPS_PROXY', () => {
  it('is gone through for vault and Entra', async () => {
    await (await run().open()).get(DB);
    expect(hosts()).toEqual(new Set(['kv-shop.vault.azure.net', 'login.microsoftonline.com']));
  });

  it.each([
    ['an address', (port: number) => `http://127.0.0.1:${port}`],
    ['an address with a line end', (port: number) => `http://127.0.0.1:${port}\n`],
    ['an address with a slash', (port: number) => `http://127.0.0.1:${port}/`],
    ['a host and port', (port: number) => `localhost:${port}`],
    ['an IP address and port', (port: number) => `127.0.0.1:${port}`],
  ])('may be %s', async (_form, form) => {
    const { port } = new URL(azure.proxy.url);
    await (await run({ HTTPS_PROXY: form(Number(port)) }).open()).get(DB);
    expect(hosts().has('kv-shop.vault.azure.net')).toBe(true);
  });

  it('is read in small letters first', async () => {
    await (await run({ https_proxy: azure.proxy.url, HTTPS_PROXY: 'http://127.0.0.1:1' }).open()).get(DB);
    expect(hosts().has('kv-shop.vault.azure.net')).toBe(true);
  });

  it('is given its login, decoded, and nobody else', async () => {
    const { port } = new URL(azure.proxy.url);
    const { context, open } = run({ HTTPS_PROXY: `http://proxy-user:p%40ss%23w0rd@127.0.0.1:${port}` });
    await (await open()).get(DB);
    const login = `Basic ${Buffer.from('proxy-user:p@ss#w0rd').toString('base64')}`;
    expect(new Set(azure.proxy.logins)).toEqual(new Set([login]));
    expect(context.logger.text()).not.toContain('w0rd');
  });

  it.each([
    'socks5://user:hunter2@127.0.0.1:1080',
    'http://user:hunter2#x@proxy:3128',
    'http://us%er:hunter2@proxy:3128',
    'http://',
    '://hunter2',
    'http://proxy:hunter2',
    '${{ vars.hunter2 }}',
  ])('is refused by its name, and not shown, where it is no address: %s', async (text) => {
    const { error } = await failure({ https_proxy: text });
    expect([error.kind, error.code, error.what]).toEqual([
      'Invalid',
      'BadProxy',
      'the variable https_proxy holds no address of a proxy; its text may hold a password and is not shown',
    ]);
    expect(`${error.message}${error.stack ?? ''}`).not.toContain('hunter2');
    expect(azure.proxy.connects).toEqual([]);
  });
});

describe('NO_PROXY', () => {
  it.each([
    DIRECT,
    'vault.invalid',
    '.vault.invalid',
    '*.vault.invalid',
    '*',
    'KV-DIRECT.Vault.Invalid',
    `${DIRECT}:443`,
    `a.b, ${DIRECT}`,
    `a.b ${DIRECT}`,
    `https://${DIRECT}/`,
  ])('names what is reached directly, in the form %s', async (entry) => {
    const { error } = await failure({ NO_PROXY: entry }, `https://${DIRECT}`);
    expect(hosts().has(DIRECT)).toBe(false);
    expect([error.kind, error.whole]).toEqual(['Unavailable', true]);
    expect(error.what).toMatch(
      /^vault kv-direct is not known: there is no host kv-direct\.vault\.invalid \(ENOTFOUND\)$|EAI_AGAIN/,
    );
  });

  it.each(['irect.vault.invalid', `${DIRECT}:8443`, 'vault.azure.net', ''])(
    'does not mean others: %s',
    async (entry) => {
      await failure({ NO_PROXY: entry }, `https://${DIRECT}`);
      expect(hosts().has(DIRECT)).toBe(true);
    },
  );
});

describe('connections through a proxy', () => {
  it('are kept: no more of them than reads at a time', async () => {
    const { context, open } = run();
    const provider = await open();
    await provider.list();
    await Promise.all(OBJECTS.map((name) => provider.get({ type: 'secret', name })));
    const of = (host: string) => azure.proxy.connects.filter((one) => one.host === host).length;
    expect(azure.vaults.requests('kv-shop').length).toBeGreaterThanOrEqual(OBJECTS.length + 6);
    expect(of('kv-shop.vault.azure.net')).toBeLessThanOrEqual(context.settings.concurrency);
    expect(of('login.microsoftonline.com')).toBe(1);
  });

  it('are kept for the exchanges with Entra too', async () => {
    azure.entra.inject({ match: 'token$', status: 503, times: 2 });
    await (await run().open()).get(DB);
    expect(azure.proxy.connects.filter(({ host }) => host === 'login.microsoftonline.com')).toHaveLength(1);
  });
});

describe('a proxy', () => {
  let http: Listener;
  let silent: Listener;
  beforeAll(async () => {
    http = await listenHttp(async () => ({ answer: { status: 200 } }));
    silent = await listen(net.createServer((socket) => void socket.end('SSH-2.0-none\r\n')));
  });
  afterAll(() => Promise.all([http.close(), silent.close()]));

  it.each([
    [407, 'Unauthenticated', 'the proxy before vault kv-shop asks for a login (HTTP 407)', 1],
    [
      403,
      'Unavailable',
      'vault kv-shop was not reached: the proxy PROXY gave no way to kv-shop.vault.azure.net (HTTP 403)',
      1,
    ],
    [
      502,
      'Unavailable',
      'vault kv-shop was not reached: the proxy PROXY gave no way to kv-shop.vault.azure.net (HTTP 502)',
      2,
    ],
    [
      503,
      'Unavailable',
      'vault kv-shop was not reached: the proxy PROXY gave no way to kv-shop.vault.azure.net (HTTP 503)',
      2,
    ],
  ])(
    'that answers %d is told as that, after as many attempts as are worth it',
    async (status, kind, what, attempts) => {
      azure.proxy.answers.set('kv-shop.vault.azure.net', status);
      const { context, error } = await failure({});
      expect([error.kind, messageText(error.what).replace(new URL(azure.proxy.url).host, 'PROXY')]).toEqual([
        kind,
        what,
      ]);
      expect(azure.proxy.connects).toHaveLength(attempts);
      expect(context.clock.sleeps).toEqual(attempts === 1 ? [] : [2_000]);
    },
  );

  it('that fails for a host which it has found before is asked as often as the host itself', async () => {
    const { context, open } = run();
    const provider = await open();
    await provider.get(DB);
    azure.proxy.dropConnections();
    azure.proxy.answers.set('kv-shop.vault.azure.net', 503);
    await portError(provider.get({ type: 'secret', name: 'object-1' }));
    expect(context.clock.sleeps.slice(-3)).toEqual([2_000, 6_000, 18_000]);
  });

  it('that does not run is named, without its login', async () => {
    const { error } = await failure({ HTTPS_PROXY: 'http://user:hunter2@127.0.0.1:1' });
    expect(error.message).toBe(
      'vault kv-shop was not asked: its proxy 127.0.0.1:1 did not answer (ECONNREFUSED). Check HTTPS_PROXY, and that the proxy runs; name kv-shop.vault.azure.net in NO_PROXY if it is reached directly.',
    );
  });

  it.each(['a web server', 'another protocol'])('that is %s is told as none', async (kind) => {
    const { port } = kind === 'a web server' ? http : silent;
    const { error } = await failure({ HTTPS_PROXY: `http://127.0.0.1:${port}` });
    expect(error.what).toMatch(/^vault kv-shop was not (?:asked: its|reached: the) proxy 127\.0\.0\.1:\d+ /);
  });
});

describe('an http address', () => {
  it('has no proxy on this machine, and HTTPS_PROXY never', async () => {
    await (await run({ NO_PROXY: '', HTTP_PROXY: 'http://127.0.0.1:1' }).open()).get(DB);
    expect(azure.github.requests.length).toBeGreaterThan(0);
    expect(azure.proxy.connects.map(({ port }) => port)).not.toContain(80);
  });

  it('elsewhere is not asked at all, since it would carry a token in clear', async () => {
    const url = 'http://runner.internal.example/idtoken';
    const { error } = await failure({ HTTP_PROXY: azure.proxy.url, ACTIONS_ID_TOKEN_REQUEST_URL: url });
    expect(azure.proxy.connects).not.toContainEqual(expect.objectContaining({ host: 'runner.internal.example' }));
    expect(error.what).toBe('GitHub OIDC was to be asked at http://runner.internal.example, which is not encrypted');
  });
});

describe('a certificate of an unknown authority', () => {
  it('is never accepted', async () => {
    const trusted = tls.getCACertificates('default');
    const challenges = azure.vaults.challenges.count;
    tls.setDefaultCACertificates([]);
    const { error } = await failure({}, 'https://kv-untrusted.vault.azure.net');
    tls.setDefaultCACertificates(trusted);
    expect(error.what).toMatch(/^vault kv-untrusted showed a certificate that is not trusted \([A-Z_]+\)$/);
    expect(error.fix).toContain('NODE_EXTRA_CA_CERTS');
    expect(azure.vaults.challenges.count).toBe(challenges);
  });
});
