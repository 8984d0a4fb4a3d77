import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { VaultContent, VaultProperties } from '../../../src/core/model/vault-object.ts';
import type { FetchedObject } from '../../../src/core/model/vault.ts';
import type { ProviderWriter } from '../../../src/ports/provider.ts';
import { loopbackAuthority, toPkcs12, type Fault } from '../../servers/index.ts';
import { textOf, useLoopback, type Run } from './loopback.ts';
import { portError } from './support.ts';

const DB = { type: 'secret', name: 'db' } as const;
const OLD = '0123456789abcdef0123456789abcdef';
const issued = loopbackAuthority().issue('shop.example.com');
const DER = issued.certificate.replaceAll(/-----[^-]+-----|\s/g, '');
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const TAGS = { 'managed-by': 'external-secrets', team: 'shop' };

let clock: Run['context']['clock'] | undefined;

const { azure, run } = useLoopback({
  now: () => clock?.now().getTime() ?? Date.now(),
  vaults: { 'kv-shop': {}, 'kv-paced': {} },
});

interface World extends Run {
  readonly writer: ProviderWriter;
  readonly read: (object: { type: 'secret' | 'key' | 'cert'; name: string }) => Promise<FetchedObject | undefined>;
}

const EMPTY = {
  secrets: { db: null, web: null, new: null },
  keys: { sign: null, web: null, new: null },
  certificates: { web: null, new: null },
};

/** A vault with one secret, one key and one certificate, and a writer that has read each of them once. */
async function world(settings: Parameters<typeof run>[0] = {}): Promise<World> {
  const started = run(settings);
  clock = started.context.clock;
  azure().vaults.configure('kv-shop', { deletionDelayMs: 0, recoveryDelayMs: 0 });
  azure().vaults.edit({ 'kv-shop': { ...EMPTY, deleted: EMPTY } });
  azure().vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'old', version: OLD, tags: { a: 'b' } }] } } });
  const provider = await started.open();
  await provider.get(DB);
  azure().vaults.clearLog();
  return { ...started, writer: provider.writer!, read: (object) => provider.get(object) };
}

const secret = (text: string): VaultContent => ({ type: 'secret', value: SecretValue.ofText(text) });
const key = (jwk: object): VaultContent => ({ type: 'key', jwk: SecretValue.ofText(JSON.stringify(jwk)) });
/** Making one takes longer than a whole test. */
const containers = { plain: toPkcs12(issued), locked: toPkcs12(issued, 'pass word') };
const pfx = (): VaultContent => ({ type: 'cert', format: 'pkcs12', value: SecretValue.of(containers.plain) });
const lockedPfx = (password: string): VaultContent => ({
  ...{ type: 'cert', format: 'pkcs12', value: SecretValue.of(containers.locked) },
  password: SecretValue.ofText(password),
});
const pem = (): VaultContent => ({
  type: 'cert',
  format: 'pem',
  value: SecretValue.ofText(`${issued.certificate}${issued.privateKey}`),
});

const stored = () => azure().vaults.snapshot('kv-shop');

describe('put of a secret', () => {
  it('makes one version with its value, tags, content type and times, and tells what is there then', async () => {
    const { writer, read, context } = await world();
    const properties = { tags: TAGS, contentType: 'text/plain', expires: 4_102_444_800, notBefore: 1_700_000_000 };
    const answer = await writer.put('db', secret('hünter2\n'), properties);
    expect(stored().secrets['db']).toHaveLength(2);
    expect(stored().secrets['db']?.[1]).toMatchObject({
      value: 'hünter2\n',
      tags: TAGS,
      contentType: 'text/plain',
      attributes: { enabled: true, exp: 4_102_444_800, nbf: 1_700_000_000 },
    });
    expect(answer).toEqual({
      value: undefined,
      version: stored().secrets['db']?.[1]?.version,
      tags: new Map(Object.entries(TAGS)),
      contentType: 'text/plain',
      attributes: {
        created: expect.any(Number),
        updated: expect.any(Number),
        expires: 4_102_444_800,
        notBefore: 1_700_000_000,
      },
    });
    expect(textOf(await read(DB))).toBe('hünter2\n');
    expect(azure().vaults.requests()).toEqual(['PUT /secrets/db', 'GET /secrets/db/']);
    expect(context.masker.hasMasked('hünter2\n')).toBe(true);
  });

  it('writes no content type and no times where there are none', async () => {
    const { writer } = await world();
    await writer.put('new', secret(''), { tags: {}, contentType: '', expires: null });
    expect(Object.keys(stored().secrets['new']![0]!).sort()).toEqual(['attributes', 'tags', 'value', 'version']);
    expect(Object.keys(stored().secrets['new']![0]!.attributes).sort()).toEqual(['created', 'enabled', 'updated']);
  });

  it('refuses bytes that are no text before anything is sent', async () => {
    const { writer } = await world();
    const content: VaultContent = { type: 'secret', value: SecretValue.of(Uint8Array.of(0xff)) };
    const error = await portError(writer.put('db', content, { tags: {} }));
    expect([error.kind, error.what]).toEqual([
      'Invalid',
      'the value for secret "db" is not UTF-8, and a vault holds text',
    ]);
    expect(azure().vaults.requests()).toEqual([]);
  });

  it('keeps a byte order mark, which is part of the value', async () => {
    const { writer } = await world();
    await writer.put('db', secret('\uFEFFx'), { tags: {} });
    expect(stored().secrets['db']?.[1]?.value).toBe('\uFEFFx');
  });
});

describe('put of a key', () => {
  it('imports it as JSON Web Key and masks each private member', async () => {
    const { writer, context } = await world();
    const answer = await writer.put('sign', key(RSA), { tags: TAGS });
    expect(stored().keys['sign']?.[0]).toMatchObject({ jwk: RSA, tags: TAGS });
    expect(answer.version).toBe(stored().keys['sign']?.[0]?.version);
    expect(azure().vaults.requests()).toEqual(['PUT /keys/sign']);
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) {
      expect([member, context.masker.hasMasked(String(RSA[member]))]).toEqual([member, true]);
    }
  });
});

describe('put of a certificate', () => {
  it('imports a PKCS#12 with its password, byte for byte and without a policy', async () => {
    const { writer, context } = await world();
    const content = lockedPfx('pass word');
    const answer = await writer.put('web', content, { tags: TAGS });
    expect(stored().certificates['web']?.[0]).toMatchObject({ cer: DER, tags: TAGS });
    expect(answer).toMatchObject({ value: undefined, version: stored().certificates['web']?.[0]?.version });
    expect(azure().vaults.requests()).toEqual(['POST /certificates/web/import']);
    expect(context.masker.hasMasked('pass word')).toBe(true);
  });

  it('imports a PEM with the content type that it needs', async () => {
    const { writer } = await world();
    await writer.put('web', pem(), { tags: TAGS });
    expect(stored().secrets['web']?.[0]).toMatchObject({ contentType: 'application/x-pem-file', managed: true });
  });

  it('makes a secret and a key that tell that they are managed', async () => {
    const { writer, read } = await world();
    await writer.put('web', pfx(), { tags: {} });
    expect(await read({ type: 'secret', name: 'web' })).toMatchObject({
      managed: true,
      contentType: 'application/x-pkcs12',
    });
    expect(await read({ type: 'key', name: 'web' })).toMatchObject({ managed: true });
    const error = await portError(writer.put('web', secret('x'), { tags: {} }));
    expect([error.kind, error.uncertain, error.message]).toEqual([
      'Invalid',
      false,
      'secret "web" in vault kv-shop belongs to the certificate of that name. Push to cert/web, or choose another name.',
    ]);
  });
});

describe('patch', () => {
  const patch = async (properties: VaultProperties) => {
    const { writer } = await world();
    return writer.patch({ ...DB, version: OLD }, properties);
  };

  it('changes tags, content type and expiry of a version, and makes none', async () => {
    const answer = await patch({ tags: TAGS, contentType: 'text/plain', expires: 4_102_444_800 });
    expect(stored().secrets['db']).toEqual([
      {
        value: 'old',
        version: OLD,
        tags: TAGS,
        contentType: 'text/plain',
        attributes: { enabled: true, created: expect.any(Number), updated: expect.any(Number), exp: 4_102_444_800 },
      },
    ]);
    expect(answer).toMatchObject({ version: OLD, contentType: 'text/plain', tags: new Map(Object.entries(TAGS)) });
    expect(azure().vaults.requests()).toEqual([`PATCH /secrets/db/${OLD}`]);
  });

  it('tells what the vault did not clear', async () => {
    const { writer } = await world();
    const { version = '' } = await writer.put('db', secret('x'), {
      tags: {},
      contentType: 'text/plain',
      expires: 4_102_444_800,
    });
    const answer = await writer.patch({ ...DB, version }, { tags: {}, contentType: '', expires: null });
    expect(answer).toMatchObject({ contentType: 'text/plain', attributes: { expires: 4_102_444_800 } });
  });

  it('changes the tags of a key and of a certificate', async () => {
    const { writer } = await world();
    const signing = await writer.put('sign', key(RSA), { tags: {} });
    const web = await writer.put('web', pfx(), { tags: {} });
    const one = await writer.patch({ type: 'key', name: 'sign', version: signing.version! }, { tags: TAGS });
    const other = await writer.patch({ type: 'cert', name: 'web', version: web.version! }, { tags: TAGS });
    expect([one.tags, other.tags]).toEqual([new Map(Object.entries(TAGS)), new Map(Object.entries(TAGS))]);
  });

  it('is gone where the version is', async () => {
    const { writer } = await world();
    const error = await portError(writer.patch({ ...DB, version: 'f'.repeat(32) }, { tags: {} }));
    expect([error.kind, error.uncertain, error.message]).toEqual([
      'NotFound',
      false,
      'there is no secret "db" in vault kv-shop any more. Run again: what is there now is read first.',
    ]);
  });
});

describe('delete', () => {
  it('is one request and no purge', async () => {
    const { writer, context } = await world();
    await writer.delete(DB);
    expect(Object.keys(stored().deleted.secrets)).toEqual(['db']);
    expect(azure().vaults.requests()).toEqual(['DELETE /secrets/db']);
    expect(context.clock.sleeps).toEqual([]);
  });

  it.each(['secret', 'key', 'cert'] as const)('is done where there is no such %s', async (type) => {
    const { writer } = await world();
    await expect(writer.delete({ type, name: 'new' })).resolves.toBeUndefined();
  });

  it('takes away a key and a certificate', async () => {
    const { writer } = await world();
    await writer.put('sign', key(RSA), { tags: {} });
    await writer.put('web', pfx(), { tags: {} });
    await writer.delete({ type: 'key', name: 'sign' });
    await writer.delete({ type: 'cert', name: 'web' });
    expect([Object.keys(stored().keys), Object.keys(stored().certificates)]).toEqual([[], []]);
  });
});

describe('what is deleted', () => {
  it('shows its tags', async () => {
    const { writer } = await world();
    await writer.delete(DB);
    await expect(writer.deleted(DB)).resolves.toEqual({ tags: new Map([['a', 'b']]) });
  });

  it.each(['secret', 'key', 'cert'] as const)('is nothing where no such %s was deleted', async (type) => {
    const { writer } = await world();
    await expect(writer.deleted({ type, name: 'db' })).resolves.toBeUndefined();
  });

  it('is never taken for nothing where it may not be seen', async () => {
    const { writer } = await world();
    await writer.delete(DB);
    azure().vaults.deny({ object: 'db', operation: 'get', as: 'ForbiddenByPolicy' });
    const error = await portError(writer.deleted(DB));
    expect([error.kind, error.what]).toEqual([
      'Forbidden',
      'identity bbbbbbbb-0000-0000-0000-000000000001 may not see the deleted secret "db" in vault kv-shop: its access policy does not have "get" for secrets',
    ]);
  });

  it('holds its name, which is told', async () => {
    const { writer } = await world();
    await writer.delete(DB);
    const error = await portError(writer.put('db', secret('x'), { tags: {} }));
    expect([error.kind, error.code, error.uncertain, error.message]).toEqual([
      'Conflict',
      'ObjectIsDeletedButRecoverable',
      false,
      'the name of secret "db" in vault kv-shop is held by one that was deleted. Recover that (az keyvault secret recover --vault-name kv-shop --name db), or choose another name.',
    ]);
  });
});

describe('recover', () => {
  it('ends once the object can be read again', async () => {
    const { writer, context } = await world();
    await writer.delete(DB);
    azure().vaults.configure('kv-shop', { recoveryDelayMs: 5_000 });
    await writer.recover(DB);
    expect(context.clock.sleeps).toEqual([3_000, 3_000]);
    expect(stored().secrets['db']?.[0]?.value).toBe('old');
    expect(azure().vaults.requests()).toEqual([
      'DELETE /secrets/db',
      'POST /deletedsecrets/db/recover',
      'GET /secrets/db/',
      'GET /secrets/db/',
      'GET /secrets/db/',
    ]);
  });

  it('is told where it takes too long', async () => {
    const { writer } = await world();
    await writer.delete(DB);
    azure().vaults.configure('kv-shop', { recoveryDelayMs: 3_600_000 });
    const error = await portError(writer.recover(DB));
    expect([error.kind, error.uncertain, error.message]).toEqual([
      'Unavailable',
      true,
      'secret "db" was recovered and cannot be read yet after 120 s. Run again in a minute.',
    ]);
  });

  it('was carried out all the same where what it brought back may not be read', async () => {
    const { writer } = await world();
    await writer.delete(DB);
    azure().vaults.deny({ object: 'db', operation: 'get' });
    const error = await portError(writer.recover(DB));
    expect([error.kind, error.uncertain, Object.keys(stored().secrets)]).toEqual(['Forbidden', true, ['db']]);
  });

  it('is done where what it brought back is disabled', async () => {
    const { writer } = await world();
    azure().vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'x', attributes: { enabled: false } }] } } });
    await writer.delete(DB);
    await expect(writer.recover(DB)).resolves.toBeUndefined();
  });

  it('knows that nothing of that name is deleted', async () => {
    const { writer } = await world();
    const error = await portError(writer.recover(DB));
    expect([error.kind, error.what]).toEqual(['NotFound', 'there is no deleted secret "db" in vault kv-shop any more']);
  });

  it('brings back a key and a certificate', async () => {
    const { writer, read } = await world();
    await writer.put('sign', key(RSA), { tags: {} });
    await writer.put('web', pfx(), { tags: {} });
    for (const object of [
      { type: 'key', name: 'sign' },
      { type: 'cert', name: 'web' },
    ] as const) {
      await writer.delete(object);
      await writer.recover(object);
      expect((await read(object))?.version).toMatch(/^[0-9a-f]{32}$/);
    }
  });
});

type Act = (writer: ProviderWriter) => Promise<unknown>;

/** Every request that writes: on what line it is seen, what it changes, how messages call it. */
const WRITES: readonly (readonly [name: string, match: string, act: Act, noun: string])[] = [
  ['set', '^PUT /secrets', (writer) => writer.put('db', secret('x'), { tags: {} }), 'a new version of secret "db"'],
  ['import of a key', '^PUT /keys', (writer) => writer.put('new', key(RSA), { tags: {} }), 'the import of key "new"'],
  [
    'import of a certificate',
    '^POST /certificates/new/import',
    (writer) => writer.put('new', pfx(), { tags: {} }),
    'the import of certificate "new"',
  ],
  [
    'update',
    '^PATCH /secrets',
    (writer) => writer.patch({ ...DB, version: OLD }, { tags: {} }),
    'new properties of secret "db"',
  ],
  ['delete', '^DELETE /secrets', (writer) => writer.delete(DB), 'the deletion of secret "db"'],
  [
    'recover',
    '^POST /deletedsecrets/gone/recover',
    (writer) => writer.recover({ type: 'secret', name: 'gone' }),
    'the recovery of secret "gone"',
  ],
];

const GONE = { deleted: { secrets: { gone: [{ value: 'x' }] } }, secrets: { gone: null } };

async function writes(): Promise<World> {
  const made = await world();
  azure().vaults.edit({ 'kv-shop': { deleted: { secrets: { gone: null } }, secrets: { gone: null } } });
  azure().vaults.edit({ 'kv-shop': GONE });
  return made;
}

async function failing(act: Act, fault: Fault) {
  const { writer, context } = await writes();
  const before = JSON.stringify(stored());
  azure().vaults.inject(fault);
  const error = await portError(act(writer));
  const sent = azure().vaults.log.filter(({ faulty }) => faulty).length;
  const { kind, code, uncertain, message } = error;
  return {
    kind,
    code,
    uncertain,
    message,
    sent,
    sleeps: context.clock.sleeps,
    changed: JSON.stringify(stored()) !== before,
  };
}

describe.each(WRITES)('a %s', (_name, match, act, noun) => {
  it('is sent again after a 429, as late as it is asked for', async () => {
    const { writer, context } = await writes();
    azure().vaults.inject({ match, status: 429, code: 'Throttled', times: 1, retryAfter: 7 });
    await act(writer);
    expect(context.clock.sleeps).toEqual([7_000]);
  });

  it('is given up where it is throttled for ever, and was not carried out', async () => {
    expect(await failing(act, { match, status: 429, code: 'Throttled' })).toEqual({
      kind: 'Throttled',
      code: 'Throttled',
      uncertain: false,
      message: `vault kv-shop refused ${noun}: too many requests. Other clients use this vault too; run again later, or spread the schedules.`,
      sent: 4,
      sleeps: [2_000, 6_000, 18_000],
      changed: false,
    });
  });

  it('waits ten seconds while the name is being deleted or recovered, and not for ever', async () => {
    const { writer, context } = await writes();
    azure().vaults.inject({ match, status: 409, code: 'Conflict', innerCode: 'ObjectIsBeingDeleted', times: 2 });
    await act(writer);
    expect(context.clock.sleeps).toEqual([10_000, 10_000]);
    const fault = { match, status: 409, code: 'Conflict', innerCode: 'ObjectIsBeingRecovered' };
    const ended = await failing(act, fault);
    expect(ended).toMatchObject({ kind: 'Conflict', code: 'ObjectIsBeingRecovered', uncertain: false, sent: 12 });
    expect(ended.changed).toBe(false);
  });

  it.each([
    ['HTTP 500', { status: 500 }, 'Unavailable', 'Fault'],
    ['HTTP 503 of a gateway', { html: true, status: 503 }, 'Unavailable', 'HTTP503'],
    ['a cut connection', { reset: 'before' }, 'Unavailable', 'ECONNRESET'],
    ['an answer that is no JSON', { garbage: true }, 'Malformed', undefined],
    [
      'an answer about another object',
      { body: '{"id":"https://kv-shop.vault.azure.net/secrets/other/1","key":{}}' },
      'Malformed',
      undefined,
    ],
    ['a redirect', { html: true, status: 307, headers: { location: 'https://evil.example' } }, 'Malformed', 'HTTP307'],
  ] as const)('is sent once and left uncertain after %s', async (_fault, fault, kind, code) => {
    const ended = await failing(act, { match, ...fault });
    expect({ ...ended, message: '' }).toEqual({
      ...{ kind, code, uncertain: true, message: '', sent: 1, sleeps: [], changed: false },
    });
    expect(ended.message).toContain('. It may have been written all the same. ');
  });

  it.each([{ reset: 'after' }, { truncateBody: true }] as const)(
    'is sent once where it was carried out and its answer is lost (%j)',
    async (fault) => {
      const ended = await failing(act, { match, ...fault });
      expect(ended).toMatchObject({ kind: 'Unavailable', code: 'ECONNRESET', uncertain: true, sent: 1, changed: true });
    },
  );

  it('goes on after a claims challenge', async () => {
    const { writer } = await writes();
    azure().vaults.inject({ match, claims: 'eyJhIjoxfQ==', times: 1 });
    await expect(act(writer)).resolves.not.toThrow();
  });
});

describe('what an identity may not do', () => {
  const ID = 'bbbbbbbb-0000-0000-0000-000000000001';
  const OFFICERS = {
    secret: 'Key Vault Secrets Officer',
    key: 'Key Vault Crypto Officer',
    cert: 'Key Vault Certificates Officer',
  };
  const cases = [
    ['set', 'secret', 'write secret "db"', 'secrets/setSecret/action', 'set', WRITES[0]![2]],
    ['import', 'key', 'import key "new"', 'keys/import/action', 'import', WRITES[1]![2]],
    ['import', 'cert', 'import certificate "new"', 'certificates/import/action', 'import', WRITES[2]![2]],
    ['update', 'secret', 'change the properties of secret "db"', 'secrets/update/action', 'set', WRITES[3]![2]],
    ['delete', 'secret', 'delete secret "db"', 'secrets/delete', 'delete', WRITES[4]![2]],
    ['recover', 'secret', 'recover the deleted secret "gone"', 'secrets/recover/action', 'recover', WRITES[5]![2]],
  ] as const;

  it.each(cases)('%s of a %s: names the role and its command', async (operation, type, said, action, _word, act) => {
    const { writer } = await writes();
    const undo = azure().vaults.deny({ operation });
    const error = await portError(act(writer));
    undo();
    expect([error.kind, error.uncertain, error.what]).toEqual([
      'Forbidden',
      false,
      `identity ${ID} may not ${said} in vault kv-shop (Microsoft.KeyVault/vaults/${action})`,
    ]);
    expect(error.fix).toMatch(
      new RegExp(
        `^Give it "${OFFICERS[type]}" on that vault: az role assignment create --role "${OFFICERS[type]}" `,
        'u',
      ),
    );
  });

  it.each(cases)(
    '%s of a %s: names the word of the access policy',
    async (operation, type, said, _action, word, act) => {
      const { writer } = await writes();
      const undo = azure().vaults.deny({ operation, as: 'ForbiddenByPolicy' });
      const error = await portError(act(writer));
      undo();
      const name = type === 'cert' ? 'certificate' : type;
      const words = type === 'secret' ? 'get list set delete recover' : 'get list import update delete recover';
      expect([error.what, error.fix]).toEqual([
        `identity ${ID} may not ${said} in vault kv-shop: its access policy does not have "${word}" for ${name}s`,
        `az keyvault set-policy --name kv-shop --object-id ${ID} --${name}-permissions ${words}`,
      ]);
    },
  );
});

describe('what a vault does not take', () => {
  const tags = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`t${index}`, 'x']));
  const SAID = 'vault kv-shop does not take';
  it.each([
    [
      '16 tags',
      (writer) => writer.put('db', secret('canary'), { tags }),
      `${SAID} a new version of secret "db" (BadParameter, HTTP 400): its tags. There may be 15 tags, with names and values of 256 characters at most.`,
    ],
    [
      '25,601 bytes',
      (writer) => writer.put('db', secret('x'.repeat(25_601)), { tags: {} }),
      `${SAID} a new version of secret "db" (BadParameter, HTTP 400): its length. A secret holds 25,600 bytes at most, a content type 255 characters.`,
    ],
    [
      'a name',
      (writer) => writer.put('a_b', secret('x'), { tags: {} }),
      `${SAID} a new version of secret "a_b" (BadParameter, HTTP 400): its name. Names have letters, digits and hyphens, 127 at most.`,
    ],
    [
      'a symmetric key',
      (writer) => writer.put('new', key({ kty: 'oct', k: 'AAAA' }), { tags: {} }),
      `${SAID} the import of key "new" (BadParameter, HTTP 400): the type of the key. Key Vault takes RSA keys of 2048, 3072 and 4096 bits, and EC keys on P-256, P-384, P-521 and P-256K.`,
    ],
    [
      'a wrong password',
      (writer) => writer.put('new', lockedPfx('wrong'), { tags: {} }),
      `${SAID} the import of certificate "new" (BadParameter, HTTP 400): its PKCS#12 cannot be read. Check the file, and that its password is given and right.`,
    ],
    [
      'a PEM without a key',
      (writer) =>
        writer.put('new', { type: 'cert', format: 'pem', value: SecretValue.ofText(issued.certificate) }, { tags: {} }),
      `${SAID} the import of certificate "new" (BadParameter, HTTP 400): its PEM cannot be read. A PEM needs the certificate and its private key as PKCS#8, and contentType application/x-pem-file.`,
    ],
    [
      'a certificate with the name of a secret',
      (writer) => writer.put('db', pfx(), { tags: {} }),
      'vault kv-shop does not take certificate "db": there is a secret or a key of that name, which no certificate made. Choose another name, or delete that secret and key first.',
    ],
  ] satisfies readonly (readonly [string, Act, string])[])(
    '%s: says what it is and the rule',
    async (_case, act, message) => {
      const { writer } = await world();
      const before = stored();
      const error = await portError(act(writer));
      expect([error.message, error.uncertain]).toEqual([message, false]);
      expect(stored()).toEqual(before);
    },
  );
});

describe('a value', () => {
  const first = async () => {
    const started = run();
    clock = started.context.clock;
    return (await started.open()).writer!;
  };

  it('never leaves before there is a token', async () => {
    await (await first()).put('db', secret('x'), { tags: {} });
    expect(azure().vaults.challenges).toEqual({ count: 1, withBody: 0 });
  });

  it('never leaves before there is a token, also after a first request that was lost', async () => {
    const writer = await first();
    azure().proxy.unreachable.add('kv-shop.vault.azure.net');
    const lost = await portError(writer.put('new', secret('lost'), { tags: {} }));
    azure().proxy.unreachable.clear();
    await writer.put('new', secret('x'), { tags: {} });
    expect([lost.kind, lost.uncertain]).toEqual(['Unavailable', false]);
    expect(azure().vaults.challenges).toEqual({ count: 1, withBody: 0 });
    expect(stored().secrets['new']?.at(-1)?.value).toBe('x');
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'PROXY_HTTP_502'])(
    'that never left (%s) leaves nothing uncertain',
    async (code) => {
      const { toPortError } = await import('../../../src/adapters/azure/to-port-error.ts');
      const { WireFailure } = await import('../../../src/adapters/azure/wire.ts');
      const { knownCloud } = await import('../../../src/adapters/azure/cloud.ts');
      const request = {
        ...{ vault: 'vault kv-shop', vaultName: 'kv-shop', host: 'kv-shop.vault.azure.net', action: 'set' as const },
        ...{ cloud: knownCloud('PublicCloud'), type: 'secret' as const, name: 'db' },
      };
      expect(toPortError(new WireFailure(code), request).uncertain).toBe(false);
    },
  );
});

describe('a vault in an outage', () => {
  it('is not asked for a while, and what was not sent is not uncertain', async () => {
    const { writer } = await world();
    azure().vaults.inject({ match: '^PUT', status: 500 });
    const put = () => portError(writer.put('db', secret('x'), { tags: {} }));
    const errors = [await put(), await put(), await put(), await put()];
    expect(errors.map(({ uncertain }) => uncertain)).toEqual([true, true, true, false]);
    expect(azure().vaults.requests()).toHaveLength(3);
  });
});

describe('new versions', () => {
  it('stay below 300 in ten seconds, and what makes none does not wait for them', async () => {
    const started = run();
    clock = started.context.clock;
    const { writer } = await started.open({ vaultUrl: 'https://kv-paced.vault.azure.net' });
    // The challenge is one of the first 270.
    for (let count = 0; count < 269; count += 1) await writer!.put('db', secret('x'), { tags: {} });
    await writer!.delete({ type: 'secret', name: 'other' });
    expect(clock.sleeps).toEqual([]);
    await writer!.put('db', secret('x'), { tags: {} });
    expect(clock.sleeps).toEqual([10_000]);
  });
});
