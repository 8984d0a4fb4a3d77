/** What every vault that can be written must do: the fake of the engine tests, and Key Vault behind its adapter. */
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import type { VaultContent } from '../../src/core/model/vault-object.ts';
import type { FetchedObject, RemoteType } from '../../src/core/model/vault.ts';
import { PortError } from '../../src/ports/errors.ts';
import type { Provider, ProviderWriter } from '../../src/ports/provider.ts';
import { loopbackAuthority, toPkcs12 } from '../servers/index.ts';

export interface VaultUnderTest {
  readonly name: string;
  /** An empty vault, and nothing deleted in it. */
  readonly open: () => Promise<Provider>;
  readonly close?: () => Promise<void>;
}

const issued = loopbackAuthority().issue('shop.example.com');
const LEAF = Buffer.from(issued.certificate.replaceAll(/-----[^-]+-----|\s/gu, ''), 'base64');
const LOCKED = toPkcs12(issued, 'pass word');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const secret = (text: string): VaultContent => ({ type: 'secret', value: SecretValue.ofText(text) });
const key = (): VaultContent => ({
  type: 'key',
  jwk: SecretValue.ofText(JSON.stringify(privateKey.export({ format: 'jwk' }))),
});
const certificate = (password: string): VaultContent => ({
  ...{ type: 'cert', format: 'pkcs12', value: SecretValue.of(LOCKED) },
  password: SecretValue.ofText(password),
});
const CONTENTS: readonly (readonly [RemoteType, () => VaultContent])[] = [
  ['secret', () => secret('horse')],
  ['key', key],
  ['cert', () => certificate('pass word')],
];
const TAGS = { team: 'shop' };

function textOf(found: FetchedObject | undefined): string | undefined {
  return found?.value === undefined ? undefined : Buffer.from(found.value.reveal()).toString();
}

async function kindOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'done';
  } catch (error) {
    if (error instanceof PortError) return error.kind;
    throw error;
  }
}

export function describeVault({ name, open, close }: VaultUnderTest): void {
  describe(`vault: ${name}`, () => {
    let vault: Provider;
    let writer: ProviderWriter;

    beforeEach(async () => {
      vault = await open();
      writer = vault.writer!;
    });
    afterEach(async () => {
      await close?.();
    });

    it.each(CONTENTS)('tells of a new %s all but its value', async (type, content) => {
      const answer = await writer.put('new', content(), { tags: TAGS, expires: 4_102_444_800 });
      const found = await vault.get({ type, name: 'new' });
      expect(answer.value).toBeUndefined();
      expect([answer.version, answer.tags, answer.attributes.expires]).toEqual([
        found?.version,
        new Map(Object.entries(TAGS)),
        4_102_444_800,
      ]);
      expect([found?.tags, found?.attributes.expires]).toEqual([answer.tags, answer.attributes.expires]);
    });

    it('gives the value of a secret, the public half of a key, and the leaf of a certificate', async () => {
      for (const [type, content] of CONTENTS) await writer.put(type, content(), { tags: {} });
      expect(textOf(await vault.get({ type: 'secret', name: 'secret' }))).toBe('horse');
      const { x, y } = publicKey.export({ format: 'jwk' });
      const jwk = JSON.parse(textOf(await vault.get({ type: 'key', name: 'key' })) ?? '') as object;
      expect(jwk).toMatchObject({ kty: 'EC', crv: 'P-256', x, y });
      expect(jwk).not.toHaveProperty('d');
      const cert = await vault.get({ type: 'cert', name: 'cert' });
      expect(cert?.value?.equals(SecretValue.of(LEAF))).toBe(true);
    });

    it('makes a version with each put, and keeps those before', async () => {
      const first = await writer.put('db', secret('1'), { tags: {} });
      const second = await writer.put('db', secret('2'), { tags: {} });
      expect(second.version).not.toBe(first.version);
      expect(textOf(await vault.get({ type: 'secret', name: 'db' }))).toBe('2');
      expect(textOf(await vault.get({ type: 'secret', name: 'db', version: first.version ?? '' }))).toBe('1');
    });

    it.each(CONTENTS)('patches the tags of a %s without a new version', async (type, content) => {
      const { version = '' } = await writer.put('db', content(), { tags: { old: 'x' } });
      await writer.patch({ type, name: 'db', version }, { tags: TAGS });
      const found = await vault.get({ type, name: 'db' });
      expect([found?.version, found?.tags]).toEqual([version, new Map(Object.entries(TAGS))]);
    });

    it('clears neither content type nor expiry by a patch', async () => {
      const properties = { tags: {}, contentType: 'text/plain', expires: 4_102_444_800 };
      const { version = '' } = await writer.put('db', secret('1'), properties);
      const object = { type: 'secret', name: 'db', version } as const;
      const answer = await writer.patch(object, { tags: {}, contentType: '', expires: null });
      expect([answer.contentType, answer.attributes.expires]).toEqual(['text/plain', 4_102_444_800]);
      const changed = await writer.patch(object, { tags: {}, contentType: 'text/html', expires: 4_102_444_801 });
      expect([changed.contentType, changed.attributes.expires]).toEqual(['text/html', 4_102_444_801]);
    });

    it.each(CONTENTS)('keeps the name of a deleted %s until it is recovered', async (type, content) => {
      const { version } = await writer.put('db', content(), { tags: TAGS });
      await writer.delete({ type, name: 'db' });
      expect(await vault.get({ type, name: 'db' })).toBeUndefined();
      expect(await writer.deleted({ type, name: 'db' })).toEqual({ tags: new Map(Object.entries(TAGS)) });
      expect(await kindOf(writer.put('db', content(), { tags: {} }))).toBe('Conflict');
      await writer.recover({ type, name: 'db' });
      expect((await vault.get({ type, name: 'db' }))?.version).toBe(version);
      expect(await writer.deleted({ type, name: 'db' })).toBeUndefined();
    });

    it.each(CONTENTS)('takes the deletion of a %s that is not there for done', async (type) => {
      await writer.delete({ type, name: 'absent' });
      expect(await writer.deleted({ type, name: 'absent' })).toBeUndefined();
    });

    it('gives a certificate a secret and a key of its name, which nobody else writes', async () => {
      await writer.put('site', certificate('pass word'), { tags: {} });
      for (const type of ['secret', 'key'] as const) {
        expect((await vault.get({ type, name: 'site' }))?.managed).toBe(true);
        expect(await kindOf(writer.put('site', type === 'key' ? key() : secret('1'), { tags: {} }))).not.toBe('done');
      }
      await writer.delete({ type: 'cert', name: 'site' });
      expect(await vault.get({ type: 'secret', name: 'site' })).toBeUndefined();
    });

    it('imports no PKCS#12 with a wrong password', async () => {
      expect(await kindOf(writer.put('site', certificate('wrong'), { tags: {} }))).toBe('Invalid');
      expect(await vault.get({ type: 'cert', name: 'site' })).toBeUndefined();
    });

    it('imports no certificate where a secret has its name', async () => {
      await writer.put('site', secret('1'), { tags: {} });
      expect(await kindOf(writer.put('site', certificate('pass word'), { tags: {} }))).toBe('Conflict');
      expect(textOf(await vault.get({ type: 'secret', name: 'site' }))).toBe('1');
    });
  });
}
