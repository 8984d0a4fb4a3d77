/** The way from a step to GitHub: proxies, redirects, and answers that are not whole. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { messageText } from '../../src/core/model/message.ts';
import { GithubApi } from '../../src/action/github-api.ts';
import { PortError } from '../../src/ports/errors.ts';
import { FakeClock, RecordingLogger } from '../fakes/index.ts';
import { loopbackAuthority } from '../servers/certificates.ts';
import { ConnectProxy } from '../servers/connect-proxy.ts';
import {
  listen,
  listenHttp,
  listenHttps,
  type Listener,
  type LoopbackRequest,
  type Reply,
} from '../servers/listener.ts';

const HOST = 'api.github.invalid';
const PULL = { owner: 'contoso', repo: 'shop', pull_number: 7 };
const TOKEN = 'ghs_canary';
const PATH = '/repos/contoso/shop/pulls/7';

let server: Listener;
let plain: Listener;
let proxy: ConnectProxy;
let trusted: string[];
let seen: LoopbackRequest[] = [];
let handle: (request: LoopbackRequest) => Reply;

beforeAll(async () => {
  const authority = loopbackAuthority();
  trusted = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...trusted, authority.pem]);
  const handler = async (request: LoopbackRequest) => {
    seen.push(request);
    return await Promise.resolve(handle(request));
  };
  server = await listenHttps(authority, handler);
  plain = await listenHttp(handler);
  proxy = await ConnectProxy.start((host) => (host.endsWith('github.invalid') ? server.port : undefined));
});
beforeEach(() => {
  seen = [];
  proxy.connects.length = 0;
  proxy.logins.length = 0;
  proxy.answers.clear();
  handle = () => ({ answer: { status: 200, body: { number: 7 } } });
});
afterAll(async () => {
  tls.setDefaultCACertificates(trusted);
  await proxy.close();
  await server.close();
  await plain.close();
});

function clientOf(environment: Readonly<Record<string, string>>, apiUrl = `https://${HOST}`, token = TOKEN) {
  const retry = { clock: new FakeClock('2026-01-01T00:00:00Z'), logger: new RecordingLogger(), random: () => 0.5 };
  const api = new GithubApi({ apiUrl, graphqlUrl: `${apiUrl}/graphql`, token, environment, retry });
  return { read: () => api.ask(({ pulls }) => pulls.get(PULL)), logger: retry.logger };
}

const through = (variables: Readonly<Record<string, string>> = {}) =>
  clientOf({ HTTPS_PROXY: proxy.url, ...variables });
const directly = () => clientOf({}, `http://127.0.0.1:${plain.port}`);

async function refusal(asked: Promise<unknown>): Promise<readonly [string, string]> {
  const error: unknown = await asked.catch((reason: unknown) => reason);
  if (error instanceof PortError) return [error.kind, messageText(error.what)];
  throw new Error('there was no refusal', { cause: error });
}

describe('a proxy before GitHub', () => {
  it('is gone through, and one tunnel serves many requests', async () => {
    const { read } = through();
    for (let count = 0; count < 5; count += 1) expect(await read()).toEqual({ number: 7 });
    expect(proxy.connects).toEqual([{ host: HOST, port: 443, outcome: 'connected' }]);
    expect(seen).toHaveLength(5);
  });

  it('is given its login, and never the token', async () => {
    const { port } = new URL(proxy.url);
    await clientOf({ HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${port}` }).read();
    expect(proxy.logins).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
  });

  it('is passed by for a host of NO_PROXY', async () => {
    expect(await refusal(through({ NO_PROXY: '.github.invalid' }).read())).toEqual([
      'Unavailable',
      expect.stringMatching(/^GitHub did not answer GET \S+ \((?:ENOTFOUND|EAI_AGAIN)\)$/u),
    ]);
    expect(proxy.connects).toEqual([]);
  });

  it('that gives no way is told by what it said', async () => {
    proxy.answers.set(HOST, 407);
    expect(await refusal(through().read())).toEqual([
      'Unavailable',
      `GitHub did not answer GET ${PATH} (PROXY_HTTP_407)`,
    ]);
  });

  it('that is none is refused without its text', async () => {
    expect(await refusal(clientOf({ HTTPS_PROXY: 'socks5://user:hunter2@127.0.0.1:1' }).read())).toEqual([
      'Invalid',
      'the variable HTTPS_PROXY holds no address of a proxy; its text may hold a password and is not shown',
    ]);
  });

  it('is given what goes to a server without encryption as it is', async () => {
    const lines: string[] = [];
    const asked = http.createServer((request, response) => {
      lines.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.host ?? ''}`);
      response.setHeader('content-type', 'application/json').end('{"number":7}');
    });
    const listener = await listen(asked);
    const client = clientOf({ HTTP_PROXY: `http://127.0.0.1:${listener.port}` }, 'http://git.invalid/api/v3');
    expect(await client.read()).toEqual({ number: 7 });
    expect(lines).toEqual([`GET http://git.invalid/api/v3${PATH} git.invalid`]);
    await listener.close();
  });
});

describe('a redirect of GitHub', () => {
  const to = (location: string): Reply => ({ answer: { status: 301, headers: { location }, body: {} } });
  const tokens = () => seen.map(({ headers }) => headers.authorization);

  it('is followed, with the token where it stays on its host', async () => {
    handle = ({ path }) => (path === PATH ? to('/repositories/9') : { answer: { status: 200, body: { number: 9 } } });
    expect(await directly().read()).toEqual({ number: 9 });
    expect(tokens()).toEqual([`token ${TOKEN}`, `token ${TOKEN}`]);
  });

  it('takes the token to no other host', async () => {
    handle = ({ host }) =>
      host === HOST ? to(`https://other.github.invalid/x`) : { answer: { status: 200, body: { number: 9 } } };
    expect(await through().read()).toEqual({ number: 9 });
    expect(tokens()).toEqual([`token ${TOKEN}`, undefined]);
  });

  it('is followed three times at most', async () => {
    handle = () => to('/again');
    expect(await refusal(directly().read())).toEqual(['Invalid', `GitHub refused GET ${PATH} (HTTP 301)`]);
    expect(seen).toHaveLength(4);
  });

  it('is not followed out of encryption', async () => {
    handle = () => to(`http://127.0.0.1:${plain.port}/x`);
    expect(await refusal(through().read())).toEqual([
      'Unavailable',
      `GitHub did not answer GET ${PATH} (a redirect to http)`,
    ]);
  });
});

describe('an answer of GitHub', () => {
  it('that was cut off is asked for again, and not taken for an empty one', async () => {
    let count = 0;
    handle = () => ({
      answer: { status: 200, body: { number: 7 } },
      delivery: { truncateBody: (count += 1) === 1 },
    });
    const { read, logger } = directly();
    expect(await read()).toEqual({ number: 7 });
    expect(logger.text()).toContain('GitHub did not answer (ECONNRESET), waiting 2 s (attempt 2 of 4)');
  });

  it('is not read without end', async () => {
    handle = () => ({ answer: { status: 200, body: JSON.stringify('x'.repeat(65 * 1024 * 1024)) } });
    expect(await refusal(directly().read())).toEqual([
      'Malformed',
      `GitHub answered GET ${PATH} with more than it ever has to say`,
    ]);
  });

  it('that speaks of an address that goes away leaves the log of the step alone', async () => {
    const written = jest.spyOn(console, 'warn').mockReturnValue();
    handle = () => ({ answer: { status: 200, headers: { deprecation: 'true', sunset: 'soon' }, body: { number: 7 } } });
    await directly().read();
    expect(written).not.toHaveBeenCalled();
  });

  it('is not asked for without a token', async () => {
    expect(await refusal(clientOf({}, `http://127.0.0.1:${plain.port}`, '').read())).toEqual([
      'Unauthenticated',
      'the input github-token is empty',
    ]);
    expect(seen).toEqual([]);
  });

  it('never comes from a place that is no address', async () => {
    expect(await refusal(clientOf({}, 'github').read())).toEqual(['Invalid', 'GITHUB_API_URL holds no address']);
  });

  it('that does not come is told by the code of the connection', async () => {
    const closed = await listen(net.createServer());
    await closed.close();
    expect(await refusal(clientOf({}, `http://127.0.0.1:${closed.port}`).read())).toEqual([
      'Unavailable',
      `GitHub did not answer GET ${PATH} (ECONNREFUSED)`,
    ]);
  });
});
