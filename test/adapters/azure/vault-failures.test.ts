import { describe, expect, it } from '@jest/globals';
import { MANAGED_CLIENT_ID, TENANT_ID } from '../../servers/index.ts';
import { textOf, useLoopback } from './loopback.ts';
import { portError } from './support.ts';

const DB = { type: 'secret', name: 'db' } as const;
const CANARY = 'canary-7f3a';
const VAULT_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/rg-loopback/providers/microsoft.keyvault/vaults/kv-shop';
const OTHER_TENANT = '99999999-9999-9999-9999-999999999999';

const { azure, run } = useLoopback({
  vaults: {
    'kv-shop': {
      secrets: {
        db: [{ value: CANARY }],
        other: [{ value: 'y' }],
        off: [{ value: 'x', attributes: { enabled: false } }],
      },
      keys: { sign: [{ jwk: { kty: 'RSA', n: 'x', e: 'AQAB' } }] },
    },
    'kv-closed': { options: { network: 'firewall' }, secrets: { db: [{ value: CANARY }] } },
    'kv-private': { options: { network: 'private' } },
    'kv-foreign': { options: { tenantId: OTHER_TENANT } },
    'kv-strange': { options: { challenge: { resource: 'https://evil.example' } } },
    'kv-audience': { options: { challenge: { resource: 'https://azure.net' } } },
  },
});

async function failure(vault: string, object: { type: 'secret' | 'key' | 'cert'; name: string } = DB) {
  const { context, open } = run();
  const provider = await open({ vaultUrl: `https://${vault}.vault.azure.net` });
  return { error: await portError(provider.get(object)), context, provider };
}

describe('a throttled vault', () => {
  it('is asked again after 2, 6 and 18 seconds though it sends no Retry-After', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', status: 429, code: 'Throttled', times: 3 });
    const { context, open } = run();
    expect(textOf(await (await open()).get(DB))).toBe(CANARY);
    expect(context.clock.sleeps).toEqual([2_000, 6_000, 18_000]);
    expect(context.logger.records[0]?.message).toBe('vault kv-shop throttled, waiting 2 s (attempt 2 of 4)');
  });

  it.each([
    [4, 4_000],
    [86_400, 60_000],
  ])('is given the %d s that it asks for, a minute at most', async (retryAfter, waitMs) => {
    azure().vaults.inject({ match: 'GET /secrets/db', status: 429, retryAfter, times: 1 });
    const { context, open } = run();
    await (await open()).get(DB);
    expect(context.clock.sleeps).toEqual([waitMs]);
  });

  it('fails as Throttled after four requests, never as absent', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', status: 429, code: 'Throttled' });
    const { error } = await failure('kv-shop');
    expect([error.kind, error.code, error.whole]).toEqual(['Throttled', 'Throttled', false]);
    expect(error.what).toBe('vault kv-shop refused secret "db": too many requests');
    expect(azure().vaults.requests()).toHaveLength(4);
  });
});

describe('a vault that does not answer properly', () => {
  it.each([
    ['a reset', { reset: 'before' }, 'did not answer (ECONNRESET)'],
    ['HTTP 503', { status: 503 }, 'answered HTTP 503'],
    ['HTTP 408', { status: 408 }, 'answered HTTP 408'],
    ['a cut-off body', { truncateBody: true }, 'did not answer (ECONNRESET)'],
  ] as const)('is asked again after %s', async (_case, fault, reason) => {
    azure().vaults.inject({ match: 'GET /secrets/db', times: 1, ...fault });
    const { context, open } = run();
    expect(textOf(await (await open()).get(DB))).toBe(CANARY);
    expect(context.logger.records[0]?.message).toContain(`vault kv-shop ${reason}, waiting`);
  });

  it('is asked once only where its answer never seems to end, and no more of it is read', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', body: 'x'.repeat(4 * 1024 * 1024 + 1) });
    const { error } = await failure('kv-shop');
    expect([error.kind, error.code, error.message]).toEqual([
      'Malformed',
      'EMSGSIZE',
      'vault kv-shop sent an answer that is far too large. Check that no proxy answers in place of kv-shop.vault.azure.net.',
    ]);
    expect(azure().vaults.requests()).toHaveLength(1);
  });

  it('is asked once only after HTTP 501', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', status: 501 });
    const { error } = await failure('kv-shop');
    expect([error.kind, azure().vaults.requests().length]).toEqual(['Unavailable', 1]);
  });

  it('is given up when a body stalls', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', slowBodyMs: 60_000 });
    const { open } = run({ requestTimeoutMs: 500 });
    const error = await portError((await open()).get(DB));
    expect([error.kind, error.code]).toEqual(['Unavailable', 'ETIMEDOUT']);
    expect(azure().vaults.requests()).toHaveLength(4);
  });

  it('is not asked again for JSON that is garbage, which is shown to nobody', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', garbage: true });
    const { error, context } = await failure('kv-shop');
    expect([error.kind, error.message]).toEqual([
      'Malformed',
      'vault kv-shop answered secret "db" with something that is not Key Vault\'s JSON. Run again; if it stays, a proxy changes the answers: name kv-shop.vault.azure.net in NO_PROXY.',
    ]);
    expect(azure().vaults.requests()).toHaveLength(1);
    expect(context.logger.text()).toBe('');
  });

  it.each([404, 403, 200])('is not the one that said HTTP %d with a page', async (status) => {
    azure().vaults.inject({ match: 'GET /secrets/db', html: true, status });
    const { error } = await failure('kv-shop');
    expect(error.kind).toBe('Malformed');
    expect(error.message).not.toContain('<h1>');
  });

  it('never counts a 404 of another form as absent', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', status: 404, code: 'ResourceNotFound' });
    const { error } = await failure('kv-shop');
    expect(error.what).toBe("something else answered in place of vault kv-shop (HTTP 404, not in Key Vault's form)");
  });

  it('never counts VaultNotFound as absent', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', status: 404, code: 'VaultNotFound' });
    const { error } = await failure('kv-shop');
    expect([error.kind, error.what]).toEqual(['Unavailable', 'vault kv-shop does not exist']);
  });

  it('never follows a redirect', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', status: 307 });
    const { error } = await failure('kv-shop');
    expect(error.kind).toBe('Malformed');
  });
});

describe('a vault that refuses', () => {
  it('names role, identity and command when the role is missing', async () => {
    azure().vaults.deny({ object: 'db' });
    const { error } = await failure('kv-shop');
    expect(error).toMatchObject({
      kind: 'Forbidden',
      code: 'ForbiddenByRbac',
      whole: false,
      what: 'identity bbbbbbbb-0000-0000-0000-000000000001 may not read secret "db" in vault kv-shop (Microsoft.KeyVault/vaults/secrets/getSecret/action)',
      fix: `Give it "Key Vault Secrets User" on that vault: az role assignment create --role "Key Vault Secrets User" --assignee-object-id bbbbbbbb-0000-0000-0000-000000000001 --assignee-principal-type ServicePrincipal --scope "${VAULT_ID}". A new assignment can take ten minutes.`,
    });
  });

  it.each([
    ['key', 'Key Vault Crypto User'],
    ['cert', 'Key Vault Certificate User'],
  ] as const)('names the role for a %s', async (type, role) => {
    azure().vaults.deny({});
    const { error } = await failure('kv-shop', { type, name: 'sign' });
    expect(error.fix).toContain(`Give it "${role}" on that vault`);
  });

  it('gives the inner code of a list too', async () => {
    azure().vaults.deny({ operation: 'list' });
    const error = await portError((await run().open()).list());
    expect([error.code, error.what]).toEqual([
      'ForbiddenByRbac',
      'identity bbbbbbbb-0000-0000-0000-000000000001 may not read the list of secrets in vault kv-shop (Microsoft.KeyVault/vaults/secrets/readMetadata/action)',
    ]);
  });

  it('names the command for an access policy', async () => {
    azure().vaults.deny({ as: 'ForbiddenByPolicy' });
    const { error } = await failure('kv-shop');
    expect(error.fix).toBe(
      'az keyvault set-policy --name kv-shop --object-id bbbbbbbb-0000-0000-0000-000000000001 --secret-permissions get list',
    );
  });

  it('tells the address that its firewall saw', async () => {
    const { error } = await failure('kv-closed');
    expect([error.kind, error.code, error.whole]).toEqual(['Forbidden', 'ForbiddenByFirewall', true]);
    expect(error.what).toMatch(/^the firewall of vault kv-closed does not admit the address [\d.]+$/);
    expect(error.fix).toMatch(/az keyvault network-rule add --name kv-closed --ip-address [\d.]+\/32/);
  });

  it('says that public access is off', async () => {
    const { error } = await failure('kv-private');
    expect([error.code, error.what]).toEqual([
      'ForbiddenByConnection',
      'vault kv-private does not accept public connections',
    ]);
  });

  it('says that a secret is disabled, not that a right is missing', async () => {
    const { error } = await failure('kv-shop', { type: 'secret', name: 'off' });
    expect([error.kind, error.code, error.message]).toEqual([
      'Forbidden',
      'SecretDisabled',
      'secret "off" in vault kv-shop is disabled; this is not a matter of permissions. Enable it (az keyvault secret set-attributes --vault-name kv-shop --name off --enabled true) or take it out of the manifest.',
    ]);
  });

  it.each([
    ['AKV10032', 'vault kv-shop refused the token: it is from another tenant (AKV10032)'],
    ['AKV10022', 'vault kv-shop refused the token: it is for another cloud (AKV10022)'],
  ])('understands %s', async (number, what) => {
    azure().vaults.inject({
      match: 'GET',
      status: 401,
      code: 'Unauthorized',
      message: `${number}: Invalid. found 'x'.`,
    });
    const { error } = await failure('kv-shop');
    expect([error.kind, error.code, error.what]).toEqual(['Unauthenticated', number, what]);
  });

  it('is believed when it says that the token is from another tenant', async () => {
    const { open } = run({ azureTenantId: 'contoso.onmicrosoft.com' });
    const error = await portError((await open({ vaultUrl: 'https://kv-foreign.vault.azure.net' })).get(DB));
    expect(error.code).toBe('AKV10032');
  });

  it('is not given a token of another tenant than it asks for', async () => {
    const { open } = run({ azureTenantId: TENANT_ID });
    const error = await portError((await open({ vaultUrl: 'https://kv-foreign.vault.azure.net' })).get(DB));
    expect([error.code, error.what]).toEqual([
      'TenantMismatch',
      `vault kv-foreign belongs to tenant ${OTHER_TENANT}, the identity of its store to tenant ${TENANT_ID}`,
    ]);
    expect(azure().entra.tokenRequests).toBe(0);
  });

  it('is not given a token for a resource that is not its own', async () => {
    const { error } = await failure('kv-strange');
    expect([error.kind, error.code]).toEqual(['Unauthenticated', 'ChallengeResource']);
    expect(azure().entra.tokenRequests).toBe(0);
  });

  const forbidden = (message: string) =>
    azure().vaults.inject({ match: 'GET /secrets/db', status: 403, code: 'Forbidden', message });

  it('is named by its client id where the vault does not say who was refused', async () => {
    forbidden('Caller is not authorized to perform action on resource.\r\nIf role assignments were changed recently …');
    const { error } = await failure('kv-shop');
    expect(error.message).toBe(
      `client ${MANAGED_CLIENT_ID} may not read secret "db" in vault kv-shop: "Caller is not authorized to perform action on resource.". If that is a matter of permissions, give it "Key Vault Secrets User" on that vault: az role assignment create --role "Key Vault Secrets User" --assignee ${MANAGED_CLIENT_ID} --scope "VAULT_RESOURCE_ID". A new assignment can take ten minutes.`,
    );
  });

  it('is named by its client id for an access policy too', async () => {
    azure().vaults.inject({ match: 'GET /secrets/db', status: 403, code: 'Forbidden', innerCode: 'AccessDenied' });
    const { error } = await failure('kv-shop');
    expect(error.fix).toBe(
      `az keyvault set-policy --name kv-shop --spn ${MANAGED_CLIENT_ID} --secret-permissions get list`,
    );
  });

  it('is no matter of permissions where the sentence alone says that the object is disabled', async () => {
    forbidden('Operation get is not allowed on a disabled secret.');
    const { error } = await failure('kv-shop');
    expect(error.what).toBe('secret "db" in vault kv-shop is disabled; this is not a matter of permissions');
  });

  it.each(['Operation get is not allowed on an expired secret.', 'Secret is not yet valid.'])(
    'is quoted where it says nothing but what Key Vault says: %s',
    async (sentence) => {
      forbidden(sentence);
      expect((await failure('kv-shop')).error.what).toContain(`in vault kv-shop: "${sentence}"`);
    },
  );

  it.each([
    'Operation get is not allowed for hunter.',
    'Secret hunter2 is not valid yet.',
    'Access denied to <b>user</b>.',
    '::error::is not allowed',
    `Access ${'access '.repeat(40)}denied.`,
  ])('is not quoted where it says anything else: %s', async (sentence) => {
    forbidden(sentence);
    expect((await failure('kv-shop')).error.what).toBe(
      `client ${MANAGED_CLIENT_ID} may not read secret "db" in vault kv-shop`,
    );
  });

  it('shows no value, token or body in any of it', async () => {
    azure().vaults.inject({
      match: 'GET /secrets/db',
      status: 403,
      code: 'Forbidden',
      message: `${CANARY} oid=${CANARY}`,
    });
    const { error, context } = await failure('kv-shop');
    const shown = [error.message, error.stack, JSON.stringify(error.cause), context.logger.text()].join('\n');
    expect(shown).not.toContain(CANARY);
    expect(error.fix).toContain(`--assignee ${MANAGED_CLIENT_ID} --scope`);
  });
});

describe('a vault that cannot be reached', () => {
  it('is told apart from an absent secret', async () => {
    const { error } = await failure('kv-unknown');
    expect([error.kind, error.whole]).toEqual(['Unavailable', false]);
  });

  it('is asked for once more, makes those that wait fail at once, and after a minute the next one try again', async () => {
    azure().proxy.unreachable.add('kv-shop.vault.azure.net');
    const { context, open } = run();
    const provider = await open();
    const errors = await Promise.all(Array.from({ length: 40 }, () => portError(provider.get(DB))));
    expect(new Set(errors.map(({ kind }) => kind))).toEqual(new Set(['Unavailable']));
    expect(azure().proxy.connects).toHaveLength(2);
    expect(context.clock.sleeps).toHaveLength(1);
    azure().proxy.unreachable.clear();
    expect((await portError(provider.get(DB))).kind).toBe('Unavailable');
    expect(azure().proxy.connects).toHaveLength(2);
    context.clock.advance(60_000);
    expect(textOf(await provider.get(DB))).toBe(CANARY);
  });

  it.each([
    ['throttled', { status: 429, code: 'Throttled' }],
    ['answered with 503', { status: 503 }],
    ['reset', { reset: 'before' }],
    ['cut off', { truncateBody: true }],
  ] as const)('does not stop other reads when one object alone is %s', async (_what, fault) => {
    const provider = await run().open();
    azure().vaults.inject({ match: 'GET /secrets/db', ...fault });
    const others = Array.from({ length: 5 }, () => provider.get({ type: 'secret', name: 'other' }));
    const [failed, ...found] = await Promise.all([portError(provider.get(DB)), ...others]);
    expect(['Throttled', 'Unavailable']).toContain(failed.kind);
    expect(found.map(textOf)).toEqual(Array(5).fill('y'));
  });

  it('does not stop other reads when one object is refused', async () => {
    azure().vaults.deny({ object: 'db' });
    const provider = await run().open();
    const [, other] = await Promise.all([portError(provider.get(DB)), provider.get({ type: 'secret', name: 'other' })]);
    expect(textOf(other)).toBe('y');
  });
});

describe('openings that are refused', () => {
  it.each([
    [
      'http://kv-shop.vault.azure.net',
      'SecretStore shop/kv has the vaultUrl "http://kv-shop.vault.azure.net/", which is not encrypted',
    ],
    ['kv-shop', 'SecretStore shop/kv has the vaultUrl "kv-shop", which is no plain https address'],
    [
      'https://${VAULT}.vault.azure.net',
      'SecretStore shop/kv has the vaultUrl "https://${vault}.vault.azure.net/", which is no plain https address',
    ],
    [
      'https://user:hunter2@kv.vault.azure.net',
      'SecretStore shop/kv has the vaultUrl "https://kv.vault.azure.net/", which is no plain https address',
    ],
  ])('the vaultUrl %s', async (vaultUrl, what) => {
    const error = await portError(run().open({ vaultUrl }));
    expect([error.kind, error.what]).toEqual(['Invalid', what]);
  });
});

describe('an address of the DNS zone of a private endpoint', () => {
  it.each([
    ['kv-shop.privatelink.vaultcore.azure.net', 'kv-shop.vault.azure.net'],
    ['kv-shop.vaultcore.azure.net', 'kv-shop.vault.azure.net'],
    ['kv-shop.privatelink.vault.azure.net', 'kv-shop.vault.azure.net'],
    ['KV-shop.PrivateLink.vaultcore.usgovcloudapi.net', 'kv-shop.vault.usgovcloudapi.net'],
    ['kv-shop.privatelink.vaultcore.azure.cn', 'kv-shop.vault.azure.cn'],
    ['hsm.privatelink.managedhsm.azure.net', 'hsm.managedhsm.azure.net'],
  ])('is refused with the right one, before anything is asked: %s', async (host, right) => {
    const error = await portError(run().open({ vaultUrl: `https://${host}` }));
    expect(error.message).toBe(
      `SecretStore shop/kv has a vaultUrl in the DNS zone of a private endpoint, which no vault answers by. Write https://${right}; inside its network it resolves to the private address by itself.`,
    );
    expect(azure().proxy.connects).toEqual([]);
  });
});

describe('claims that a vault demands later', () => {
  it('are answered with a new token', async () => {
    const claims = Buffer.from('{"access_token":{"nbf":{"essential":true,"value":"1"}}}').toString('base64');
    const provider = await run().open();
    await provider.get(DB);
    azure().vaults.inject({ match: 'GET /secrets/db', claims, times: 1 });
    expect(textOf(await provider.get(DB))).toBe(CANARY);
    expect(azure().entra.tokenRequests).toBe(2);
  });
});
