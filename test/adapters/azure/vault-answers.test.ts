/**
 * Everything that can come in the place of an answer, for a read and for a list: present, absent or unknown.
 *
 * Absent takes keys and Secrets away, so that one row alone may lead there.
 */
import { describe, expect, it } from '@jest/globals';
import { PortError } from '../../../src/ports/errors.ts';
import { useLoopback } from './loopback.ts';
import type { Fault } from '../../servers/index.ts';

const VERSION = '0123456789abcdef0123456789abcdef';
const { azure, run } = useLoopback({
  vaults: {
    'kv-shop': {
      secrets: { db: [{ value: 'x', version: VERSION }] },
      keys: { db: [{ jwk: { kty: 'RSA', n: 'x', e: 'AQAB' } }] },
    },
  },
});

type Meaning = 'present' | 'absent' | 'unknown';
type Answer = Omit<Fault, 'match'>;

const vault = 'https://kv-shop.vault.azure.net';
const secret = (id: string): Answer => ({ body: JSON.stringify({ id, value: 'other', attributes: {} }) });
const page = (value: unknown, more: object = {}): Answer => ({ body: JSON.stringify({ value, ...more }) });

const STATUSES = [
  ...[201, 202, 203, 204, 206, 301, 302, 303, 307, 308, 400, 401, 402, 403, 405, 406, 407, 408, 409, 410, 411, 412],
  ...[
    413, 414, 415, 416, 418, 421, 422, 423, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 507, 508, 511,
  ],
];

const ROWS: readonly (readonly [answer: string, fault: Answer, read: Meaning, list: Meaning])[] = [
  ['the object', secret(`${vault}/secrets/db/${VERSION}`), 'present', 'unknown'],
  ['the object in other letters', secret(`${vault}/secrets/DB/${VERSION.toUpperCase()}`), 'present', 'unknown'],
  ['the object by another host', secret(`https://kv-shop.example.com/secrets/db/${VERSION}`), 'present', 'unknown'],
  ['another object', secret(`${vault}/secrets/ANOTHER/1`), 'unknown', 'unknown'],
  ['an object whose name only begins so', secret(`${vault}/secrets/db2/1`), 'unknown', 'unknown'],
  ['an object of another type', secret(`${vault}/keys/db/1`), 'unknown', 'unknown'],
  ['a deleted object', secret(`${vault}/deletedsecrets/db`), 'unknown', 'unknown'],
  ['an object without an id', { body: '{"value":"other"}' }, 'unknown', 'unknown'],
  ['an object whose id is no address', secret('db'), 'unknown', 'unknown'],
  ['an object without a value', { body: JSON.stringify({ id: `${vault}/secrets/db/1` }) }, 'unknown', 'unknown'],
  ['a list', page([{ id: `${vault}/secrets/db` }]), 'unknown', 'present'],
  ['an empty list', page([]), 'unknown', 'present'],
  ['a list of another type', page([{ id: `${vault}/keys/db` }]), 'unknown', 'unknown'],
  ['a list of what has no id', page([{}]), 'unknown', 'unknown'],
  ['a list with a number for an id', page([{ id: 1 }]), 'unknown', 'unknown'],
  ['a list with nothing in it', page([null]), 'unknown', 'unknown'],
  ['a list that is none', page({}), 'unknown', 'unknown'],
  ['a list that is a text', page('db'), 'unknown', 'unknown'],
  ['a list that goes on with a number', page([], { nextLink: 7 }), 'unknown', 'unknown'],
  ['an empty object', { body: '{}' }, 'unknown', 'unknown'],
  ['nothing', { body: '' }, 'unknown', 'unknown'],
  ['null', { body: 'null' }, 'unknown', 'unknown'],
  ['an array', { body: '[]' }, 'unknown', 'unknown'],
  ['a text', { body: '"db"' }, 'unknown', 'unknown'],
  ['cut JSON', { garbage: true }, 'unknown', 'unknown'],
  ['a page of the web', { html: true, status: 200 }, 'unknown', 'unknown'],
  ['an error with 200', { body: '{"error":{"code":"SecretNotFound","message":"gone"}}' }, 'unknown', 'unknown'],
  ['404 SecretNotFound', { status: 404, code: 'SecretNotFound' }, 'absent', 'unknown'],
  ['404 KeyNotFound', { status: 404, code: 'KeyNotFound' }, 'unknown', 'unknown'],
  ['404 CertificateNotFound', { status: 404, code: 'CertificateNotFound' }, 'unknown', 'unknown'],
  ['404 secretnotfound', { status: 404, code: 'secretnotfound' }, 'unknown', 'unknown'],
  ['404 with the code inside', { status: 404, code: 'NotFound', innerCode: 'SecretNotFound' }, 'unknown', 'unknown'],
  ['404 VaultNotFound', { status: 404, code: 'VaultNotFound' }, 'unknown', 'unknown'],
  ['404 ResourceNotFound', { status: 404, code: 'ResourceNotFound' }, 'unknown', 'unknown'],
  ['404 without a body', { status: 404, body: '' }, 'unknown', 'unknown'],
  ['404 of a web server', { status: 404, html: true }, 'unknown', 'unknown'],
  ['404 as a text', { status: 404, body: 'SecretNotFound' }, 'unknown', 'unknown'],
  ['404 with the code outside', { status: 404, body: '{"code":"SecretNotFound"}' }, 'unknown', 'unknown'],
  ...STATUSES.map((status) => {
    const fault = { status, code: 'SecretNotFound' };
    return [`${status} SecretNotFound`, fault, 'unknown', 'unknown'] as const;
  }),
];

async function meaningOf(asked: Promise<unknown>): Promise<Meaning> {
  try {
    return (await asked) === undefined ? 'absent' : 'present';
  } catch (error) {
    if (error instanceof PortError) return 'unknown';
    throw error;
  }
}

describe.each(ROWS)('%s', (_answer, fault, read, list) => {
  it('is taken for what it is by a read, and no redirect is followed', async () => {
    azure().vaults.inject({
      match: '^GET /secrets/db',
      ...fault,
      headers: { location: `${vault}/secrets/db/followed` },
    });
    expect(await meaningOf((await run().open()).get({ type: 'secret', name: 'db' }))).toBe(read);
    expect(azure().vaults.requests().join()).not.toContain('followed');
  });

  it('is taken for what it is by a list', async () => {
    azure().vaults.inject({ match: '^GET /secrets$', ...fault });
    expect(await meaningOf((await run().open()).list())).toBe(list);
  });
});

describe('a read of one version', () => {
  it.each([
    ['that version', VERSION, 'present'],
    ['another one', 'f'.repeat(32), 'unknown'],
    ['none', '', 'unknown'],
  ] as const)('answered with %s', async (_which, version, meaning) => {
    azure().vaults.inject({ match: '^GET /secrets/db', ...secret(`${vault}/secrets/db/${version}`) });
    const read = (await run().open()).get({ type: 'secret', name: 'db', version: VERSION });
    expect(await meaningOf(read)).toBe(meaning);
  });
});

describe('a read of another type', () => {
  const key = (kid: string): Answer => ({ body: JSON.stringify({ key: { kid, kty: 'RSA', n: 'x', e: 'AQAB' } }) });
  const certificate = (id: string): Answer => ({ body: JSON.stringify({ id, cer: 'AAAA' }) });

  it.each([
    ['key', 'keys', { status: 404, code: 'KeyNotFound' }, 'absent'],
    ['key', 'keys', { status: 404, code: 'SecretNotFound' }, 'unknown'],
    ['key', 'keys', key(`${vault}/keys/db/1`), 'present'],
    ['key', 'keys', key(`${vault}/keys/other/1`), 'unknown'],
    ['key', 'keys', key(`${vault}/secrets/db/1`), 'unknown'],
    ['key', 'keys', { body: '{"value":"other"}' }, 'unknown'],
    ['key', 'keys', { body: '{"key":null}' }, 'unknown'],
    ['cert', 'certificates', { status: 404, code: 'CertificateNotFound' }, 'absent'],
    ['cert', 'certificates', { status: 404, code: 'SecretNotFound' }, 'unknown'],
    ['cert', 'certificates', certificate(`${vault}/certificates/db/1`), 'present'],
    ['cert', 'certificates', certificate(`${vault}/certificates/other/1`), 'unknown'],
  ] as const)('%s: %#', async (type, collection, fault, meaning) => {
    azure().vaults.inject({ match: `^GET /${collection}/db`, ...fault });
    expect(await meaningOf((await run().open()).get({ type, name: 'db' }))).toBe(meaning);
  });
});

describe('what is said of another object', () => {
  it('names what was asked for, and not the value that came', async () => {
    azure().vaults.inject({ match: '^GET /secrets/db', ...secret(`${vault}/secrets/ANOTHER/1`) });
    const { context, open } = run();
    const error = await (await open()).get({ type: 'secret', name: 'db' }).catch((caught: unknown) => caught);
    expect((error as PortError).message).toBe(
      'vault kv-shop answered secret "db" with another object or version than was asked for. Run again; if it stays, a proxy changes the answers: name kv-shop.vault.azure.net in NO_PROXY.',
    );
    expect(context.masker.hasMasked('other')).toBe(true);
  });
});
