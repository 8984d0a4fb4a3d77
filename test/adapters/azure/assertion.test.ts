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
      "GitHub's ID token service refused this job (HTTP 401), though the job has the permission. ACTIONS_ID_TOKEN_REQUEST_TOKEN is good for its own job and no longer than that: run the job again, and hand it on to no other.",
    );
    await expect(assertions.get(GITHUB)).resolves.toContain('.');
  });

  it('says which permission is missing when the variables are absent', async () => {
    const error = await portError(createAssertions(testContext()).get(GITHUB));
    expect(error.message).toBe(
      'this job may not ask GitHub for an ID token (ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN are not set). Add to the job: permissions: { contents: read, id-token: write }. A reusable workflow gets it from the job that calls it.',
    );
  });

  it.each([
    ['cut JSON', { garbage: true }],
    ['nothing', { body: '' }],
    ['no token', { body: '{"count":0}' }],
    ['an empty token', { body: '{"value":""}' }],
    ['a page', { html: true, status: 200 }],
  ])('is asked again after %s with 200', async (_what, fault) => {
    github.faults.inject({ match: 'idtoken', times: 1, ...fault });
    const context = testContext({}, github.environment());
    await expect(createAssertions(context).get(GITHUB)).resolves.toContain('.');
    expect(context.logger.text()).toContain(
      'GitHub OIDC answered HTTP 200 without a whole body, waiting 2 s (attempt 2 of 4)',
    );
  });

  it.each([403, 404, 200])(
    "is told apart from a proxy's page with HTTP %d, and names the host to allow",
    async (status) => {
      github.faults.inject({ match: 'idtoken', html: true, status });
      const error = await portError(createAssertions(testContext({}, github.environment())).get(GITHUB));
      expect([error.kind, error.message.replace(/127\.0\.0\.1:\d+/, 'HOST')]).toEqual([
        'Malformed',
        `something else answered in place of GitHub's ID token service (HTTP ${status}, a page of the web). A proxy or firewall stands between: let HOST pass there, or name it in NO_PROXY. The permissions of the job are not the reason.`,
      ]);
    },
  );

  it.each([
    [
      403,
      'Unauthenticated',
      "GitHub's ID token service refused this job (HTTP 403), though the job has the permission",
    ],
    [503, 'Unavailable', "GitHub's ID token service gave no token (HTTP 503), also when it was asked again"],
    [429, 'Throttled', "GitHub's ID token service gave no token (HTTP 429), also when it was asked again"],
    [407, 'Unauthenticated', "the proxy before GitHub's ID token service asks for a login (HTTP 407)"],
  ])('says what HTTP %d means, and speaks of no missing permission', async (status, kind, what) => {
    github.faults.inject({ match: 'idtoken', status });
    const error = await portError(createAssertions(testContext({}, github.environment())).get(GITHUB));
    expect([error.kind, error.what]).toEqual([kind, what]);
    expect(error.fix).toMatch(/127\.0\.0\.1:\d+/);
    expect(error.message).not.toContain('id-token: write');
  });

  it('does not take an answer without a token for one', async () => {
    github.faults.inject({ match: 'idtoken', garbage: true });
    const error = await portError(createAssertions(testContext({}, github.environment())).get(GITHUB));
    expect([error.kind, error.what]).toEqual([
      'Malformed',
      "GitHub's ID token service answered without a token, also when it was asked again",
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
    expect([error.code, error.message, context.cluster.asked]).toEqual([
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

  it.each([
    'repo:contoso/shop:environment:Produção',
    'repo:contoso/shop:environment:eu: west / 🚀 prod',
    'repo:контосо/магазин:environment:本番',
    `repo:contoso/shop:environment:prod:job_workflow_ref:${'contoso/a-long-name/'.repeat(17)}x.yml@refs/heads/main`,
  ])('gives a subject whole and in its own letters: %s', (sub) => {
    expect(presentedBy(unsignedToken({ sub }))?.subject).toBe(sub);
  });

  it('shows nothing that cannot be seen, and says where it cuts', () => {
    const hidden = ['\u001b', '\u202e', '\u2028', '\u00a0', '\u200d', '\u0085', '\ud800'];
    expect(presentedBy(unsignedToken({ sub: `a${hidden.join('')}b` }))?.subject).toBe(`a${'?'.repeat(7)}b`);
    expect(presentedBy(unsignedToken({ sub: 'x'.repeat(2_007) }))?.subject).toBe(
      `${'x'.repeat(2_000)}… (7 more letters)`,
    );
  });

  it('knows nothing of other texts', () => {
    expect(presentedBy('opaque')).toBeUndefined();
  });
});
