/**
 * Whatever a Secret or a vault holds, what a PushSecret makes of it is a value or a fault, soon, with no piece of the
 * value in it; and members of a JSON object that are not ours keep every byte.
 *
 * FUZZ_RUNS sets how many are tried; a failure prints what.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { messageText, type Message } from '../../src/core/model/message.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import { certificateContent } from '../../src/core/push/certificate-content.ts';
import { expandEntries } from '../../src/core/push/expand.ts';
import { memberNames, readMember, setMembers, wholeSecretJson } from '../../src/core/push/json-object.ts';
import { keyContent, samePublicKey } from '../../src/core/push/key-content.ts';
import { secretText } from '../../src/core/push/secret-text.ts';
import { createCertificate } from '../../src/core/template/functions/pki/create-certificate.ts';
import { encodePem } from '../../src/core/template/functions/pki/pem.ts';
import { TEMPLATE_ENVIRONMENT } from '../builders/template-environment.ts';
import { pushIntent } from '../core/push/push-intent.ts';
import { fixture, fixtureAsBase64 } from '../core/template/functions/fixtures.ts';
import { busyMs, runs } from './fuzz-runs.ts';

const LONGEST_MS = 1_000;

function soon<T>(run: () => T): T {
  const before = busyMs();
  const result = run();
  expect(busyMs() - before).toBeLessThan(LONGEST_MS);
  return result;
}

const names = fc.oneof(
  fc.constantFrom('a', 'b', 'a.b', '__proto__', '', 'é', '"', '\ud800', 'toString'),
  fc.string({ unit: 'binary' }),
);
const spaces = fc.stringMatching(/^[ \t\r\n]{0,3}$/u);

/** Every code unit as an escape. */
function escaped(text: string): string {
  return text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** An object as text, with equal names, odd spaces and any escapes. */
const objects = fc
  .array(fc.tuple(names, fc.json({ depthSize: 'small' }), spaces, spaces, fc.boolean()), { maxLength: 6 })
  .map((members) => {
    const texts = members.map(([name, json, before, after, escapes]) => {
      const key = escapes ? `"${escaped(name)}"` : JSON.stringify(name);
      return `${before}${key}${after}:${before}${json}${after}`;
    });
    return `{${texts.join(',')}}`;
  });

/** Names and values in order, as they are written. */
function writtenMembers(text: string): readonly (readonly [string, string])[] {
  return (memberNames(text) ?? []).map((name) => [name, readMember(text, name)?.json ?? '']);
}

describe('members of a JSON object', () => {
  it('are set and taken away, and all others stay to the byte', () => {
    fc.assert(
      fc.property(
        objects,
        fc.array(fc.tuple(names, fc.string({ unit: 'binary' })), { maxLength: 3 }),
        fc.array(names, { maxLength: 3 }),
        (text, set, remove) => {
          const wanted = new Map(set.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]));
          const gone = new Set(remove.map((name) => name.toWellFormed()));
          const result = setMembers(text, wanted, remove);
          if ('fault' in result) throw new Error('an object was refused');
          JSON.parse(result.text);
          const isOurs = (name: string): boolean => wanted.has(name) || gone.has(name);
          const others = (one: string) => writtenMembers(one).filter(([name]) => !isOurs(name));
          expect(others(result.text)).toEqual(others(text));
          for (const [name, value] of wanted) expect(readMember(result.text, name)?.text).toBe(value);
          for (const name of gone) if (!wanted.has(name)) expect(readMember(result.text, name)).toBeUndefined();
          expect(setMembers(result.text, wanted, remove)).toEqual(result);
        },
      ),
      runs(1),
    );
  });

  it('agree with JSON.parse on what is an object', () => {
    const soup = fc.array(fc.constantFrom(...Array.from('{}[]",:\\ \n-1.e'), 'true', '"a"', '{}', '\u2028'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          soup.map((parts) => parts.join('')),
          objects,
        ),
        (text) => {
          expect(memberNames(text) !== undefined).toBe(isObject(text));
          expect('fault' in setMembers(text, new Map([['x', '']]), [])).toBe(!isObject(text));
        },
      ),
      runs(1),
    );
  });

  function isObject(text: string): boolean {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    } catch {
      return false;
    }
  }

  it('take time that grows with the text only', () => {
    const many = `{${Array.from({ length: 100_000 }, (_, index) => `"k":${index}`).join(',')}}`;
    const nested = `{"a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`;
    const open = '{"a":'.repeat(100_000);
    for (const text of [many, nested, open, `{${' '.repeat(1_000_000)}`, `{"${'\\'.repeat(1_000_000)}`]) {
      soon(() => setMembers(text, new Map([['k', 'x']]), ['a']));
    }
  });
});

describe('the JSON of a whole Secret', () => {
  it('is read back as the texts that went in', () => {
    const secrets = fc.dictionary(names, fc.uint8Array({ maxLength: 30 }), { maxKeys: 6 });
    fc.assert(
      fc.property(secrets, (data) => {
        const values = new Map(Object.entries(data).map(([key, bytes]) => [key.toWellFormed(), bytes]));
        const json = wholeSecretJson(new Map([...values].map(([key, bytes]) => [key, SecretValue.of(bytes)])));
        const read = new Map(
          Object.entries(JSON.parse(Buffer.from(json.reveal()).toString()) as Record<string, string>),
        );
        expect([...read.keys()].sort()).toEqual([...values.keys()].sort());
        for (const [key, bytes] of values) if (isUtf8(bytes)) expect(read.get(key)).toBe(Buffer.from(bytes).toString());
      }),
      runs(1),
    );
  });

  function isUtf8(bytes: Uint8Array): boolean {
    return Buffer.from(Buffer.from(bytes).toString()).equals(bytes);
  }
});

const files = ['leaf.key', 'leaf.pkcs1.key', 'ecleaf.sec1.key', 'leaf.crt', 'int.crt', 'leaf.enc.key', 'ed.key'].map(
  (name) => fixture(name),
);
const archives = ['chain-unordered.p12', 'nopw-modern.p12', 'ec-legacy.p12', 'leaf.der'].map((name) =>
  Buffer.from(fixtureAsBase64(name), 'base64'),
);
const texts = fc
  .array(fc.oneof(fc.constantFrom(...files), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 4 })
  .map((parts) => Buffer.from(parts.join('')));

/** PEM and archives with some of them cut, doubled or changed. */
const values = fc
  .tuple(
    fc.oneof(texts, fc.constantFrom(...archives)),
    fc.nat(4_000),
    fc.nat(40),
    fc.uint8Array({ maxLength: 4 }),
    fc.boolean(),
  )
  .map(([bytes, at, length, insert, isWhole]) =>
    isWhole
      ? new Uint8Array(bytes)
      : new Uint8Array(Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + length)])),
  );

/** No line of a fault may be one of the value. */
function expectNoLeak(fault: { readonly what: Message; readonly fix: Message }, bytes: Uint8Array): void {
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split(/[\r\n]+/u)
    .filter((line) => line.length > 20 && !line.startsWith('-----'));
  for (const line of lines) expect(`${messageText(fault.what)} ${messageText(fault.fix)}`.includes(line)).toBe(false);
}

describe('keys and certificates', () => {
  it('are made or refused, soon, without a piece of the value', () => {
    fc.assert(
      fc.property(values, fc.option(fc.constantFrom('pw', '', 'x')), fc.boolean(), (bytes, password, isPem) => {
        const key = soon(() => keyContent(bytes));
        if ('code' in key) expectNoLeak(key, bytes);
        else expect(samePublicKey(key.jwk, key.publicKey)).toBe(true);
        const options = {
          ...(password === null ? {} : { password: SecretValue.ofText(password) }),
          ...(isPem ? { contentType: 'application/x-pem-file' } : {}),
          environment: TEMPLATE_ENVIRONMENT,
        };
        const certificate = soon(() => certificateContent(bytes, options));
        if ('code' in certificate) expectNoLeak(certificate, bytes);
        else expect(certificate.leaf.length).toBeGreaterThan(0);
        secretText(SecretValue.of(bytes), { binary: 'base64' });
      }),
      runs(0.25),
    );
  });

  it('of many certificates take no long time', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const made = (key: KeyObject, serial: number): string => {
      const times = { notBefore: 0n, notAfter: 4_000_000_000n * 1_000_000_000n };
      const names = { commonName: 'n', ipAddresses: [], dnsNames: [], isAuthority: true };
      const serialNumber = Uint8Array.of(1, serial >> 8, serial & 0xff);
      return encodePem(
        'CERTIFICATE',
        createCertificate({ ...names, ...times, serialNumber, key: { kind: 'signing', key } }),
      );
    };
    const pem = encodePem('PRIVATE KEY', privateKey.export({ type: 'pkcs8', format: 'der' }));
    // All of one name: each may have issued each.
    const certificates = Array.from({ length: 100 }, (_, index) => made(index % 2 === 0 ? privateKey : other, index));
    const value = new Uint8Array(Buffer.from(`${certificates.join('')}${pem}`));
    expect(soon(() => certificateContent(value, { environment: TEMPLATE_ENVIRONMENT }))).toMatchObject({
      code: 'certificate-chain',
    });
    const more = new Uint8Array(Buffer.from(`${certificates.join('').repeat(10)}${pem}`));
    expect(soon(() => certificateContent(more, { environment: TEMPLATE_ENVIRONMENT }))).toMatchObject({
      what: 'holds 1000 certificates, and at most 100 are looked at',
    });
  });
});

describe('entries', () => {
  it('make each place once, whatever patterns and names there are', () => {
    const words = fc.constantFrom(
      'a',
      'b',
      'a-b',
      '_U0041_',
      '',
      '(',
      '.*',
      '^a',
      '$1',
      '{{ .value }}',
      '{{',
      '{{ fail "x" }}',
      '(?=a)',
      'x/',
    );
    const rewrites = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('regexp' as const), source: words, target: words }),
        fc.record({ kind: fc.constant('transform' as const), template: words }),
      ),
      { maxLength: 2 },
    );
    const conversion = fc.constantFrom('None' as const, 'ReverseUnicode' as const);
    const dataTo = fc.record({
      match: words,
      remoteKey: fc.constantFrom('', '', 'all', 'a'),
      rewrite: rewrites,
      conversion,
    });
    const data = fc.record({
      secretKey: words,
      remoteKey: fc.constantFrom('a', 'b', 'all'),
      property: fc.constantFrom('', 'p'),
      conversion,
    });
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'a-b', '_U0041_', 'A', 'a_U002d_b', '_Ud83d_'), {
      maxLength: 6,
    });
    const store = { key: 'SecretStore/kv', ref: { kind: 'SecretStore', name: 'kv' }, labels: {} } as const;
    fc.assert(
      fc.property(fc.array(dataTo, { maxLength: 3 }), fc.array(data, { maxLength: 3 }), keys, (many, some, present) => {
        const secret = new Map(present.map((key) => [key, SecretValue.ofText(`value of ${key}`)]));
        const { items, faults } = soon(() =>
          expandEntries(pushIntent({ dataTo: many, data: some }), store, secret, TEMPLATE_ENVIRONMENT),
        );
        const places = items.map(({ remoteKey, property }) => JSON.stringify([remoteKey, property]));
        expect(new Set(places).size).toBe(places.length);
        const faulty = new Set(faults.map(({ path }) => JSON.stringify(path.slice(0, 3))));
        expect(items.filter(({ field }) => faulty.has(JSON.stringify(field)))).toEqual([]);
        expect(items.every(({ remoteKey }) => remoteKey !== '')).toBe(true);
      }),
      runs(1),
    );
  });
});
