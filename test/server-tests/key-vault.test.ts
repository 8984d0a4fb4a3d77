import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  APPLICATION_CLIENT_ID,
  loopbackAuthority,
  MANAGED_CLIENT_ID,
  SigningKey,
  startLoopbackAzure,
  TENANT_ID,
  toPkcs12,
  type LoopbackAzure,
} from '../servers/index.ts';
import { askVault, vaultToken } from './client.ts';

const NOW_SECONDS = Date.UTC(2026, 5, 1) / 1000;
let azure: LoopbackAzure;
let nowMs: number;

beforeAll(async () => {
  azure = await startLoopbackAzure({ now: () => nowMs });
});
afterAll(() => azure.close());

let vaults = 0;
let vault = '';
let host = '';

/** Each test has a vault of its own. */
beforeEach(() => {
  nowMs = NOW_SECONDS * 1000;
  vaults += 1;
  vault = `kv-${vaults}`;
  host = `${vault}.vault.azure.net`;
  azure.vaults.edit({ [vault]: {} });
  azure.vaults.faults.clear();
  azure.vaults.permissions.clear();
  azure.vaults.clearLog();
});

function ask(path: string, request: { method?: string; body?: unknown; token?: string | null } = {}) {
  return askVault(azure, path, { host, ...request });
}

function put(name: string, body: unknown) {
  return ask(`/secrets/${name}`, { method: 'PUT', body });
}

const inner = (code: string): object => ({ error: expect.objectContaining({ innererror: { code } }) });
const outer = (code: string): object => ({ error: expect.objectContaining({ code }) });

describe('the challenge', () => {
  it('names tenant and resource to a request without token and is not logged', async () => {
    const seen = await ask('/secrets/db', { token: null });
    expect(seen.status).toBe(401);
    expect(seen.headers['www-authenticate']).toBe(
      `Bearer authorization="https://login.microsoftonline.com/${TENANT_ID}", resource="https://vault.azure.net"`,
    );
    expect(seen.body).toEqual({
      error: { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer or PoP token.' },
    });
    expect(azure.vaults.requests()).toEqual([]);
    expect(azure.vaults.challenges).toEqual({ count: 1, withBody: 0 });
  });

  it('counts the requests that carried a value without a token', async () => {
    await ask('/secrets/db', { method: 'PUT', token: null, body: { value: 'x' } });
    expect(azure.vaults.challenges).toEqual({ count: 1, withBody: 1 });
    expect(azure.vaults.snapshot(vault).secrets).toEqual({});
  });

  it.each([
    ['vault.usgovcloudapi.net', 'login.microsoftonline.us'],
    ['vault.azure.cn', 'login.chinacloudapi.cn'],
    ['vault.microsoftazure.de', 'login.microsoftonline.de'],
  ])('names the login host of the cloud of %s', async (suffix, login) => {
    azure.vaults.edit({ [`${vault}.${suffix}`]: {} });
    const seen = await askVault(azure, '/secrets', { host: `${vault}.${suffix}`, token: null });
    expect(seen.headers['www-authenticate']).toBe(
      `Bearer authorization="https://${login}/${TENANT_ID}", resource="https://${suffix}"`,
    );
  });

  it('tells whatever a test wants it to tell', async () => {
    azure.vaults.edit({ liar: { options: { challenge: { resource: 'https://vault.example.com' } } } });
    const seen = await askVault(azure, '/secrets', { host: 'liar.vault.azure.net', token: null });
    expect(seen.headers['www-authenticate']).toContain('resource="https://vault.example.com"');
  });
});

describe('the bearer token', () => {
  const refusal = (message: string): object => ({ error: { code: 'Unauthorized', message } });
  const issue = (request: object): string =>
    azure.entra.issueToken({
      identity: azure.entra.identity(MANAGED_CLIENT_ID)!,
      resource: 'https://vault.azure.net',
      ...request,
    });

  it('is accepted when Entra issued it for this resource and tenant', async () => {
    expect((await ask('/secrets', { token: issue({}) })).status).toBe(200);
  });

  it('is refused with AKV10022 when it is for another resource', async () => {
    const seen = await ask('/secrets', { token: issue({ resource: 'https://management.azure.com' }) });
    expect(seen.status).toBe(401);
    expect(seen.body).toEqual(
      refusal('AKV10022: Invalid audience. Expected https://vault.azure.net, found: https://management.azure.com.'),
    );
  });

  it('is refused with AKV10032 when it is from another tenant', async () => {
    const seen = await ask('/secrets', { token: issue({ claims: { iss: 'https://sts.windows.net/other/' } }) });
    expect(seen.body).toEqual(
      refusal(
        `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${TENANT_ID}/, found https://sts.windows.net/other/.`,
      ),
    );
  });

  it('is refused when it has expired', async () => {
    const seen = await ask('/secrets', { token: issue({ expiresInSeconds: -1 }) });
    expect(seen.body).toEqual(refusal('Error validating token: IDX10223'));
  });

  it('is refused when somebody else signed it', async () => {
    const seen = await ask('/secrets', { token: new SigningKey().sign({ aud: 'https://vault.azure.net' }) });
    expect(seen.body).toEqual(refusal('AKV10046: Unable to resolve the key used for signature validation.'));
  });

  it('is refused when it is none', async () => {
    expect((await ask('/secrets', { token: 'abc' })).body).toEqual(refusal('Error validating token: IDX12729'));
  });
});

describe('permissions', () => {
  it('refuse with the caller, the action and the resource in the text', async () => {
    azure.vaults.deny({ clientId: MANAGED_CLIENT_ID, object: 'db', operation: 'get', vault });
    const seen = await ask('/secrets/DB');
    expect(seen.status).toBe(403);
    expect(seen.body).toEqual({
      error: {
        code: 'Forbidden',
        message:
          'Caller is not authorized to perform action on resource.\r\n' +
          'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\n' +
          `Caller: appid=${MANAGED_CLIENT_ID};oid=bbbbbbbb-0000-0000-0000-000000000001;iss=https://sts.windows.net/${TENANT_ID}/\r\n` +
          "Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'\r\n" +
          `Resource: '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/rg-loopback/providers/microsoft.keyvault/vaults/${vault}/secrets/db'\r\n` +
          'Assignment: (not found)\r\nDenyAssignmentId: null\r\n' +
          `DecisionReason: 'DeniedWithNoValidRBAC' \r\nVault: ${vault};location=westeurope\r\n`,
        innererror: { code: 'ForbiddenByRbac' },
      },
    });
  });

  it('leave other identities, objects and operations alone', async () => {
    azure.vaults.deny({ clientId: APPLICATION_CLIENT_ID });
    azure.vaults.deny({ object: 'db' });
    azure.vaults.deny({ operation: 'purge' });
    expect((await put('other', { value: 'x' })).status).toBe(200);
  });

  it('can name the access policy instead of roles', async () => {
    azure.vaults.deny({ as: 'ForbiddenByPolicy', operation: 'set' });
    const seen = await put('db', { value: 'x' });
    expect(seen.body).toEqual(inner('ForbiddenByPolicy'));
    expect(JSON.stringify(seen.body)).toContain(
      `does not have secrets set permission on key vault '${vault};location=`,
    );
  });

  it('take effect after some refusals, and can be taken back', async () => {
    azure.vaults.deny({ operation: 'list', times: 1 });
    const undo = azure.vaults.deny({ operation: 'set' });
    const statuses = [(await ask('/secrets')).status, (await ask('/secrets')).status];
    undo();
    expect([...statuses, (await put('db', { value: 'x' })).status]).toEqual([403, 200, 200]);
  });

  it.each([
    ['firewall', 'ForbiddenByFirewall'],
    ['private', 'ForbiddenByConnection'],
  ] as const)('do not matter where the network rule %s refuses first', async (network, code) => {
    azure.vaults.configure(vault, { network });
    const seen = await ask('/secrets');
    expect(seen.status).toBe(403);
    expect(seen.body).toEqual(inner(code));
    expect(seen.headers['x-ms-keyvault-network-info']).toBe(
      'conn_type=Ipv4;addr=203.0.113.7;act_addr_fam=InterNetwork;',
    );
  });
});

describe('reading', () => {
  beforeEach(() =>
    azure.vaults.edit({
      [vault]: {
        secrets: {
          Db: [
            { value: 'old', version: '1'.repeat(32) },
            { value: 'new', version: '2'.repeat(32), contentType: 'text/plain', tags: { team: 'shop', none: null } },
          ],
          off: [{ value: 'x', attributes: { enabled: false } }],
        },
        keys: { signer: [{ jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'secret' } }] },
        certificates: { web: [{ cer: 'bmV3' }], pending: [{ tags: { a: 'b' } }] },
      },
    }),
  );

  it('gives the latest version whatever the case of the name, and keeps the name as it was written', async () => {
    expect((await ask('/secrets/dB')).body).toEqual({
      value: 'new',
      contentType: 'text/plain',
      id: `https://${host}/secrets/Db/${'2'.repeat(32)}`,
      attributes: {
        enabled: true,
        created: 1767225600,
        updated: 1767225600,
        recoveryLevel: 'Recoverable+Purgeable',
        recoverableDays: 90,
      },
      tags: { team: 'shop', none: null },
    });
  });

  it('gives one version', async () => {
    expect((await ask(`/secrets/Db/${'1'.repeat(32)}`)).body).toMatchObject({ value: 'old' });
  });

  it('makes up the same version ids in every run', async () => {
    expect((await ask('/keys/signer')).body).toMatchObject({
      key: { kid: expect.stringMatching(new RegExp(`^https://${host}/keys/signer/[0-9a-f]{32}$`)) },
    });
  });

  it('understands what the generated clients send: a final slash and an encoded hyphen', async () => {
    expect((await ask('/secrets/Db/?api%2Dversion=2026-04-01')).status).toBe(200);
    expect(azure.vaults.log[0]).toMatchObject({ line: 'GET /secrets/Db/', apiVersion: '2026-04-01', status: 200 });
  });

  it('never gives private members of a key', async () => {
    const seen = await ask('/keys/signer');
    expect(seen.body).toMatchObject({ key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } });
    expect(JSON.stringify(seen.body)).not.toContain('secret');
  });

  it('gives a pending certificate without cer', async () => {
    expect(Object.keys((await ask('/certificates/pending')).body as object)).toEqual([
      'id',
      'attributes',
      'tags',
      'pending',
    ]);
  });

  it('refuses the value of a disabled secret', async () => {
    const seen = await ask('/secrets/off');
    expect(seen.status).toBe(403);
    expect(seen.body).toEqual({
      error: {
        code: 'Forbidden',
        message: 'Operation get is not allowed on a disabled secret.',
        innererror: { code: 'SecretDisabled' },
      },
    });
  });

  it.each([
    ['/secrets/gone', 'SecretNotFound'],
    [`/secrets/Db/${'3'.repeat(32)}`, 'SecretNotFound'],
    ['/keys/gone', 'KeyNotFound'],
    ['/certificates/gone', 'CertificateNotFound'],
    ['/deletedsecrets/gone', 'SecretNotFound'],
  ])('answers %s with 404 %s', async (path, code) => {
    const seen = await ask(path);
    expect(seen.status).toBe(404);
    expect(seen.body).toEqual(outer(code));
  });

  it.each(['bad.name', 'bad_name', 'a%3Fb', 'gr%C3%B6%C3%9Fe', 'n'.repeat(128)])(
    'refuses the name %s',
    async (name) => {
      const seen = await ask(`/secrets/${name}`);
      expect(seen.body).toEqual({
        error: {
          code: 'BadParameter',
          message: `The request URI contains an invalid name: ${decodeURIComponent(name)}`,
        },
      });
      expect(azure.vaults.requests(vault)).toEqual([`GET /secrets/${name}/`]);
    },
  );

  it('takes two slashes for the latest version of an empty name', async () => {
    expect((await ask('/secrets//')).status).toBe(400);
    expect(azure.vaults.requests(vault)).toEqual(['GET /secrets//']);
  });

  it('refuses an api-version that does not exist', async () => {
    expect((await ask('/secrets/Db?api-version=1')).body).toEqual(outer('BadParameter'));
  });
});

describe('lists', () => {
  const names = (body: unknown): string[] =>
    (body as { value: { id: string }[] }).value.map(({ id }) => id.split('/').at(-1)!);

  it('have pages of 25 without values and versions, linked with port and skip token', async () => {
    const secrets = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`s${String(i).padStart(2, '0')}`, [{ value: 'x' }]]),
    );
    azure.vaults.edit({ [vault]: { secrets } });
    const first = await ask('/secrets');
    expect(names(first.body)).toHaveLength(25);
    expect(JSON.stringify(first.body)).not.toContain('"value":"x"');
    const link = `https://${host}:443/secrets?api-version=2025-07-01&$skiptoken=2&maxresults=25`;
    expect((first.body as { nextLink: string }).nextLink).toBe(link);
    const second = await ask(link.slice(link.indexOf('/secrets')));
    expect(names(second.body)).toEqual(['s25', 's26', 's27', 's28', 's29']);
    expect((second.body as { nextLink: null }).nextLink).toBeNull();
    expect(azure.vaults.requests(vault)).toEqual(['GET /secrets', 'GET /secrets?$skiptoken=2']);
  });

  it('have an empty page in the middle when asked to', async () => {
    azure.vaults.edit({
      [vault]: { secrets: { a: [{ value: '1' }], b: [{ value: '2' }] }, pageSize: 1, emptyPageAfter: 1 },
    });
    const pages = [await ask('/secrets'), await ask('/secrets?$skiptoken=2e'), await ask('/secrets?$skiptoken=2')];
    expect(pages.map((page) => names(page.body))).toEqual([['a'], [], ['b']]);
    expect((pages[0]!.body as { nextLink: string }).nextLink).toContain('$skiptoken=2e&');
    expect((pages[1]!.body as { nextLink: string }).nextLink).toContain('$skiptoken=2&');
  });

  it('refuse more than 25 elements', async () => {
    expect((await ask('/secrets?maxresults=26')).body).toEqual(outer('BadParameter'));
  });

  it('show every version of one secret', async () => {
    azure.vaults.edit({ [vault]: { secrets: { a: [{ value: '1' }, { value: '2' }] } } });
    expect(names((await ask('/secrets/a/versions')).body)).toHaveLength(2);
    expect(azure.vaults.requests(vault)).toEqual(['GET /secrets/a/versions']);
  });

  it('are empty for the versions of what does not exist, and no 404', async () => {
    const answer = await ask('/secrets/absent/versions');
    expect([answer.status, names(answer.body)]).toEqual([200, []]);
  });
});

describe('writing', () => {
  it('makes a new version each time and keeps nothing of the one before', async () => {
    await put('db', { value: 'one', contentType: 'text/plain', tags: { a: 'b' }, attributes: { nbf: 1, exp: 2 } });
    await put('DB', { value: 'two' });
    const times = { created: NOW_SECONDS, updated: NOW_SECONDS };
    expect(azure.vaults.snapshot(vault).secrets).toEqual({
      db: [
        {
          value: 'one',
          contentType: 'text/plain',
          tags: { a: 'b' },
          attributes: { enabled: true, nbf: 1, exp: 2, ...times },
          version: expect.any(String),
        },
        { value: 'two', attributes: { enabled: true, ...times }, version: expect.any(String) },
      ],
    });
    expect(azure.vaults.requests(vault)).toEqual(['PUT /secrets/db', 'PUT /secrets/DB']);
  });

  it('changes attributes, tags and content type of a version in place', async () => {
    await put('db', { value: 'one', tags: { a: 'b' } });
    nowMs += 5000;
    const body = { contentType: 'x', tags: { c: 'd' }, attributes: { enabled: false } };
    expect((await ask('/secrets/db', { method: 'PATCH', body })).status).toBe(200);
    expect(azure.vaults.snapshot(vault).secrets['db']).toEqual([
      {
        value: 'one',
        contentType: 'x',
        tags: { c: 'd' },
        attributes: { enabled: false, created: NOW_SECONDS, updated: NOW_SECONDS + 5 },
        version: expect.any(String),
      },
    ]);
  });

  it.each([
    ['25,601 bytes', { value: 'ä'.repeat(12_800) + 'b' }],
    ['16 tags', { value: 'x', tags: Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`t${i}`, 'v'])) }],
    ['a tag that is a number', { value: 'x', tags: { a: 1 } }],
    ['no value', {}],
    ['a body that is no JSON', '{'],
  ])('refuses %s and keeps nothing', async (_, body) => {
    const seen = await put('db', body);
    expect(seen.status).toBe(400);
    expect(seen.body).toEqual(outer('BadParameter'));
    expect(azure.vaults.snapshot(vault).secrets).toEqual({});
  });

  it('changes by PATCH nothing that is absent, null or an empty content type, and all tags where there are any', async () => {
    await put('db', { value: 'x', contentType: 'text/plain', tags: { a: 'b' }, attributes: { exp: 2_000_000_000 } });
    const { version } = azure.vaults.snapshot(vault).secrets['db']![0]!;
    const patch = (body: object) => ask(`/secrets/db/${version}`, { method: 'PATCH', body });
    await patch({ contentType: '', attributes: { exp: null } });
    await patch({ tags: { c: 'd' } });
    expect(azure.vaults.snapshot(vault).secrets['db']).toEqual([
      expect.objectContaining({
        contentType: 'text/plain',
        tags: { c: 'd' },
        attributes: expect.objectContaining({ exp: 2_000_000_000 }),
      }),
    ]);
  });

  it('refuses a content type of 256 characters and times that are no whole seconds', async () => {
    const refused = [
      await put('db', { value: 'x', contentType: 'c'.repeat(256) }),
      await put('db', { value: 'x', attributes: { exp: 4_102_444_799.5 } }),
    ];
    expect(refused.map(({ body }) => body)).toEqual([outer('BadParameter'), outer('BadParameter')]);
    expect((await put('db', { value: 'x', contentType: 'c'.repeat(255) })).status).toBe(200);
  });

  it('takes 25,600 bytes and 15 tags', async () => {
    const tags = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`t${i}`, 'v']));
    expect((await put('db', { value: 'b'.repeat(25_600), tags })).status).toBe(200);
  });

  it('keeps a whole imported key and shows only its public part', async () => {
    const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'private' };
    const seen = await ask('/keys/signer', { method: 'PUT', body: { key, tags: { a: 'b' } } });
    expect(seen.body).toMatchObject({ key: { kty: 'EC', key_ops: ['sign', 'verify'], x: 'x' }, tags: { a: 'b' } });
    expect(JSON.stringify(seen.body)).not.toContain('private');
    expect(azure.vaults.snapshot(vault).keys['signer']).toMatchObject([{ jwk: key, tags: { a: 'b' } }]);
  });

  it('refuses a key of a type that vaults do not import, unless told to take any', async () => {
    const body = { key: { kty: 'OKP', crv: 'Ed25519', x: 'x', d: 'd' } };
    const refused = await ask('/keys/signer', { method: 'PUT', body });
    azure.vaults.configure(vault, { acceptAnyKey: true });
    const taken = await ask('/keys/signer', { method: 'PUT', body });
    expect([refused.status, taken.status]).toEqual([400, 200]);
  });

  it('answers an unknown operation with 405', async () => {
    expect((await ask('/secrets/db/backup', { method: 'POST', body: {} })).status).toBe(405);
  });
});

describe('certificate import', () => {
  const issued = loopbackAuthority().issue('shop.example.com');
  const der = issued.certificate.replaceAll(/-----[^-]+-----|\s/g, '');
  const importOf = (body: object) => ask('/certificates/web/import', { method: 'POST', body });

  it('takes a PKCS#12 and makes a managed secret and a managed key of the same version', async () => {
    const value = toPkcs12(issued).toString('base64');
    const seen = await importOf({ value, tags: { a: 'b' } });
    const { sid, kid, cer } = seen.body as Record<'sid' | 'kid' | 'cer', string>;
    expect(cer).toBe(der);
    expect((await ask(new URL(sid).pathname)).body).toMatchObject({
      value,
      contentType: 'application/x-pkcs12',
      managed: true,
      kid,
    });
    expect((await ask(new URL(kid).pathname)).body).toMatchObject({ managed: true, key: { kty: 'RSA' } });
    expect(azure.vaults.snapshot(vault)).toMatchObject({
      certificates: { web: [{ cer: der, tags: { a: 'b' } }] },
      secrets: { web: [{ value, contentType: 'application/x-pkcs12', managed: true, tags: { a: 'b' } }] },
      keys: {},
    });
  });

  it('takes a PKCS#12 with its password and refuses it without', async () => {
    const value = toPkcs12(issued, 'pass').toString('base64');
    const refused = await importOf({ value });
    const taken = await importOf({ value, pwd: 'pass' });
    expect([refused.status, taken.status]).toEqual([400, 200]);
  });

  it('takes PEM only when the policy says so', async () => {
    const value = `${issued.certificate}${issued.privateKey}`;
    const refused = await importOf({ value });
    const taken = await importOf({ value, policy: { secret_props: { contentType: 'application/x-pem-file' } } });
    expect([refused.status, taken.status]).toEqual([400, 200]);
    expect((taken.body as { cer: string }).cer).toBe(der);
  });

  it('refuses the name of a secret or a key that no certificate made, deleted ones too', async () => {
    await put('web', { value: 'x' });
    const value = toPkcs12(issued).toString('base64');
    const live = await importOf({ value });
    await ask('/secrets/web', { method: 'DELETE' });
    const deleted = await importOf({ value });
    expect([live.status, live.body, deleted.status]).toEqual([409, outer('Conflict'), 409]);
    expect(azure.vaults.snapshot(vault).certificates).toEqual({});
  });

  it('keeps the policy of a certificate that an import without one renews', async () => {
    const policy = { secret_props: { contentType: 'application/x-pem-file' } };
    await importOf({ value: `${issued.certificate}${issued.privateKey}`, policy });
    await importOf({ value: toPkcs12(issued).toString('base64') });
    const [first, second] = azure.vaults.snapshot(vault).certificates['web']!;
    expect(second!.policy).toEqual(first!.policy);
  });

  it('refuses a PEM whose key is not PKCS#8', async () => {
    const pkcs1 = createPrivateKey(issued.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
    const policy = { secret_props: { contentType: 'application/x-pem-file' } };
    expect((await importOf({ value: `${issued.certificate}${pkcs1}`, policy })).status).toBe(400);
  });

  it('refuses a certificate without private key', async () => {
    expect((await importOf({ value: der })).body).toEqual({
      error: {
        code: 'BadParameter',
        message:
          'The specified PKCS#12 X.509 certificate content can not be read. Please check if certificate is in valid PKCS#12 format.',
      },
    });
  });

  it('makes a secret that cannot be set or deleted by itself and goes with its certificate', async () => {
    await importOf({ value: toPkcs12(issued).toString('base64') });
    expect((await put('web', { value: 'x' })).body).toEqual(inner('SecretManagedByKeyVault'));
    expect((await ask('/secrets/web', { method: 'DELETE' })).body).toEqual(inner('SecretManagedByKeyVault'));
    const { version } = azure.vaults.snapshot(vault).secrets['web']![0]!;
    const patched = await ask(`/secrets/web/${version}`, { method: 'PATCH', body: { tags: { a: 'b' } } });
    expect(patched.body).toEqual(inner('SecretManagedByKeyVault'));
    expect((await ask('/certificates/web', { method: 'DELETE' })).status).toBe(200);
    expect(Object.keys(azure.vaults.snapshot(vault).deleted.secrets)).toEqual(['web']);
    await ask('/deletedcertificates/web/recover', { method: 'POST' });
    expect((await ask('/secrets/web')).body).toMatchObject({ managed: true });
    await ask('/certificates/web', { method: 'DELETE' });
    await ask('/deletedcertificates/web', { method: 'DELETE' });
    expect(azure.vaults.snapshot(vault)).toEqual({
      secrets: {},
      keys: {},
      certificates: {},
      deleted: { secrets: {}, keys: {}, certificates: {} },
    });
  });
});

describe('soft delete', () => {
  beforeEach(() => azure.vaults.edit({ [vault]: { secrets: { db: [{ value: 'x' }] } } }));
  const remove = () => ask('/secrets/db', { method: 'DELETE' });

  it('keeps the object, its recovery id and its dates', async () => {
    const seen = await remove();
    expect(seen.body).toMatchObject({
      recoveryId: `https://${host}/deletedsecrets/db`,
      deletedDate: NOW_SECONDS,
      scheduledPurgeDate: NOW_SECONDS + 90 * 86_400,
    });
    expect(seen.body).not.toHaveProperty('value');
    expect((await ask('/secrets/db')).status).toBe(404);
    expect((await ask('/deletedsecrets/db')).body).toEqual(seen.body);
    expect((await ask('/deletedsecrets')).body).toMatchObject({ value: [{ recoveryId: expect.any(String) }] });
  });

  it('blocks the name with 409 until the object is recovered', async () => {
    await remove();
    const seen = await put('db', { value: 'y' });
    expect(seen.status).toBe(409);
    expect(seen.body).toEqual({
      error: {
        code: 'Conflict',
        message:
          'Secret db is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.',
        innererror: { code: 'ObjectIsDeletedButRecoverable' },
      },
    });
    expect((await ask('/deletedsecrets/db/recover', { method: 'POST' })).status).toBe(200);
    expect((await ask('/secrets/db')).body).toMatchObject({ value: 'x' });
    expect((await put('db', { value: 'y' })).status).toBe(200);
  });

  it('frees the name when the object is purged, and never gives a version id twice', async () => {
    const version = azure.vaults.snapshot(vault).secrets['db']![0]!.version;
    await remove();
    expect((await ask('/deletedsecrets/db', { method: 'DELETE' })).status).toBe(204);
    expect((await put('db', { value: 'y' })).status).toBe(200);
    expect(azure.vaults.snapshot(vault).secrets['db']![0]!.version).not.toBe(version);
  });

  it('does not purge where purge protection is on', async () => {
    azure.vaults.configure(vault, { purgeProtection: true });
    expect((await remove()).body).toMatchObject({ attributes: { recoveryLevel: 'Recoverable' } });
    expect((await ask('/deletedsecrets/db', { method: 'DELETE' })).status).toBe(403);
  });

  it('takes its time when told to', async () => {
    azure.vaults.configure(vault, { deletionDelayMs: 10_000, recoveryDelayMs: 10_000 });
    await remove();
    expect((await ask('/deletedsecrets/db')).status).toBe(404);
    expect((await put('db', { value: 'y' })).body).toEqual(inner('ObjectIsBeingDeleted'));
    nowMs += 10_000;
    expect((await ask('/deletedsecrets/db')).status).toBe(200);
    await ask('/deletedsecrets/db/recover', { method: 'POST' });
    expect((await put('db', { value: 'y' })).body).toEqual(inner('ObjectIsBeingRecovered'));
    nowMs += 10_000;
    expect((await put('db', { value: 'y' })).status).toBe(200);
  });
});

describe('content in the notation of the conformance cases', () => {
  it('is appended to, removed with null, and put among the deleted', async () => {
    azure.vaults.edit({ [vault]: { secrets: { a: [{ value: '1' }], b: [{ value: '2' }] } } });
    azure.vaults.edit({
      [vault]: { secrets: { a: [{ value: '3' }], b: null }, deleted: { secrets: { c: [{ value: '4' }] } } },
    });
    const snapshot = azure.vaults.snapshot(vault);
    expect(snapshot).toMatchObject({
      secrets: { a: [{ value: '1' }, { value: '3' }] },
      deleted: { secrets: { c: [{ value: '4' }] } },
    });
    expect(Object.keys(snapshot.secrets)).toEqual(['a']);
    expect((await put('c', { value: 'x' })).status).toBe(409);
    azure.vaults.edit({ [vault]: { deleted: { secrets: { c: null } } } });
    expect((await put('c', { value: 'x' })).status).toBe(200);
  });
});

describe('rate limits', () => {
  it('answer 429 without Retry-After until the window is over, for writes and the rest apart', async () => {
    azure.vaults.configure(vault, { rateLimits: { writes: 1, others: 2 } });
    const first = await put('db', { value: '1' });
    const second = await put('db', { value: '2' });
    expect([first.status, second.status, (await ask('/secrets')).status]).toEqual([200, 429, 200]);
    expect(second.headers).not.toHaveProperty('retry-after');
    expect(second.body).toEqual(outer('Throttled'));
    nowMs += 10_000;
    expect((await put('db', { value: '3' })).status).toBe(200);
    expect(azure.vaults.snapshot(vault).secrets['db']).toHaveLength(2);
  });
});

describe('an unknown vault', () => {
  it('is answered with VaultNotFound', async () => {
    const seen = await askVault(azure, '/secrets', { host: 'nowhere.vault.azure.net', token: vaultToken(azure) });
    expect(seen.status).toBe(404);
    expect(seen.body).toEqual(outer('VaultNotFound'));
  });
});
