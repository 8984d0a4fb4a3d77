/** Tokens that prove who this process itself is: which is taken, how it is had, and what is said when it is not. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageText } from '../../../src/core/model/message.ts';
import { createAzureProviders } from '../../../src/adapters/azure/azure-providers.ts';
import { createAssertions, type AssertionSource } from '../../../src/adapters/azure/assertion.ts';
import { ownToken, ownTokenHere } from '../../../src/adapters/azure/own-token.ts';
import type { AzureSettings } from '../../../src/adapters/azure/settings.ts';
import { temporaryFolder } from '../../contract/temporary-folder.ts';
import {
  decodeToken,
  MANAGED_CLIENT_ID,
  SERVICE_CONNECTION_ID,
  TENANT_ID,
  TOKEN_AUDIENCE,
} from '../../servers/index.ts';
import { textOf, useLoopback } from './loopback.ts';
import { azureStore, portError, testContext, unsignedToken } from './support.ts';

const DB = { type: 'secret', name: 'db' } as const;
const GITHUB = { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1/t', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner' };
const PIPELINES = {
  SYSTEM_OIDCREQUESTURI: 'http://127.0.0.1/oidctoken',
  SYSTEM_ACCESSTOKEN: 'job',
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: 'from-the-task',
};

const { azure, run } = useLoopback({ vaults: { 'kv-shop': { secrets: { db: [{ value: 'hunter2' }] } } } });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
  azure().pipelines.requests.length = 0;
  azure().pipelines.faults.clear();
});
afterEach(() => folder.remove());

const read = async (settings: Partial<AzureSettings>, environment: Readonly<Record<string, string>>) =>
  textOf(await (await run(settings, environment).open({ tenantId: TENANT_ID })).get(DB));

const refusal = (source: AssertionSource, environment: Record<string, string>, settings: Partial<AzureSettings> = {}) =>
  portError(createAssertions(testContext(settings, environment)).get(source));

describe('identity: auto', () => {
  it.each<[string, Partial<AzureSettings>, Record<string, string>, AssertionSource | undefined]>([
    ['nothing, where nothing is there', {}, {}, undefined],
    ["nothing in a pod: its token is the store's business", {}, { AZURE_FEDERATED_TOKEN_FILE: '/t' }, undefined],
    ["GitHub's token", {}, GITHUB, { from: 'github', audience: TOKEN_AUDIENCE }],
    ['nothing for half of the variables of GitHub', {}, { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://x' }, undefined],
    [
      'the service connection of the task in Azure Pipelines',
      {},
      PIPELINES,
      { from: 'azure-pipelines', serviceConnectionId: 'from-the-task' },
    ],
    ['nothing in a plain step of Azure Pipelines', {}, { ...PIPELINES, SYSTEM_ACCESSTOKEN: '' }, undefined],
    [
      'the service connection of the setting, also where the access token is not mapped yet',
      { serviceConnectionId: 'mine' },
      { ...PIPELINES, SYSTEM_ACCESSTOKEN: '' },
      { from: 'azure-pipelines', serviceConnectionId: 'mine' },
    ],
    ['a named variable before all others', { tokenVariable: 'T' }, GITHUB, { from: 'token-variable', name: 'T' }],
    [
      'a named file before all others',
      { tokenFile: 'f' },
      { ...GITHUB, ...PIPELINES },
      { from: 'token-file', path: 'f' },
    ],
  ])('takes %s', (_case, settings, environment, expected) => {
    const context = testContext(settings, environment);
    const from = ownTokenHere(context);
    expect(from === undefined ? undefined : ownToken(context, from)).toEqual(expected);
  });

  it('says in a GitHub job without the permission which line is missing, for a store that has no ServiceAccount', async () => {
    const environment = { ...azure().environmentElsewhere(), GITHUB_ACTIONS: 'true' };
    const error = await portError((await run({ azureTenantId: TENANT_ID }, environment).open()).get(DB));
    expect(messageText(error.fix)).toContain('Add to the job: permissions: { contents: read, id-token: write }.');
  });
});

describe('Azure Pipelines', () => {
  it('reads a vault as the identity of its service connection', async () => {
    const environment = { ...azure().environmentElsewhere(), ...azure().pipelines.environment() };
    await expect(read({}, environment)).resolves.toBe('hunter2');
    expect(azure().pipelines.requests).toEqual([`POST 7.1 ${SERVICE_CONNECTION_ID}`]);
    expect(azure().entra.log).toMatchObject([{ clientId: MANAGED_CLIENT_ID, credential: 'assertion', errorCode: 0 }]);
  });

  it('takes client id and tenant of the task where nothing else names them', async () => {
    const environment = {
      ...azure().environmentElsewhere(),
      ...azure().pipelines.environment(),
      AZURE_CLIENT_ID: '',
      AZURESUBSCRIPTION_CLIENT_ID: MANAGED_CLIENT_ID,
      AZURESUBSCRIPTION_TENANT_ID: TENANT_ID,
    };
    const provider = await createAzureProviders(testContext({}, environment)).open(azureStore(), 'shop');
    expect(textOf(await provider.get(DB))).toBe('hunter2');
    expect(azure().entra.log).toMatchObject([{ clientId: MANAGED_CLIENT_ID, tenant: TENANT_ID }]);
  });

  it('repeats what may be repeated', async () => {
    azure().pipelines.faults.inject({ match: 'oidctoken', status: 503, times: 1 });
    const context = testContext({}, azure().pipelines.environment());
    await createAssertions(context).get({ from: 'azure-pipelines', serviceConnectionId: SERVICE_CONNECTION_ID });
    expect(context.logger.text()).toContain('Azure Pipelines answered HTTP 503, waiting 2 s (attempt 2 of 4)');
  });

  it('masks the token', async () => {
    const context = testContext({}, azure().pipelines.environment());
    const source = { from: 'azure-pipelines', serviceConnectionId: SERVICE_CONNECTION_ID } as const;
    expect(context.masker.hasMasked(await createAssertions(context).get(source))).toBe(true);
  });

  it.each<[string, string, Record<string, string>, string]>([
    [
      'outside a job',
      SERVICE_CONNECTION_ID,
      { SYSTEM_OIDCREQUESTURI: '' },
      'this job may not ask Azure Pipelines for an ID token: SYSTEM_OIDCREQUESTURI is not set. Run this in a job of Azure Pipelines.',
    ],
    [
      'without the access token',
      SERVICE_CONNECTION_ID,
      { SYSTEM_ACCESSTOKEN: '' },
      'this job may not ask Azure Pipelines for an ID token: SYSTEM_ACCESSTOKEN is not set. Add to the step: env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }.',
    ],
    [
      'with a macro that nobody filled in',
      SERVICE_CONNECTION_ID,
      { SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' },
      'this job may not ask Azure Pipelines for an ID token: SYSTEM_ACCESSTOKEN is not set. Add to the step: env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }.',
    ],
    [
      'without a service connection',
      '',
      {},
      'this job may not ask Azure Pipelines for an ID token: no service connection is named. Give the id of the service connection (the resourceId in its address) with --service-connection-id, or run inside AzureCLI@2, which sets AZURESUBSCRIPTION_SERVICE_CONNECTION_ID.',
    ],
    [
      'with a service connection that does not exist',
      'some\nthing',
      {},
      'Azure Pipelines gave no ID token for the service connection "some?thing" (HTTP 404). Check its id, that it uses workload identity federation, and that this pipeline is authorised to use it.',
    ],
    [
      'with the access token of another job',
      SERVICE_CONNECTION_ID,
      { SYSTEM_ACCESSTOKEN: 'stale' },
      `Azure Pipelines gave no ID token for the service connection "${SERVICE_CONNECTION_ID}" (HTTP 401). Check that SYSTEM_ACCESSTOKEN is that of this job: env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }.`,
    ],
  ])('says what is missing %s', async (_case, serviceConnectionId, changes, message) => {
    const environment = { ...azure().pipelines.environment(), ...changes };
    const error = await refusal({ from: 'azure-pipelines', serviceConnectionId }, environment);
    expect([error.kind, error.whole, error.message]).toEqual(['Unauthenticated', true, message]);
  });

  it('does not take an answer without a token for one', async () => {
    azure().pipelines.faults.inject({ match: 'oidctoken', garbage: true });
    const source = { from: 'azure-pipelines', serviceConnectionId: SERVICE_CONNECTION_ID } as const;
    expect((await refusal(source, azure().pipelines.environment())).kind).toBe('Malformed');
  });
});

describe('a token in a variable', () => {
  const source = { from: 'token-variable', name: 'AZURE_ID_TOKEN' } as const;

  it('reads a vault in a job of GitLab', async () => {
    const environment = { ...azure().environmentElsewhere(), AZURE_ID_TOKEN: `${azure().gitlab.token()}\n` };
    await expect(read({ tokenVariable: 'AZURE_ID_TOKEN' }, environment)).resolves.toBe('hunter2');
    expect(azure().entra.log).toMatchObject([{ clientId: MANAGED_CLIENT_ID, credential: 'assertion', errorCode: 0 }]);
  });

  it('names what it presented where Entra does not trust it', async () => {
    const environment = { ...azure().environmentElsewhere(), T: azure().gitlab.token('https://gitlab.com') };
    const started = run({ tokenVariable: 'T', azureTenantId: TENANT_ID }, environment);
    const error = await portError((await started.open()).get(DB));
    expect(error.code).toBe('AADSTS700212');
    expect(messageText(error.fix)).toContain(
      `Presented: issuer "https://gitlab.com", subject "${azure().gitlab.subject}", audience "https://gitlab.com".`,
    );
  });

  it.each([
    [
      'is not set',
      {},
      'the variable AZURE_ID_TOKEN (--token-variable) is not set. In GitLab, add to the job: id_tokens: { AZURE_ID_TOKEN: { aud: api://AzureADTokenExchange } }.',
    ],
    [
      'holds a path',
      { AZURE_ID_TOKEN: '/builds/shop.tmp/AZURE_ID_TOKEN' },
      'the variable AZURE_ID_TOKEN (--token-variable) holds a path, not a token. Give that path with --token-file.',
    ],
    [
      'holds a path of Windows',
      { AZURE_ID_TOKEN: 'C:\\GitLab-Runner\\builds\\shop.tmp\\AZURE_ID_TOKEN' },
      'the variable AZURE_ID_TOKEN (--token-variable) holds a path, not a token. Give that path with --token-file.',
    ],
    [
      'holds something else',
      { AZURE_ID_TOKEN: 'hunter2' },
      'the variable AZURE_ID_TOKEN (--token-variable) holds something else, not a token. Name the variable that holds the token itself.',
    ],
  ])('says that it %s, and never what it holds', async (_case, environment, message) => {
    expect((await refusal(source, environment)).message).toBe(message);
  });

  it('says when the token expired', async () => {
    const context = testContext({}, {});
    const now = context.clock.now();
    const end = Math.floor(now.getTime() / 1000) - 60;
    const error = await refusal(source, { AZURE_ID_TOKEN: unsignedToken({ exp: end }) });
    const at = new Date(end * 1000).toISOString().replace('.000Z', 'Z');
    expect([error.code, messageText(error.what)]).toEqual([
      'TokenExpired',
      expect.stringMatching(
        new RegExp(`^the variable AZURE_ID_TOKEN .* holds a token that expired at ${at}; now it is `),
      ),
    ]);
    expect(messageText(error.fix)).toContain('is not renewed within a job');
  });
});

describe('a token in a file', () => {
  it('reads a vault, also for a store whose ServiceAccount is not there', async () => {
    const tokenFile = join(folder.path, 'token');
    await writeFile(tokenFile, azure().gitlab.token());
    const { open, context } = run({ tokenFile }, azure().environmentElsewhere());
    const provider = await open({ tenantId: TENANT_ID, serviceAccountRef: { name: 'absent', audiences: [] } });
    expect(textOf(await provider.get(DB))).toBe('hunter2');
    expect(context.cluster.asked).toEqual(['serviceaccount shop/absent']);
  });

  it('says when it expired, for a file that the setting names', async () => {
    const tokenFile = join(folder.path, 'token');
    await writeFile(tokenFile, unsignedToken({ exp: 1 }));
    const error = await refusal({ from: 'token-file', path: tokenFile }, {}, { tokenFile });
    expect(messageText(error.what)).toContain(
      `the token file ${tokenFile} (--token-file) holds a token that expired at 1970-01-01T00:00:01Z`,
    );
  });

  it('leaves the end of a mounted token to Entra, for the clock of the node may be the one that is wrong', async () => {
    const path = join(folder.path, 'token');
    await writeFile(path, unsignedToken({ exp: 1 }));
    await expect(createAssertions(testContext()).get({ from: 'token-file', path })).resolves.toContain('.');
  });

  const onUnix = process.platform === 'win32' || 'WINEPREFIX' in process.env ? it.skip : it;

  onUnix('reads no device, which might never end', async () => {
    const tokenFile = '/dev/zero';
    const error = await refusal({ from: 'token-file', path: tokenFile }, {}, { tokenFile });
    expect([error.kind, error.message]).toEqual([
      'Unauthenticated',
      'the token file /dev/zero (--token-file) is a device or socket, which is not read. Check the path, and that this user may read it.',
    ]);
  });

  it('reads no more of a file than a token may have', async () => {
    const path = join(folder.path, 'token');
    await writeFile(path, 'x'.repeat(100_001));
    const error = await refusal({ from: 'token-file', path }, { AZURE_FEDERATED_TOKEN_FILE: path });
    expect([error.kind, error.message]).toEqual([
      'Unauthenticated',
      `the token file ${path} (AZURE_FEDERATED_TOKEN_FILE) has more bytes than the 100000 that a token may have. Check that the workload identity webhook mounted it and that this user may read it.`,
    ]);
  });

  it('names the file that is not there', async () => {
    const error = await refusal({ from: 'token-file', path: '/absent/token' }, {}, { tokenFile: '/absent/token' });
    expect(error.message).toBe(
      'the token file /absent/token (--token-file) cannot be read (ENOENT). Check the path, and that this user may read it.',
    );
  });
});

describe('GitHub without a token', () => {
  const github = { from: 'github', audience: TOKEN_AUDIENCE } as const;
  const repository = (full_name: string, fork: boolean) => ({ repo: { full_name, fork } });

  async function eventOf(head: object, eventName = 'pull_request'): Promise<Record<string, string>> {
    const path = join(folder.path, 'event.json');
    await writeFile(path, JSON.stringify({ pull_request: { head, base: repository('contoso/shop', false) } }));
    return { GITHUB_EVENT_NAME: eventName, GITHUB_EVENT_PATH: path };
  }

  it('says that the pull request comes from a fork', async () => {
    const error = await refusal(github, await eventOf(repository('visitor/shop', true)));
    expect([error.code, error.message]).toEqual([
      'ForkPullRequest',
      'this run belongs to a pull request of the fork visitor/shop, and GitHub gives such runs no ID token, whatever their permissions say. Do here only what needs no login (the command validate), and the rest after the merge; or open the pull request from a branch of this repository.',
    ]);
  });

  it.each<[string, object, string]>([
    ['a branch of the same repository', repository('contoso/shop', false), 'pull_request'],
    ['a branch of a repository that is itself a fork', repository('contoso/shop', true), 'pull_request'],
    ['another event', repository('visitor/shop', true), 'push'],
    ['a run in the repository itself', repository('visitor/shop', true), 'pull_request_target'],
  ])('names the permission for %s', async (_case, head, eventName) => {
    const error = await refusal(github, await eventOf(head, eventName));
    expect(messageText(error.fix)).toContain('permissions: { contents: read, id-token: write }');
  });

  it.each<[string, object]>([
    ['that was deleted since', { repo: null }],
    ['whose original asks it to take changes', repository('upstream/shop', false)],
  ])('knows a fork %s', async (_case, head) => {
    const error = await refusal(github, await eventOf(head));
    expect(error.code).toBe('ForkPullRequest');
  });

  it('shows no name that is none', async () => {
    const error = await refusal(github, await eventOf(repository('a\n::error::b/c', true)));
    expect(messageText(error.what)).toContain('of the fork of another owner,');
  });
});

describe('GitHub elsewhere', () => {
  it.each([
    ['an enterprise', 'https://token.actions.githubusercontent.com/contoso'],
    ['GitHub Enterprise Server', 'https://github.contoso.com/_services/token'],
    ['ghe.com', 'https://token.actions.contoso.ghe.com'],
  ])('has the issuer of %s in its token', async (_case, issuer) => {
    const { github } = azure();
    const before = github.run;
    github.run = { ...before, issuer };
    const token = await createAssertions(testContext({}, github.environment())).get({
      from: 'github',
      audience: 'api://AzureADTokenExchange',
    });
    github.run = before;
    expect(decodeToken(token)?.claims).toMatchObject({ iss: issuer, aud: 'api://AzureADTokenExchange' });
  });
});
