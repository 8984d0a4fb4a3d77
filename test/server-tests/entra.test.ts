import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AKS_ISSUER,
  APPLICATION_CLIENT_ID,
  APPLICATION_SECRET,
  decodeToken,
  GITHUB_ISSUER,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  signToken,
  startLoopbackAzure,
  TENANT_ID,
  TOKEN_AUDIENCE,
  type LoopbackAzure,
} from '../servers/index.ts';
import { askEntra, type Seen } from './client.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const SUBJECT = 'repo:contoso/shop:environment:prod';
const FEDERATED = { issuer: GITHUB_ISSUER, subject: SUBJECT, audience: TOKEN_AUDIENCE };
const TOKEN_PATH = `/${TENANT_ID}/oauth2/v2.0/token`;

let azure: LoopbackAzure;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());
beforeEach(() => {
  azure.entra.faults.clear();
  azure.entra.log.length = 0;
  trust([FEDERATED]);
});

function trust(federatedCredentials: readonly (typeof FEDERATED)[]): void {
  azure.entra.setIdentity({
    clientId: MANAGED_CLIENT_ID,
    objectId: 'bbbbbbbb-0000-0000-0000-000000000001',
    tenantId: TENANT_ID,
    kind: 'managed-identity',
    federatedCredentials,
  });
}

function exchange(fields: Readonly<Record<string, string>> = {}, path = TOKEN_PATH): Promise<Seen> {
  const form = new URLSearchParams({
    client_id: MANAGED_CLIENT_ID,
    scope: 'https://vault.azure.net/.default',
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: azure.github.token(TOKEN_AUDIENCE),
    ...fields,
  });
  for (const [name, value] of Object.entries(fields)) if (value === '') form.delete(name);
  return askEntra(azure, path, { method: 'POST', body: form.toString() });
}

const present = (client_assertion: string): Promise<Seen> => exchange({ client_assertion });
const refusal = (code: number): object => ({
  error: expect.any(String),
  error_description: expect.stringContaining(`AADSTS${code}: `),
  error_codes: [code],
});

describe('a token for an assertion of GitHub', () => {
  it('names tenant, identity and resource', async () => {
    const { status, body } = await exchange();
    const { access_token, ...rest } = body as Record<string, unknown> & { access_token: string };
    expect(status).toBe(200);
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 86399, ext_expires_in: 86399 });
    const claims = decodeToken(access_token)!.claims;
    expect(claims).toMatchObject({
      tid: TENANT_ID,
      appid: MANAGED_CLIENT_ID,
      oid: 'bbbbbbbb-0000-0000-0000-000000000001',
      aud: 'https://vault.azure.net',
      iss: `https://sts.windows.net/${TENANT_ID}/`,
    });
    expect((claims['exp'] as number) - (claims['iat'] as number)).toBe(86399);
  });

  it('is also given under the domain of the tenant', async () => {
    expect((await exchange({}, '/contoso.onmicrosoft.com/oauth2/v2.0/token')).status).toBe(200);
  });

  it('lives as long as a test says', async () => {
    azure.entra.expiresInSeconds = 60;
    const { body } = await exchange();
    azure.entra.expiresInSeconds = undefined;
    expect(body).toMatchObject({ expires_in: 60 });
  });

  it('is logged without the assertion', async () => {
    await exchange();
    expect(azure.entra.tokenRequests).toBe(1);
    expect(azure.entra.log).toEqual([
      {
        host: 'login.microsoftonline.com',
        tenant: TENANT_ID,
        clientId: MANAGED_CLIENT_ID,
        scope: 'https://vault.azure.net/.default',
        credential: 'assertion',
        subject: azure.github.subject,
        status: 200,
        errorCode: 0,
      },
    ]);
  });
});

describe('an assertion of a foreign issuer', () => {
  it('of an AKS cluster is accepted too', async () => {
    trust([{ issuer: AKS_ISSUER, subject: 'system:serviceaccount:app:sync', audience: TOKEN_AUDIENCE }]);
    expect((await present(azure.serviceAccounts.token({ namespace: 'app', name: 'sync' }))).status).toBe(200);
  });

  it('is checked with the keys behind a URL', async () => {
    azure.entra.registerIssuer(GITHUB_ISSUER, azure.github.jwksUrl);
    const { status } = await exchange();
    azure.entra.registerIssuer(GITHUB_ISSUER, () => azure.github.jwks());
    expect(status).toBe(200);
  });

  it('is refused with 70021 when the identity trusts nobody', async () => {
    trust([]);
    expect((await exchange()).body).toMatchObject(refusal(70021));
  });

  it('is refused with 700211 when only the final slash of the issuer differs', async () => {
    trust([{ ...FEDERATED, issuer: `${GITHUB_ISSUER}/` }]);
    expect((await exchange()).body).toMatchObject(refusal(700211));
  });

  it('is refused with 700212 when it is for another audience', async () => {
    expect((await present(azure.github.token('https://github.com/contoso'))).body).toMatchObject(refusal(700212));
  });

  it('is refused with 700213, naming the presented subject', async () => {
    const { body, status } = await present(azure.github.token(TOKEN_AUDIENCE, { sub: 'repo:contoso/other' }));
    expect(status).toBe(401);
    expect(body).toMatchObject({
      ...refusal(700213),
      error: 'invalid_client',
      error_description: expect.stringMatching(
        /^AADSTS700213: No matching federated identity record found for presented assertion subject 'repo:contoso\/other'\. Check your federated identity credential Subject, Audience and Issuer against the presented assertion\. .* Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
      ),
    });
  });

  it('is refused with 7002138 when only the case of the subject differs', async () => {
    trust([{ ...FEDERATED, subject: SUBJECT.replace('prod', 'Prod') }]);
    expect((await exchange()).body).toMatchObject(refusal(7002138));
  });

  it.each([
    ['has expired', -301],
    ['is not valid yet', 1000],
  ])('is refused with 700024 when it %s', async (_, shift) => {
    const now = Math.floor(Date.now() / 1000);
    const assertion = azure.github.token(TOKEN_AUDIENCE, { nbf: now + shift - 100, exp: now + shift });
    expect((await present(assertion)).body).toMatchObject(refusal(700024));
  });

  it('is refused with 700027 when it was changed', async () => {
    const [header, , signature] = azure.github.token(TOKEN_AUDIENCE).split('.');
    const [, claims] = azure.github.token(TOKEN_AUDIENCE, { actor: 'mallory' }).split('.');
    expect((await present(`${header!}.${claims!}.${signature!}`)).body).toMatchObject(refusal(700027));
  });

  it('is refused with 700027 when the issuer has new keys', async () => {
    const assertion = azure.github.token(TOKEN_AUDIENCE);
    azure.github.rotateKeys();
    expect((await present(assertion)).body).toMatchObject(refusal(700027));
  });

  it('is refused with 50166 when the keys of its issuer cannot be had', async () => {
    trust([{ ...FEDERATED, issuer: 'https://unreachable.example.com' }]);
    const assertion = azure.github.token(TOKEN_AUDIENCE, { iss: 'https://unreachable.example.com' });
    expect((await present(assertion)).body).toMatchObject(refusal(50166));
  });

  it('is refused with 900612 when the keys of its issuer make no sense', async () => {
    azure.entra.registerIssuer('https://odd.example.com', () => ({}) as never);
    trust([{ ...FEDERATED, issuer: 'https://odd.example.com' }]);
    const assertion = azure.github.token(TOKEN_AUDIENCE, { iss: 'https://odd.example.com' });
    expect((await present(assertion)).body).toMatchObject(refusal(900612));
  });

  it('is refused with 50027 when it is no token', async () => {
    expect((await present('abc')).body).toMatchObject(refusal(50027));
  });
});

describe('the certificate of a client', () => {
  const issued = loopbackAuthority().issue('client');
  const der = new X509Certificate(issued.certificate).raw;
  const x5t = createHash('sha1').update(der).digest('base64url');
  const aud = `https://login.microsoftonline.com${TOKEN_PATH}`;
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: APPLICATION_CLIENT_ID, sub: APPLICATION_CLIENT_ID, aud, nbf: now, exp: now + 600 };
  const sign = (other: object = {}, header: object = { x5t }): Promise<Seen> => {
    const client_assertion = signToken(issued.privateKey, { ...claims, ...other }, { ...header });
    return exchange({ client_id: APPLICATION_CLIENT_ID, client_assertion });
  };

  beforeEach(() =>
    azure.entra.setIdentity({
      ...azure.entra.identity(APPLICATION_CLIENT_ID)!,
      secrets: [APPLICATION_SECRET],
      certificates: [issued.certificate],
    }),
  );

  it('is recognised by either thumbprint', async () => {
    const sha256 = createHash('sha256').update(der).digest('base64url');
    const answers = [await sign(), await sign({}, { 'x5t#S256': sha256 })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('must be registered (700027)', async () => {
    expect((await sign({}, { x5t: 'unknown' })).body).toMatchObject(refusal(700027));
  });

  it('must be the one that signed (700027)', async () => {
    const client_assertion = signToken(loopbackAuthority().issue('thief').privateKey, claims, { x5t });
    const { body } = await exchange({ client_id: APPLICATION_CLIENT_ID, client_assertion });
    expect(body).toMatchObject(refusal(700027));
  });

  it('must sign for this endpoint, this client and this moment', async () => {
    const answers = [await sign({ aud: 'x' }), await sign({ sub: 'x' }), await sign({ exp: now - 600 })];
    expect(answers.map(({ body }) => (body as { error_codes: number[] }).error_codes[0])).toEqual([
      700212, 700213, 700024,
    ]);
  });
});

describe('a client secret', () => {
  const login = (client_secret: string): Promise<Seen> =>
    exchange({ client_id: APPLICATION_CLIENT_ID, client_assertion: '', client_assertion_type: '', client_secret });

  it('gives a token of an hour', async () => {
    expect((await login(APPLICATION_SECRET)).body).toMatchObject({ expires_in: 3599 });
  });

  it('must be right (7000215)', async () => {
    const { status, body } = await login('wrong');
    expect(status).toBe(401);
    expect(body).toMatchObject({ ...refusal(7000215), error: 'invalid_client' });
  });
});

describe('a token request', () => {
  it.each([
    ['grant_type', 900144],
    ['client_id', 900144],
    ['scope', 900144],
    ['client_assertion', 7000218],
    ['client_assertion_type', 900144],
  ])('without %s is refused with %i', async (field, code) => {
    expect((await exchange({ [field]: '' })).body).toMatchObject(refusal(code));
  });

  it.each([
    ['another grant', { grant_type: 'password' }, 70003],
    ['a scope without /.default', { scope: 'https://vault.azure.net/user' }, 1002012],
    ['an unknown resource', { scope: 'https://vault.example.com/.default' }, 500011],
    ['an unknown client', { client_id: 'cccccccc-0000-0000-0000-000000000000' }, 700016],
  ])('with %s is refused', async (_, fields, code) => {
    const { body, status } = await exchange(fields);
    expect(status).toBe(400);
    expect(body).toMatchObject(refusal(code));
  });

  it('to an unknown tenant is refused with 90002', async () => {
    expect((await exchange({}, '/nowhere/oauth2/v2.0/token')).body).toMatchObject(refusal(90002));
    expect(azure.entra.log[0]).toMatchObject({ tenant: 'nowhere', status: 400, errorCode: 90002 });
  });

  it('with claims for continuous access evaluation gets a token that says so', async () => {
    const { body } = await exchange({ claims: '{"access_token":{"xms_cc":{"values":["cp1"]}}}' });
    expect(decodeToken((body as { access_token: string }).access_token)!.claims).toMatchObject({ xms_cc: ['cp1'] });
  });

  it.each([undefined, 7])('is throttled with Retry-After %s', async (retryAfter) => {
    azure.entra.inject({
      match: 'token$',
      status: 429,
      code: '90055',
      times: 1,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
    const { status, headers, body } = await exchange();
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe(retryAfter === undefined ? undefined : String(retryAfter));
    expect(body).toMatchObject(refusal(90055));
    expect((await exchange()).status).toBe(200);
  });

  it('meets 5xx with a number of its own, and resets', async () => {
    azure.entra.inject({ match: 'token$', status: 503, code: '90033', times: 1 });
    azure.entra.inject({ match: 'token$', reset: 'before', times: 1 });
    const first = await exchange();
    expect(first.status).toBe(503);
    expect(first.body).toMatchObject(refusal(90033));
    await expect(exchange()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('metadata', () => {
  it('of a tenant names its endpoints', async () => {
    const { body } = await askEntra(azure, `/${TENANT_ID}/v2.0/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      token_endpoint: `https://login.microsoftonline.com${TOKEN_PATH}`,
      issuer: `https://login.microsoftonline.com/${TENANT_ID}/v2.0`,
    });
  });

  it('of an unknown tenant is refused', async () => {
    const { body } = await askEntra(azure, '/nowhere/v2.0/.well-known/openid-configuration');
    expect(body).toMatchObject(refusal(90002));
  });

  it('of the instance knows the national clouds and nothing else', async () => {
    const discover = (host: string): Promise<Seen> =>
      askEntra(
        azure,
        `/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(`https://${host}/${TENANT_ID}/oauth2/v2.0/authorize`)}`,
      );
    expect((await discover('login.microsoftonline.us')).body).toMatchObject({
      tenant_discovery_endpoint: `https://login.microsoftonline.us/${TENANT_ID}/v2.0/.well-known/openid-configuration`,
    });
    expect((await discover('login.example.com')).body).toMatchObject(refusal(50049));
  });
});
