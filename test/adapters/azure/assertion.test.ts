import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAssertions } from '../../../src/adapters/azure/assertion.ts';
import { presentedBy } from '../../../src/adapters/azure/claims.ts';
import { temporaryFolder } from '../../contract/temporary-folder.ts';
import { decodeToken, GithubOidcServer } from '../../servers/index.ts';
import { portError, testContext, unsignedToken } from './support.ts';

const AUDIENCE = 'api://AzureADTokenExchange';
const GITHUB = { from: 'github', audience: AUDIENCE } as const;

let github: GithubOidcServer;

beforeAll(async () => {
  github = await GithubOidcServer.start({ run: { repository: 'contoso/shop', environment: 'prod' } });
});

afterAll(() => github.close());

beforeEach(() => {
  github.requests.length = 0;
  github.faults.clear();
});

describe('createAssertions: github', () => {
  it('asks for the audience and masks the token', async () => {
    const context = testContext({}, github.environment());
    const token = await createAssertions(context).get(GITHUB);
    expect(decodeToken(token)?.claims).toMatchObject({ aud: AUDIENCE, sub: 'repo:contoso/shop:environment:prod' });
    expect(github.requests).toEqual([AUDIENCE]);
    expect(context.masker.hasMasked(token)).toBe(true);
  });

  it('asks anew for each exchange, and keeps nothing', async () => {
    const assertions = createAssertions(testContext({}, github.environment()));
    const tokens = [
      ...(await Promise.all([assertions.get(GITHUB), assertions.get(GITHUB)])),
      await assertions.get(GITHUB),
    ];
    expect(new Set(tokens).size).toBe(3);
    expect(github.requests).toHaveLength(3);
  });

  it('repeats a 503 and a reset', async () => {
    github.faults.inject({ match: 'idtoken', status: 503, times: 1 }, { match: 'idtoken', reset: 'before', times: 1 });
    const context = testContext({}, github.environment());
    await createAssertions(context).get(GITHUB);
    expect(context.clock.sleeps).toEqual([2_000, 6_000]);
    expect(context.logger.records.map(({ message }) => message)).toEqual([
      'GitHub OIDC answered HTTP 503, waiting 2 s (attempt 2 of 4)',
      'GitHub OIDC did not answer (ECONNRESET), waiting 6 s (attempt 3 of 4)',
    ]);
  });

  it('remembers no failure', async () => {
    github.faults.inject({ match: 'idtoken', status: 401, times: 1 });
    const assertions = createAssertions(testContext({}, github.environment()));
    const error = await portError(assertions.get(GITHUB));
    expect(error.message).toBe(
      'GitHub gave no ID token (HTTP 401). Check that the job has permissions: { contents: read, id-token: write }, and run it again; see githubstatus.com if it lasts.',
    );
    await expect(assertions.get(GITHUB)).resolves.toContain('.');
  });

  it('says which permission is missing when the variables are absent', async () => {
    const error = await portError(createAssertions(testContext()).get(GITHUB));
    expect(error.message).toBe(
      'this job may not ask GitHub for an ID token (ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN are not set). Add to the job: permissions: { contents: read, id-token: write }. A reusable workflow gets it from the job that calls it.',
    );
  });

  it('does not take an answer without a token for one', async () => {
    github.faults.inject({ match: 'idtoken', garbage: true });
    const error = await portError(createAssertions(testContext({}, github.environment())).get(GITHUB));
    expect([error.kind, error.what]).toEqual([
      'Malformed',
      'GitHub answered the request for an ID token without a token',
    ]);
  });
});

describe('createAssertions: service-account', () => {
  const source = { from: 'service-account', namespace: 'shop', name: 'sync', audiences: [AUDIENCE, 'extra'] } as const;

  it('asks the cluster for a token of all audiences, once for everybody until a minute before its end', async () => {
    const context = testContext({ logins: { hosts: [], audiences: ['extra'] } });
    const request = `token shop/sync ${AUDIENCE},extra`;
    const end = Math.floor(context.clock.now().getTime() / 1000) + 3600;
    context.cluster.token = async () => unsignedToken({ exp: end });
    const assertions = createAssertions(context);
    await Promise.all([assertions.get(source), assertions.get(source)]);
    context.clock.advance(3_538_000);
    await assertions.get(source);
    expect(context.cluster.asked).toEqual([request]);
    context.clock.advance(4_000);
    await assertions.get(source);
    expect(context.cluster.asked).toEqual([request, request]);
  });

  it('asks again after it was told to forget', async () => {
    const context = testContext({ logins: { hosts: [], audiences: ['extra'] } });
    const end = Math.floor(context.clock.now().getTime() / 1000) + 3600;
    context.cluster.token = async () => unsignedToken({ exp: end });
    const assertions = createAssertions(context);
    await assertions.get(source);
    assertions.forget(source);
    await assertions.get(source);
    expect(context.cluster.asked).toHaveLength(2);
  });

  it('never reuses a token that does not say when it ends', async () => {
    const context = testContext({ logins: { hosts: [], audiences: ['extra'] } });
    context.cluster.token = async () => 'opaque';
    const assertions = createAssertions(context);
    await assertions.get(source);
    await assertions.get(source);
    expect(context.cluster.asked).toHaveLength(2);
  });

  it('asks nobody for a token with an audience that the run does not name', async () => {
    const context = testContext();
    const error = await portError(createAssertions(context).get(source));
    expect([error.code, `${error.what}. ${error.fix}`, context.cluster.asked]).toEqual([
      'TokenAudience',
      'a token was to be asked for with an audience that this run does not allow. It was not asked for. Leave it out of serviceAccountRef.audiences, or allow it with --token-audiences.',
      [],
    ]);
  });
});

describe('createAssertions: token-file', () => {
  it('reads the file again when the token nears its end', async () => {
    const context = testContext();
    const folder = await temporaryFolder();
    const path = join(folder.path, 'token');
    const seconds = Math.floor(context.clock.now().getTime() / 1000);
    const [old, fresh] = [unsignedToken({ exp: seconds + 600 }), unsignedToken({ exp: seconds + 4000 })];
    const assertions = createAssertions(context);
    await writeFile(path, `${old}\n`);
    await expect(assertions.get({ from: 'token-file', path })).resolves.toBe(old);
    await writeFile(path, fresh);
    await expect(assertions.get({ from: 'token-file', path })).resolves.toBe(old);
    context.clock.advance(550_000);
    await expect(assertions.get({ from: 'token-file', path })).resolves.toBe(fresh);
    await folder.remove();
  });

  it('names the file that cannot be read', async () => {
    const error = await portError(createAssertions(testContext()).get({ from: 'token-file', path: '/absent/token' }));
    expect(error.message).toBe(
      'the token file /absent/token (AZURE_FEDERATED_TOKEN_FILE) cannot be read (ENOENT). Check that the workload identity webhook mounted it and that this user may read it.',
    );
  });
});

describe('presentedBy', () => {
  it('tells issuer, subject and audience, on one line', () => {
    const token = unsignedToken({ iss: 'https://issuer/', sub: 'a\nb', aud: ['x', 'y'] });
    expect(presentedBy(token)).toEqual({ issuer: 'https://issuer/', subject: 'a?b', audience: 'x, y' });
  });

  it('knows nothing of other texts', () => {
    expect(presentedBy('opaque')).toBeUndefined();
  });
});
