import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  decodeToken,
  GithubOidcServer,
  MANAGED_CLIENT_ID,
  ServiceAccountIssuer,
  startLoopbackAzure,
  TENANT_ID,
  type LoopbackAzure,
} from '../servers/index.ts';
import { askHttp, askVault, type Seen } from './client.ts';

let azure: LoopbackAzure;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

describe('the token endpoint of a GitHub runner', () => {
  const url = (): string => azure.github.environment()['ACTIONS_ID_TOKEN_REQUEST_URL']!;
  const ask = (audience = '', token = azure.github.requestToken): Promise<Seen> =>
    askHttp(`${url()}${audience}`, { token });

  beforeEach(() => {
    azure.github.requests.length = 0;
  });

  it('gives a token of five minutes that describes the run', async () => {
    const { status, body } = await ask('&audience=api%3A%2F%2FAzureADTokenExchange');
    const { count, value } = body as { count: number; value: string };
    expect(status).toBe(200);
    expect(count).toBe(value.length);
    const { claims } = decodeToken(value)!;
    expect(claims).toMatchObject({
      iss: 'https://token.actions.githubusercontent.com',
      sub: 'repo:contoso/shop:environment:prod',
      aud: 'api://AzureADTokenExchange',
      repository: 'contoso/shop',
      environment: 'prod',
    });
    expect((claims['exp'] as number) - (claims['iat'] as number)).toBe(300);
    expect(azure.github.requests).toEqual(['api://AzureADTokenExchange']);
  });

  it('takes the owner for audience when none is named', async () => {
    const { body } = await ask();
    expect(decodeToken((body as { value: string }).value)!.claims).toMatchObject({ aud: 'https://github.com/contoso' });
  });

  it('refuses a wrong request token and counts the request', async () => {
    expect((await ask('&audience=a', 'wrong')).status).toBe(401);
    expect(azure.github.requests).toEqual(['a']);
  });

  it('fails when told to', async () => {
    azure.github.inject({ match: '.', status: 503, times: 1 }, { match: '.', status: 403, times: 1 });
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([503, 403, 200]);
  });

  it.each([
    [{ repository: 'o/r', ref: 'refs/heads/x' }, 'repo:o/r:ref:refs/heads/x'],
    [{ repository: 'o/r', eventName: 'pull_request' }, 'repo:o/r:pull_request'],
    [{ repository: 'o/r', environment: 'a:b' }, 'repo:o/r:environment:a%3Ab'],
    [{ repository: 'o/r', subject: 'repo:o@1/r@2:environment:prod' }, 'repo:o@1/r@2:environment:prod'],
  ])('names %j by its subject', async (run, subject) => {
    const server = await GithubOidcServer.start({ run });
    await server.close();
    expect(server.subject).toBe(subject);
  });
});

describe('a cluster that signs ServiceAccount tokens', () => {
  it('ends its issuer with a slash and names namespace and account', () => {
    const issuer = new ServiceAccountIssuer();
    const { claims } = decodeToken(issuer.token({ namespace: 'app', name: 'sync', expirationSeconds: 600 }))!;
    expect(claims).toMatchObject({
      iss: expect.stringMatching(/\/$/),
      sub: 'system:serviceaccount:app:sync',
      aud: ['api://AzureADTokenExchange'],
    });
    expect((claims['exp'] as number) - (claims['iat'] as number)).toBe(600);
  });
});

describe('the instance metadata service', () => {
  const ask = (query: string, headers: Record<string, string> = { metadata: 'true' }): Promise<Seen> =>
    askHttp(`${azure.imds.url}/metadata/identity/oauth2/token?api-version=2018-02-01${query}`, { headers });
  const resource = '&resource=https://vault.azure.net';

  it('gives a token that the vault accepts, with numbers as text', async () => {
    const { body } = await ask(`${resource}&client_id=${MANAGED_CLIENT_ID}`);
    const { access_token, ...rest } = body as Record<string, string> & { access_token: string };
    expect(rest).toEqual({
      client_id: MANAGED_CLIENT_ID,
      expires_in: '86399',
      ext_expires_in: '86399',
      expires_on: expect.stringMatching(/^\d+$/),
      not_before: expect.stringMatching(/^\d+$/),
      resource: 'https://vault.azure.net',
      token_type: 'Bearer',
    });
    azure.vaults.edit({ 'kv-main': {} });
    expect((await askVault(azure, '/secrets', { token: access_token })).status).toBe(200);
  });

  it('takes the only identity when none is named', async () => {
    expect((await ask(resource)).body).toMatchObject({ client_id: MANAGED_CLIENT_ID });
  });

  it.each([
    ['the header is missing', resource, {}, 'Required metadata header not specified'],
    ['the identity is unknown', `${resource}&client_id=x`, { metadata: 'true' }, 'Identity not found'],
    ['no resource is named', '', { metadata: 'true' }, "Required query variable 'resource' is missing"],
  ])('refuses when %s', async (_, query, headers, error_description) => {
    const { status, body } = await ask(query, headers);
    expect(status).toBe(400);
    expect(body).toEqual({ error: 'invalid_request', error_description });
  });

  it('fails when told to, and counts the requests', async () => {
    azure.imds.requests.length = 0;
    azure.imds.inject({ match: '.', status: 404, times: 1 }, { match: '.', status: 429, retryAfter: 1, times: 1 });
    const answers = [await ask(resource), await ask(resource), await ask(resource)];
    expect(answers.map(({ status }) => status)).toEqual([404, 429, 200]);
    expect(azure.imds.requests).toEqual(['', '', '']);
  });

  it('asks which identity is meant when there are several', async () => {
    const shared = { objectId: 'o', tenantId: TENANT_ID, kind: 'managed-identity' as const };
    const identities = ['a', 'b'].map((clientId) => ({ ...shared, clientId }));
    const other = await startLoopbackAzure({ identities });
    const seen = await askHttp(`${other.imds.url}/metadata/identity/oauth2/token?resource=https://vault.azure.net`, {
      headers: { metadata: 'true' },
    });
    await other.close();
    expect(seen.body).toMatchObject({
      error_description: expect.stringContaining('Multiple user assigned identities'),
    });
  });
});
