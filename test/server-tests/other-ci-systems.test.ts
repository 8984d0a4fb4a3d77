import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  decodeToken,
  SERVICE_CONNECTION_ID,
  startLoopbackAzure,
  TENANT_ID,
  type LoopbackAzure,
} from '../servers/index.ts';
import { askHttp, type Ask, type Seen } from './client.ts';

let azure: LoopbackAzure;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

describe('the token endpoint of Azure Pipelines', () => {
  const SUPPRESS = { 'x-tfs-fedauthredirect': 'Suppress' };
  const ask = (connection: string, how: Ask = {}): Promise<Seen> => {
    const url = `${azure.pipelines.environment()['SYSTEM_OIDCREQUESTURI']!}?api-version=7.1&serviceConnectionId=${connection}`;
    return askHttp(url, { method: 'POST', token: azure.pipelines.accessToken, ...how });
  };

  beforeEach(() => {
    azure.pipelines.requests.length = 0;
  });

  it('gives a token of the service connection, issued for its tenant', async () => {
    const { status, body } = await ask(SERVICE_CONNECTION_ID);
    const { claims } = decodeToken((body as { oidcToken: string }).oidcToken)!;
    expect(status).toBe(200);
    expect(claims).toMatchObject({
      iss: `https://login.microsoftonline.com/${TENANT_ID}/v2.0`,
      sub: azure.pipelines.subject,
      aud: 'api://AzureADTokenExchange',
    });
    expect(azure.pipelines.requests).toEqual([`POST 7.1 ${SERVICE_CONNECTION_ID}`]);
  });

  it('knows no other service connection', async () => {
    expect(await ask('other')).toMatchObject({ status: 404, body: { typeKey: 'ServiceEndpointNotFoundException' } });
  });

  it('refuses strangers, browsers with a page to sign in at', async () => {
    expect(await ask(SERVICE_CONNECTION_ID, { token: 'x', headers: SUPPRESS })).toMatchObject({ status: 401 });
    expect(await ask(SERVICE_CONNECTION_ID, { token: 'x' })).toMatchObject({ status: 302 });
  });

  it('is for POST alone', async () => {
    expect(await ask(SERVICE_CONNECTION_ID, { method: 'GET' })).toMatchObject({ status: 405 });
  });
});

describe('tokens of GitLab', () => {
  it('describe project and branch, and end after an hour', () => {
    const { claims } = decodeToken(azure.gitlab.token())!;
    expect(claims).toMatchObject({
      iss: 'https://gitlab.com',
      sub: azure.gitlab.subject,
      project_path: 'contoso/shop',
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600);
  });
});
