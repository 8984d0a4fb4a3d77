import { describe, expect, it } from '@jest/globals';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { loopbackAuthority } from '../../servers/index.ts';
import { useLoopback, textOf } from './loopback.ts';
import { portError } from './support.ts';

const VERSION = '0123456789abcdef0123456789abcdef';
const { certificate } = loopbackAuthority().issue('web');
const CER = certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '');
const OLD_CER = loopbackAuthority()
  .issue('web-old')
  .certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '');
const JWK = { kty: 'RSA', n: 'xy_-0', e: 'AQAB', key_ops: ['verify'] };
const many = Array.from({ length: 60 }, (_, index) => `many-${String(index).padStart(2, '0')}`);

const { azure, run } = useLoopback({
  vaults: {
    'kv-shop': {
      secrets: {
        'db-password': [
          { value: 'old', version: VERSION },
          {
            value: 'hünter2\n',
            tags: { team: 'shop', empty: null },
            attributes: { exp: 1_900_000_000, nbf: 1_700_000_000 },
          },
        ],
        off: [{ value: 'x', attributes: { enabled: false } }],
      },
      keys: { sign: [{ jwk: { ...JWK, n: 'old-_0' }, version: VERSION }, { jwk: JWK }] },
      certificates: { web: [{ cer: OLD_CER, version: VERSION }, { cer: CER }] },
    },
    'kv-many': {
      secrets: Object.fromEntries(many.map((name) => [name, [{ value: 'x' }]])),
      pageSize: 25,
      emptyPageAfter: 1,
    },
    'kv-empty': {},
    'kv-managed': { secrets: { own: [{ value: 'x' }], web: [{ value: 'x', managed: true }] } },
  },
});

describe('get', () => {
  it('reads a secret with version, tags and times, and masks it', async () => {
    const { context, open } = run();
    const found = await (await open()).get({ type: 'secret', name: 'db-password' });
    expect(textOf(found)).toBe('hünter2\n');
    expect(found).toMatchObject({
      version: expect.stringMatching(/^[0-9a-f]{32}$/),
      attributes: {
        expires: 1_900_000_000,
        notBefore: 1_700_000_000,
        created: expect.any(Number),
        updated: expect.any(Number),
      },
      tags: new Map([
        ['team', 'shop'],
        ['empty', null],
      ]),
    });
    expect(context.masker.hasMasked('hünter2\n')).toBe(true);
    expect(context.logger.text()).toBe('');
    expect(azure().vaults.requests()).toEqual(['GET /secrets/db-password/']);
  });

  it('reads one version', async () => {
    const found = await (await run().open()).get({ type: 'secret', name: 'db-password', version: VERSION });
    expect([textOf(found), found!.version]).toEqual(['old', VERSION]);
  });

  it('reads a certificate as DER', async () => {
    const found = await (await run().open()).get({ type: 'cert', name: 'web' });
    expect(Buffer.from(found!.value!.reveal()).toString('base64')).toBe(CER);
    expect(found!.version).toMatch(/^[0-9a-f]{32}$/);
  });

  it('reads one version of a certificate', async () => {
    const found = await (await run().open()).get({ type: 'cert', name: 'web', version: VERSION });
    expect(Buffer.from(found!.value!.reveal()).toString('base64')).toBe(OLD_CER);
  });

  it('reads a key as compact JSON with its strings untouched', async () => {
    const found = await (await run().open()).get({ type: 'key', name: 'sign' });
    const kid = `https://kv-shop.vault.azure.net/keys/sign/${found!.version!}`;
    expect(textOf(found)).toBe(`{"kid":"${kid}","kty":"RSA","key_ops":["verify"],"n":"xy_-0","e":"AQAB"}`);
  });

  it('reads one version of a key', async () => {
    const found = await (await run().open()).get({ type: 'key', name: 'sign', version: VERSION });
    expect(textOf(found)).toContain('"n":"old-_0"');
  });

  it.each([
    { type: 'secret', name: 'absent' },
    { type: 'secret', name: 'db-password', version: 'f'.repeat(32) },
    { type: 'key', name: 'absent' },
    { type: 'cert', name: 'absent' },
  ] as const)('knows that %j is absent', async (object) => {
    await expect((await run().open()).get(object)).resolves.toBeUndefined();
  });

  it.each([
    ['secret', 'secrets', { id: 'https://kv-shop.vault.azure.net/secrets/db-password/1', attributes: {} }],
    ['key', 'keys', { attributes: {} }],
    ['key', 'keys', { key: null }],
  ] as const)('takes a %s without what it is for garbled: %#', async (type, collection, body) => {
    azure().vaults.inject({ match: `^GET /${collection}/`, body: JSON.stringify(body) });
    const error = await portError((await run().open()).get({ type, name: 'db-password' }));
    expect([error.kind, error.what]).toEqual([
      'Malformed',
      `vault kv-shop answered ${type} "db-password" with something that is not Key Vault's JSON`,
    ]);
  });

  it.each(['.', '..'])('refuses the name "%s" without asking', async (name) => {
    const error = await portError((await run().open()).get({ type: 'secret', name }));
    expect([error.kind, error.what]).toEqual(['Invalid', `"${name}" cannot be the name of a vault object`]);
    expect(azure().vaults.challenges.count).toBe(0);
  });

  it('leaves the judgement of an empty name to the vault', async () => {
    const error = await portError((await run().open()).get({ type: 'secret', name: '' }));
    expect([error.kind, error.code]).toEqual(['Invalid', 'BadParameter']);
    expect(azure().vaults.requests()).toEqual(['GET /secrets//']);
  });

  it('escapes a name instead of refusing it', async () => {
    const error = await portError((await run().open()).get({ type: 'secret', name: 'a b/../c' }));
    expect([error.kind, error.code]).toEqual(['Invalid', 'BadParameter']);
  });

  it.each(['/', '///'])('tolerates %s at the end of vaultUrl', async (slashes) => {
    const provider = await run().open({ vaultUrl: `https://kv-shop.vault.azure.net${slashes}` });
    expect(textOf(await provider.get({ type: 'secret', name: 'db-password' }))).toBe('hünter2\n');
    expect(azure().vaults.requests()).toEqual(['GET /secrets/db-password/']);
  });

  it('asks in the version of the service that is set', async () => {
    await (await run({ serviceVersion: '7.5' }).open()).get({ type: 'secret', name: 'db-password' });
    await (await run().open()).get({ type: 'key', name: 'sign' });
    expect(azure().vaults.log.map(({ apiVersion }) => apiVersion)).toEqual(['7.5', '7.4']);
  });
});

describe('list', () => {
  it('reads every page, also behind an empty one', async () => {
    const names = (await (await run().open({ vaultUrl: 'https://kv-many.vault.azure.net' })).list()).map(
      ({ name }) => name,
    );
    expect(names).toEqual(many);
  });

  it('gives names, states, tags and times, never a value', async () => {
    const listed = await (await run().open()).list();
    expect(listed.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['db-password', true],
      ['off', false],
    ]);
    expect(listed[0]).toMatchObject({
      tags: new Map([
        ['team', 'shop'],
        ['empty', null],
      ]),
      attributes: { expires: 1_900_000_000, notBefore: 1_700_000_000 },
    });
    expect(JSON.stringify(listed)).not.toContain('hünter2');
  });

  it.each([
    ['cert', 'certificates', ['web']],
    ['key', 'keys', ['sign']],
  ] as const)('of type %s is that of /%s, without values', async (type, collection, names) => {
    const listed = await (await run().open()).list(type);
    expect(listed.map(({ name }) => name)).toEqual(names);
    expect(JSON.stringify(listed)).not.toContain(type === 'cert' ? CER : JWK.n);
    expect(azure().vaults.requests('kv-shop').at(-1)).toBe(`GET /${collection}`);
  });

  it('says which secrets belong to a certificate', async () => {
    const listed = await (await run().open({ vaultUrl: 'https://kv-managed.vault.azure.net' })).list();
    expect(listed.map(({ name, managed }) => [name, managed])).toEqual([
      ['own', undefined],
      ['web', true],
    ]);
  });

  it('names the right that is missing for a list of certificates', async () => {
    azure().vaults.inject({
      match: '^GET /certificates$',
      status: 403,
      code: 'Forbidden',
      innerCode: 'ForbiddenByRbac',
    });
    const error = await portError((await run().open()).list('cert'));
    expect([error.kind, error.what]).toEqual([
      'Forbidden',
      expect.stringMatching(/ may not read the list of certificates in vault kv-shop/u),
    ]);
    expect(error.fix).toContain('Key Vault Certificate User');
  });

  it('is none that holds objects of another type', async () => {
    const body = JSON.stringify({ value: [{ id: 'https://kv-shop.vault.azure.net/keys/sign' }] });
    azure().vaults.inject({ match: '^GET /secrets$', body });
    const error = await portError((await run().open()).list());
    expect([error.kind, error.what]).toEqual([
      'Malformed',
      'vault kv-shop answered the list of secrets with another object or version than was asked for',
    ]);
  });

  it('is empty for an empty vault', async () => {
    await expect((await run().open({ vaultUrl: 'https://kv-empty.vault.azure.net' })).list()).resolves.toEqual([]);
  });

  it('is refused when it continues on another host, which is never asked', async () => {
    azure().vaults.inject({ match: '^GET /secrets$', nextLinkHost: 'evil.vault.azure.net' });
    const error = await portError((await run().open({ vaultUrl: 'https://kv-many.vault.azure.net' })).list());
    expect([error.kind, error.what]).toEqual([
      'Malformed',
      'vault kv-many continued its list on another host (evil.vault.azure.net)',
    ]);
    expect(azure().proxy.connects.map(({ host }) => host)).not.toContain('evil.vault.azure.net');
  });

  it('fails when one page fails, and gives nothing of the others', async () => {
    azure().vaults.inject({
      match: '^GET /secrets\\?\\$skiptoken',
      status: 403,
      code: 'Forbidden',
      innerCode: 'ForbiddenByPolicy',
    });
    const error = await portError((await run().open({ vaultUrl: 'https://kv-many.vault.azure.net' })).list());
    expect([error.kind, error.code]).toEqual(['Forbidden', 'ForbiddenByPolicy']);
  });

  it('repeats the one page that was throttled', async () => {
    azure().vaults.inject({ match: '^GET /secrets\\?\\$skiptoken', status: 429, code: 'Throttled', times: 1 });
    const { context, open } = run();
    await expect((await open({ vaultUrl: 'https://kv-many.vault.azure.net' })).list()).resolves.toHaveLength(60);
    expect(context.clock.sleeps).toEqual([2_000]);
  });
});

describe('the first request of a client', () => {
  it('goes alone until its challenge is done', async () => {
    const provider = await run().open({ vaultUrl: 'https://kv-many.vault.azure.net' });
    await Promise.all(many.slice(0, 20).map((name) => provider.get({ type: 'secret', name })));
    expect(azure().vaults.challenges.count).toBe(1);
    expect(azure().vaults.log).toHaveLength(20);
  });

  it('is shared by all stores of the same vault and identity', async () => {
    const { open } = run();
    const first = await open({}, { kind: 'SecretStore', namespace: 'shop', name: 'a' });
    const second = await open({}, { kind: 'ClusterSecretStore', name: 'b' });
    expect(second.key).toBe(first.key);
    await first.get({ type: 'secret', name: 'db-password' });
    await second.get({ type: 'secret', name: 'db-password' });
    expect(azure().vaults.challenges.count).toBe(1);
  });
});

describe('the description of a vault', () => {
  it('names it by its host', async () => {
    expect((await run().open()).description).toBe('vault kv-shop');
  });
});

describe('the writer of a vault', () => {
  it('is about the vault that was opened', async () => {
    const { writer } = await run().open();
    await writer?.put('written', { type: 'secret', value: SecretValue.ofText('v') }, { tags: {} });
    expect(azure().vaults.snapshot('kv-shop').secrets['written']).toMatchObject([{ value: 'v' }]);
    azure().vaults.deny({ object: 'written', operation: 'delete' });
    await expect(writer?.delete({ type: 'secret', name: 'written' })).rejects.toMatchObject({
      what: expect.stringContaining('may not delete secret "written" in vault kv-shop') as unknown,
    });
  });
});
