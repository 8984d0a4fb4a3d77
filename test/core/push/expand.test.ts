import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../../src/core/model/message.ts';
import { fieldText } from '../../../src/core/model/origin.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { expandEntries, type PushItem } from '../../../src/core/push/expand.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';
import { KV, pushIntent, type PushParts } from './push-intent.ts';

const APP = { 'db-user': 'app', 'db-password': 'hunter2', 'api-key': 'k-1' };
const STORE = { key: 'SecretStore/kv', ref: { kind: 'SecretStore', name: 'kv' }, labels: { tier: 'db' } } as const;
const regexp = (source: string, target: string) => ({ kind: 'regexp', source, target }) as const;
const transform = (template: string) => ({ kind: 'transform', template }) as const;

function expand(parts: PushParts, texts: Readonly<Record<string, string>> = APP) {
  const data = new Map(Object.entries(texts).map(([key, text]) => [key, SecretValue.ofText(text)]));
  return expandEntries(pushIntent(parts), STORE, data, TEMPLATE_ENVIRONMENT);
}

function valueText({ value }: PushItem): string {
  return value instanceof SecretValue ? Buffer.from(value.reveal()).toString() : `! ${messageText(value.what)}`;
}

/** Each item as `reference ← secretKey = value`, then each fault as `field what. fix`. */
function told(parts: PushParts, texts?: Readonly<Record<string, string>>): readonly string[] {
  const { items, faults } = expand(parts, texts);
  return [
    ...items.map((item) => `${item.reference} ← ${item.secretKey} = ${valueText(item)}`),
    ...faults.map(({ path, what }) => `${fieldText(path)} ${messageText(what)}`),
  ];
}

describe('expandEntries, dataTo', () => {
  it('pushes every key under its own name, in the order of their bytes', () => {
    expect(told({ dataTo: [{}] }, { z: '1', B: '2', a: '3', '0': '4' })).toEqual([
      '0 ← 0 = 4',
      'B ← B = 2',
      'a ← a = 3',
      'z ← z = 1',
    ]);
  });

  it('remembers each key as an entry of data, with the metadata of dataTo', () => {
    const metadata = { kind: 'PushSecretMetadata' };
    const { items } = expand({ dataTo: [{ match: '^api', written: { metadata }, metadata: { contentType: 'x' } }] });
    expect(items).toEqual([
      {
        field: ['spec', 'dataTo', 0],
        reference: 'api-key',
        remoteKey: 'api-key',
        property: '',
        secretKey: 'api-key',
        metadata: { contentType: 'x' },
        written: {
          conversionStrategy: 'None',
          match: { remoteRef: { remoteKey: 'api-key' }, secretKey: 'api-key' },
          metadata,
        },
        value: items[0]?.value,
      },
    ]);
  });

  it('puts the keys of a bundle into one object', () => {
    const { items } = expand({ dataTo: [{ remoteKey: 'shop-db', match: '^db-' }] });
    const [bundle] = items;
    expect(bundle).toMatchObject({
      reference: 'shop-db',
      secretKey: '',
      bundle: ['db-password', 'db-user'],
      written: { conversionStrategy: 'None', match: { remoteRef: { remoteKey: 'shop-db' } } },
    });
    expect(items.map(valueText)).toEqual(['{"db-password":"hunter2","db-user":"app"}']);
    expect([...(bundle?.data?.keys() ?? [])]).toEqual(['db-password', 'db-user']);
  });

  const BY_LABEL = {
    kind: 'SecretStore',
    name: '',
    labelSelector: { matchLabels: { tier: 'db' }, matchExpressions: [] },
  } as const;

  it.each<readonly [string, PushParts, readonly string[]]>([
    ['takes the keys that match', { dataTo: [{ match: '^db-u' }] }, ['db-user ← db-user = app']],
    ['is empty where nothing matches', { dataTo: [{ match: '^zzz' }, { match: '^zzz', remoteKey: 'x' }] }, []],
    [
      'rewrites step by step',
      {
        dataTo: [
          {
            match: '^db-',
            rewrite: [regexp('^db-', ''), regexp('-', '_'), transform('{{ .value | upper | replace "_" "-" }}')],
          },
        ],
      },
      ['PASSWORD ← db-password = hunter2', 'USER ← db-user = app'],
    ],
    [
      'makes keys and certificates by a prefix',
      { dataTo: [{ match: '^api', rewrite: [regexp('^', 'key/')] }] },
      ['key/api-key ← api-key = k-1'],
    ],
    [
      'prints what a transform does not have',
      { dataTo: [{ match: '^api', rewrite: [transform('x{{ .nope }}')] }] },
      ['x<no value> ← api-key = k-1'],
    ],
    [
      'takes one key twice under two names',
      { dataTo: [{ match: '^api' }, { match: '^api', rewrite: [regexp('^', 'copy-')] }] },
      ['api-key ← api-key = k-1', 'copy-api-key ← api-key = k-1'],
    ],
    [
      'is for the store that it names',
      { dataTo: [{ store: { ...KV, name: 'kv2' } }, { store: { kind: 'ClusterSecretStore', name: 'kv' } }] },
      [],
    ],
    ['is for stores by their labels', { dataTo: [{ match: '^api', store: BY_LABEL }] }, ['api-key ← api-key = k-1']],
    ['goes by the name where there are labels too', { dataTo: [{ store: { ...BY_LABEL, name: 'kv2' } }] }, []],
    [
      'refuses an expression that is none, and goes on with the others',
      { dataTo: [{ match: '^(?!db-)' }, { match: '^api' }] },
      ['api-key ← api-key = k-1', 'spec.dataTo[0].match.regexp is not a regular expression (RE2)'],
    ],
    [
      'refuses a rewrite that is none',
      { dataTo: [{ rewrite: [regexp('a', 'b'), regexp('(', 'x')] }] },
      ['spec.dataTo[0].rewrite[1] has a source that is not a regular expression (RE2)'],
    ],
    [
      'refuses a transform that fails',
      { dataTo: [{ match: '^db-user$', rewrite: [transform('{{ fail "no" }}')] }] },
      [
        'spec.dataTo[0].rewrite[0] cannot be rendered: template: transform:1:3: executing "transform" at <fail "no">: error calling fail: no',
      ],
    ],
    [
      'refuses names that become empty',
      { dataTo: [{ rewrite: [regexp('^db-.*', '')] }] },
      ['spec.dataTo[0].rewrite leaves no name for db-password, db-user'],
    ],
    [
      'refuses a rewrite beside remoteKey',
      { dataTo: [{ remoteKey: 'x', rewrite: [regexp('a', 'b')] }] },
      ['spec.dataTo[0].rewrite stands beside remoteKey, which puts all keys into one object and renames none'],
    ],
    [
      'refuses two keys that get one name, and no other entry',
      { dataTo: [{ match: '^db-', rewrite: [regexp('.*', 'x')] }, { match: '^api' }] },
      ['api-key ← api-key = k-1', 'spec.dataTo[0] writes the key "db-password" to "x", and the key "db-user"'],
    ],
    [
      'refuses both of two entries that lead to one name',
      {
        dataTo: [
          { match: '^db-user$', rewrite: [regexp('.*', 'x')] },
          { match: '^api-', rewrite: [regexp('^api-key$', 'x')] },
        ],
      },
      [
        'spec.dataTo[0] writes the key "db-user" to "x", as spec.dataTo[1] does with the key "api-key"',
        'spec.dataTo[1] writes the key "api-key" to "x", as spec.dataTo[0] does with the key "db-user"',
      ],
    ],
  ])('%s', (_name, parts, expected) => {
    expect(told(parts)).toEqual(expected);
  });
});

describe('expandEntries, data', () => {
  it('gives the entry as it was written, and its reference with the property', () => {
    const entry = { secretKey: 'api-key', remoteKey: 'app', property: 'a.b', written: { x: 1 } };
    expect(expand({ data: [entry] }).items).toMatchObject([
      { field: ['spec', 'data', 0], reference: 'app/a.b', remoteKey: 'app', property: 'a.b', written: { x: 1 } },
    ]);
  });

  it.each<readonly [string, PushParts, readonly string[]]>([
    [
      'takes its key out of dataTo',
      { dataTo: [{ match: '^db-' }], data: [{ secretKey: 'db-user', remoteKey: 'special' }] },
      ['db-password ← db-password = hunter2', 'special ← db-user = app'],
    ],
    [
      'leaves its key in a bundle',
      { dataTo: [{ remoteKey: 'all', match: '^db-' }], data: [{ secretKey: 'db-user', remoteKey: 'user' }] },
      ['all ←  = {"db-password":"hunter2","db-user":"app"}', 'user ← db-user = app'],
    ],
    [
      'for the whole Secret takes all bundles out, and no single key',
      { dataTo: [{ remoteKey: 'all' }, { match: '^api' }], data: [{ remoteKey: 'whole' }] },
      ['api-key ← api-key = k-1', 'whole ←  = {"api-key":"k-1","db-password":"hunter2","db-user":"app"}'],
    ],
    [
      'refuses the place of another key, in both entries',
      {
        dataTo: [{}],
        data: [
          { secretKey: 'db-user', remoteKey: 'api-key' },
          { secretKey: 'db-user', remoteKey: 'y' },
        ],
      },
      [
        'y ← db-user = app',
        'spec.dataTo[0] writes the key "api-key" to "api-key", as spec.data[0] does with the key "db-user"',
        'spec.data[0] writes the key "db-user" to "api-key", as spec.dataTo[0] does with the key "api-key"',
      ],
    ],
    [
      'takes two properties of one object',
      {
        data: [
          { secretKey: 'api-key', remoteKey: 'app', property: 'a' },
          { secretKey: 'db-user', remoteKey: 'app', property: 'b' },
        ],
      },
      ['app/a ← api-key = k-1', 'app/b ← db-user = app'],
    ],
    [
      'refuses one property twice',
      {
        data: [
          { secretKey: 'api-key', remoteKey: 'app', property: 'a' },
          { remoteKey: 'app', property: 'a' },
        ],
      },
      [
        'spec.data[0] writes the key "api-key" to property "a" of "app", as spec.data[1] does with several keys at once',
        'spec.data[1] writes several keys at once to property "a" of "app", as spec.data[0] does with the key "api-key"',
      ],
    ],
    [
      'says that a key is missing',
      { data: [{ secretKey: 'api-kee', remoteKey: 'x' }] },
      ['x ← api-kee = ! secret key api-kee does not exist'],
    ],
  ])('%s', (_name, parts, expected) => {
    expect(told(parts)).toEqual(expected);
  });

  it('proposes a key that is nearly named so', () => {
    expect(expand({ data: [{ secretKey: 'api-kee', remoteKey: 'x' }] }).items[0]?.value).toEqual({
      code: 'push-key-absent',
      path: ['spec', 'data', 0, 'match', 'secretKey'],
      what: 'secret key api-kee does not exist',
      fix: 'Did you mean api-key?',
      hasSubject: true,
    });
  });
});

describe('expandEntries, ReverseUnicode', () => {
  const ENTITY = { 'some-array_U005b_0_U005d_.entity': '1', plain: '2' };
  const reverse = { conversion: 'ReverseUnicode' } as const;

  it.each<readonly [string, PushParts, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'addresses a key by its decoded name',
      { data: [{ ...reverse, secretKey: 'some-array[0].entity', remoteKey: 'e' }] },
      ENTITY,
      ['e ← some-array[0].entity = 1'],
    ],
    [
      'does not know the encoded name any more',
      { data: [{ ...reverse, secretKey: 'some-array_U005b_0_U005d_.entity', remoteKey: 'e' }] },
      ENTITY,
      ['e ← some-array_U005b_0_U005d_.entity = ! secret key some-array_U005b_0_U005d_.entity does not exist'],
    ],
    [
      'decodes all names of a whole Secret',
      { data: [{ ...reverse, remoteKey: 'c' }] },
      ENTITY,
      ['c ←  = {"plain":"2","some-array[0].entity":"1"}'],
    ],
    [
      'decodes five digits and halves of pairs, capital U only',
      { data: [{ ...reverse, remoteKey: 'c' }] },
      { _U1f600_: '1', x_U00e4_: '2', s_Ud83d_: '3', n_u005b_: '4', _U005b_U005d_: '5' },
      ['c ←  = {"[U005d_":"5","n_u005b_":"4","s\ufffd":"3","xä":"2","\u{1f600}":"1"}'],
    ],
    [
      'refuses two keys that become one, even for one of them, but no other entry',
      {
        data: [
          { ...reverse, secretKey: 'a-b', remoteKey: 'x' },
          { secretKey: 'a-b', remoteKey: 'y' },
        ],
      },
      { a_U002d_b: '1', 'a-b': '2' },
      ['x ← a-b = ! makes "a-b" of more than one key: a-b, a_U002d_b', 'y ← a-b = 2'],
    ],
    [
      'writes the decoded name, also where that names a type',
      { dataTo: [reverse] },
      { a_U002d_b: '1', secret_U002f_db: '2' },
      ['a-b ← a_U002d_b = 1', 'secret/db ← secret_U002f_db = 2'],
    ],
    [
      'searches the decoded name',
      { dataTo: [{ ...reverse, match: '^a-' }] },
      { a_U002d_b: '1', b: '2' },
      ['a-b ← a_U002d_b = 1'],
    ],
    [
      'decodes names within a bundle',
      { dataTo: [{ ...reverse, remoteKey: 'all' }] },
      { a_U002d_b: '1' },
      ['all ←  = {"a-b":"1"}'],
    ],
    [
      'refuses two keys that become one',
      { dataTo: [reverse] },
      { a_U002d_b: '1', 'a-b': '2' },
      ['spec.dataTo[0].conversionStrategy makes "a-b" of more than one key: a-b, a_U002d_b'],
    ],
  ])('%s', (_name, parts, texts, expected) => {
    expect(told(parts, texts)).toEqual(expected);
  });
});

it('makes nothing of values that a folder shows as fingerprints', () => {
  const parts = { dataTo: [{ remoteKey: 'all' }, {}], data: [{ secretKey: 'b', remoteKey: 'x' }] };
  const data = new Map([
    ['a', SecretValue.fingerprint(() => false)],
    ['b', SecretValue.ofText('2')],
  ]);
  const { items } = expandEntries(pushIntent(parts), STORE, data, TEMPLATE_ENVIRONMENT);
  const redacted = '! takes a value of a Secret that was redacted in this folder';
  expect(items.map((item) => `${item.reference} = ${valueText(item)}`)).toEqual([
    `all = ${redacted}`,
    `a = ${redacted}`,
    'x = 2',
  ]);
});
