import { describe, expect, it } from '@jest/globals';
import type {
  DataEntry,
  ExtractEntry,
  FindEntry,
  PullIntent,
  RemoteRef,
  SourceEntry,
} from '../../../src/core/model/intent.ts';
import { fieldText } from '../../../src/core/model/origin.ts';
import { problemText } from '../../../src/core/model/problem.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { remoteObjectKey, type FetchedObject, type ListedObject } from '../../../src/core/model/vault.ts';
import {
  assemble as assembleWith,
  fittingNames,
  matchFind,
  neededObjects,
  type Fetched,
  type FetchResult,
  type FittingNames,
  type ListResult,
  type LooseProblem,
} from '../../../src/core/transform/assemble.ts';

import { atOnce } from '../../builders/at-once.ts';
import { NO_PULL_EXTRAS } from '../../builders/intent.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

const assemble = (intent: PullIntent, fetched: Fetched) => assembleWith(intent, fetched, TEMPLATE_ENVIRONMENT);

const KV = { kind: 'SecretStore', name: 'kv' } as const;
const OTHER = { kind: 'ClusterSecretStore', name: 'shared' } as const;

function remoteRef(overrides: Partial<RemoteRef>): RemoteRef {
  return {
    key: 'a',
    property: '',
    version: '',
    metadataPolicy: 'None',
    conversionStrategy: 'Default',
    decodingStrategy: 'None',
    nullBytePolicy: 'Ignore',
    ...overrides,
  };
}

function data(index: number, secretKey: string, ref: Partial<RemoteRef>, store: DataEntry['store'] = KV): DataEntry {
  return { kind: 'data', index, store, secretKey, remoteRef: remoteRef(ref) };
}

function extract(index: number, ref: Partial<RemoteRef>): ExtractEntry {
  return { kind: 'extract', index, store: KV, remoteRef: remoteRef(ref), rewrite: [] };
}

function find(index: number, nameRegexp: string, spec: Partial<FindEntry['find']> = {}): FindEntry {
  const unset = { conversionStrategy: 'Default', decodingStrategy: 'None', nullBytePolicy: 'Ignore' } as const;
  return { kind: 'find', index, store: KV, find: { nameRegexp, tags: {}, ...unset, ...spec }, rewrite: [] };
}

function intent(entries: readonly SourceEntry[], deletionPolicy: 'Retain' | 'Delete' | 'Merge' = 'Retain'): PullIntent {
  return {
    kind: 'pull',
    ref: { kind: 'ExternalSecret', namespace: 'app', name: 'db' },
    locate: (path) => ({ file: `db.yaml#${fieldText(path)}`, line: 7 }),
    labels: {},
    annotations: {},
    generation: '1',
    storeRefs: [],
    refresh: { policy: 'Periodic', intervalMs: 3_600_000 },
    target: { name: 'db', creationPolicy: 'Owner', deletionPolicy, immutable: false },
    entries,
    extras: NO_PULL_EXTRAS,
  };
}

type VaultContent = Readonly<Record<string, string | Partial<FetchedObject> | LooseProblem>>;

function isProblem(content: object): content is LooseProblem {
  return 'severity' in content;
}

function readResult(content: VaultContent[string] | undefined): FetchResult {
  if (content === undefined) return { kind: 'absent' };
  if (typeof content === 'string') return readResult({ value: SecretValue.ofText(content) });
  if (isProblem(content)) return { kind: 'failed', problem: content };
  return { kind: 'found', object: { value: undefined, tags: new Map(), attributes: {}, ...content } };
}

function listedIn(content: VaultContent): readonly ListedObject[] {
  const names = Object.keys(content).flatMap((key) => /^secret\/(.*)@$/.exec(key)?.[1] ?? []);
  return names.map((name) => ({ name, enabled: true, tags: new Map(), attributes: {} }));
}

function fittingIn(list: ListResult, pattern: string): FittingNames {
  return atOnce(fittingNames(list.kind === 'listed' ? list.items : [], pattern));
}

/** What the finds of an ExternalSecret match there. */
function matchesIn(content: VaultContent): (entry: FindEntry) => readonly string[] {
  const items = listedIn(content);
  return (entry) => matchFind(items, entry.find, atOnce(fittingNames(items, entry.find.nameRegexp)), 0);
}

/** Vault contents by `type/name@version`; every name of a secret is listed as enabled. */
function fetched(content: VaultContent, overrides: Partial<Fetched> = {}): Fetched & { readonly asked: string[] } {
  const asked: string[] = [];
  const { list = (): ListResult => ({ kind: 'listed', items: listedIn(content) }) } = overrides;
  return {
    asked,
    generated: () => ({ kind: 'generated', values: new Map() }),
    nowSeconds: 0,
    get: (store, object) => {
      asked.push(`${store.name} ${remoteObjectKey(object)}`);
      return readResult(content[remoteObjectKey(object)]);
    },
    list,
    fittingNames: ({ store, find: { nameRegexp } }) => fittingIn(list(store), nameRegexp),
    storeProblem: () => undefined,
    keySyntax: () => 'azurekv',
    describe: () => 'vault kv-main',
    ...overrides,
  };
}

function texts(result: ReturnType<typeof assemble>): Record<string, string> {
  if ('problems' in result) throw new Error(result.problems.map(problemText).join('\n'));
  return Object.fromEntries(
    [...result.data].map(([key, value]) => [key, Buffer.from(value.reveal()).toString('latin1')]),
  );
}

function problems(result: ReturnType<typeof assemble>): string[] {
  return 'problems' in result ? result.problems.map(problemText) : [];
}

describe('assemble', () => {
  it('lets later entries win over earlier ones (es-022, es-024)', () => {
    const vault = { 'secret/j@': '{"user":"a","k":"from extract"}', 'secret/k@': 'one', 'secret/l@': 'two' };
    const entries = [extract(0, { key: 'j' }), data(0, 'k', { key: 'k' }), data(1, 'k', { key: 'secret/l/x' })];
    expect(texts(assemble(intent(entries), fetched(vault)))).toEqual({ user: 'a', k: 'two' });
  });

  it('asks the right store for the right version', () => {
    const reads = fetched({
      'secret/a@': 'new',
      'secret/a@11': 'old',
      'cert/a@': { value: SecretValue.ofText('DER') },
    });
    const entries = [
      data(0, 'k', { version: '11' }),
      data(1, 'l', {}, OTHER),
      data(2, 'm', { key: 'cert/a', property: 'x' }),
    ];
    expect(texts(assemble(intent(entries), reads))).toEqual({ k: 'old', l: 'new', m: 'DER' });
    expect(reads.asked).toEqual(['kv secret/a@11', 'shared secret/a@', 'kv cert/a@']);
  });

  it('selects a property before it decodes, and keeps bytes that are no UTF-8 (es-c08, es-c10)', () => {
    const vault = {
      'secret/j@': '{"cert":"//79AAE="}',
      'secret/b@': { value: SecretValue.of(new Uint8Array([0xff, 0])) },
    };
    const entries = [
      data(0, 'k', { key: 'j', property: 'cert', decodingStrategy: 'Base64' }),
      data(1, 'raw', { key: 'b' }),
    ];
    expect(texts(assemble(intent(entries), fetched(vault)))).toEqual({ k: '\xff\xfe\xfd\x00\x01', raw: '\xff\x00' });
  });

  it('converts keys of extract and find, drops the empty one and leaves secretKey alone', () => {
    const vault = { 'secret/j@': '{"a/b":"1","c😀":"2","":"3"}', 'secret/x-y@': '4' };
    const entries = [
      extract(0, { key: 'j', conversionStrategy: 'Unicode' }),
      find(1, '^x'),
      data(0, 'z.z', { key: 'x-y' }),
    ];
    expect(texts(assemble(intent(entries), fetched(vault)))).toEqual({
      a_U002f_b: '1',
      c_U1f600_: '2',
      'x-y': '4',
      'z.z': '4',
    });
  });

  it('fetches tags instead of values (az-019, az-034)', () => {
    const object = { value: SecretValue.ofText('v'), tags: new Map([['dev', '{"x":1}']]) };
    const entries = [
      data(0, 'k', { key: 's', metadataPolicy: 'Fetch', property: 'dev.x' }),
      extract(0, { key: 'secret/s', metadataPolicy: 'Fetch', property: 'dev' }),
    ];
    expect(texts(assemble(intent(entries), fetched({ 'secret/s@': object })))).toEqual({ k: '1', secret_s_dev: '' });
  });

  it('contributes nothing for an entry that holds only a store, even one that does not exist (es-047)', () => {
    const reads = fetched(
      {},
      { storeProblem: () => ({ severity: 'error', code: 'store-absent', what: 'w', fix: 'F.' }) },
    );
    const result = assemble(intent([{ kind: 'empty', index: 0, store: KV }]), reads);
    expect(result).toEqual({ data: new Map(), missing: [], warnings: [], leftOut: [] });
  });

  it('takes keys of a fake store literally', () => {
    const reads = fetched({ 'secret//secret/a b@': 'x' }, { keySyntax: () => 'literal' });
    expect(texts(assemble(intent([data(0, 'k', { key: '/secret/a b' })]), reads))).toEqual({ k: 'x' });
  });

  describe('when an object does not exist', () => {
    it('fails under Retain, and names the field, the vault and the way out', () => {
      const entries = [data(1, 'k', { key: 'orders-db-pasword' }), extract(0, { key: 'j', version: '22' })];
      expect(problems(assemble(intent(entries), fetched({})))).toEqual([
        'ExternalSecret app/db: spec.data[1].remoteRef.key "orders-db-pasword" does not exist in vault kv-main. ' +
          'Check the name; set target.deletionPolicy to Merge if it may be absent. (db.yaml#spec.data[1].remoteRef.key:7)',
        'ExternalSecret app/db: spec.dataFrom[0].extract.key "j" does not exist in version 22 in vault kv-main. ' +
          'Check the name and the version; set target.deletionPolicy to Merge if it may be absent. ' +
          '(db.yaml#spec.dataFrom[0].extract.key:7)',
      ]);
    });

    it.each(['Merge', 'Delete'] as const)('skips the entry under %s and remembers it (es-025)', (deletionPolicy) => {
      const entries = [extract(0, { key: 'j' }), data(0, 'k', {}), data(1, 'k', { key: 'gone' })];
      const result = assemble(intent(entries, deletionPolicy), fetched({ 'secret/a@': 'first' }));
      expect(texts(result)).toEqual({ k: 'first' });
      expect('missing' in result && result.missing).toEqual([
        { entry: entries[0] },
        { entry: entries[2], key: 'gone' },
      ]);
    });

    describe('because a match was deleted after the list', () => {
      const list = fetched({ 'secret/d1@': '1', 'secret/d2@': '2', 'secret/x@': '3' }).list(KV);
      const without = (...names: readonly string[]) => {
        const content = { 'secret/d1@': '1', 'secret/d2@': '2', 'secret/x@': '3' };
        const left = Object.entries(content).filter(([key]) => !names.some((name) => key === `secret/${name}@`));
        return fetched(Object.fromEntries(left), { list: () => list });
      };
      const entries = [find(0, '^d'), find(1, '^x')];

      it.each(['Delete', 'Merge'] as const)('leaves it out under %s and says so (az-042a, az-042c)', (policy) => {
        const result = assemble(intent(entries, policy), without('d2'));
        expect(texts(result)).toEqual({ d1: '1', x: '3' });
        expect('missing' in result && result.missing).toEqual([]);
        expect('warnings' in result && result.warnings.map(problemText)).toEqual([
          'ExternalSecret app/db: spec.dataFrom[0].find matched "d2", deleted from vault kv-main before it could be ' +
            'read and left out. Nothing needs to be done if that was meant; the next run lists the vault anew. ' +
            '(db.yaml#spec.dataFrom[0].find:7)',
        ]);
      });

      it.each(['Delete', 'Merge'] as const)('fails under %s where nothing is left: no source is absent', (policy) => {
        expect(problems(assemble(intent(entries, policy), without('d1', 'd2')))).toEqual([
          'ExternalSecret app/db: spec.dataFrom[0].find matched "d1", "d2", which vault kv-main lists twice and does ' +
            'not have when it is read. Nothing is changed for an answer that contradicts itself. Run again in a ' +
            'minute. (db.yaml#spec.dataFrom[0].find:7)',
        ]);
      });

      it('fails under Retain', () => {
        expect(problems(assemble(intent(entries, 'Retain'), without('d2')))).toEqual([
          'ExternalSecret app/db: spec.dataFrom[0].find matched "d2", which was deleted from vault kv-main before it ' +
            'could be read. Run again; set target.deletionPolicy to Merge if secrets come and go. ' +
            '(db.yaml#spec.dataFrom[0].find:7)',
        ]);
      });

      it('names three of them at most', () => {
        const names = ['d1', 'd2', 'd3', 'd4', 'd5'];
        const items = names.map((name) => ({ name, enabled: true, tags: new Map(), attributes: {} }));
        const [text] = problems(
          assemble(intent([find(0, '^d')], 'Delete'), fetched({}, { list: () => ({ kind: 'listed', items }) })),
        );
        expect(text).toContain('matched "d1", "d2", "d3" and 2 more, which vault kv-main lists twice');
      });
    });
  });

  describe('when a read fails', () => {
    const forbidden: LooseProblem = { severity: 'error', code: 'forbidden', what: 'may not be read', fix: 'Ask.' };

    it.each(['Retain', 'Merge', 'Delete'] as const)('assembles nothing under %s, not even what was read', (policy) => {
      const entries = [data(0, 'gone', { key: 'gone' }), data(1, 'k', {}), data(2, 'off', { key: 'off' })];
      const result = assemble(intent(entries, policy), fetched({ 'secret/a@': '1', 'secret/off@': forbidden }));
      expect(Object.keys(result)).toEqual(['problems', 'missing']);
      expect(problems(result).filter((text) => text.includes('may not be read'))).toHaveLength(1);
    });

    it('fails a find whose pattern is too large to search with, whatever else there is', () => {
      const reads = fetched({ 'secret/d1@': '1' }, { fittingNames: () => 'too-costly' });
      expect(problems(assemble(intent([find(0, '^d')], 'Delete'), reads))).toEqual([
        'ExternalSecret app/db: spec.dataFrom[0].find.name.regexp is too large a pattern to search the names of 1 ' +
          'secret in vault kv-main. Write it shorter, or split it into several finds. ' +
          '(db.yaml#spec.dataFrom[0].find.name.regexp:7)',
      ]);
      expect(reads.asked).toEqual([]);
    });

    it('fails a find of which one match or the list cannot be read (az-043, az-045)', () => {
      const vault = { 'secret/d1@': '1', 'secret/d2@': forbidden };
      const text =
        'ExternalSecret app/db: spec.dataFrom[0].find may not be read. Ask. (db.yaml#spec.dataFrom[0].find:7)';
      expect(problems(assemble(intent([find(0, '^d')], 'Delete'), fetched(vault)))).toEqual([text]);
      const list = (): ListResult => ({ kind: 'failed', problem: forbidden });
      expect(problems(assemble(intent([find(0, '')]), fetched({}, { list })))).toEqual([text]);
    });

    it('tells once, and reads nothing, when a store cannot be used', () => {
      const reads = fetched({ 'secret/a@': '1' }, { storeProblem: () => forbidden });
      expect(problems(assemble(intent([data(0, 'a', {}), data(1, 'b', {}), find(0, '')]), reads))).toEqual([
        'ExternalSecret app/db: spec.data[0] may not be read. Ask. (db.yaml#spec.data[0]:7)',
      ]);
      expect(reads.asked).toEqual([]);
    });
  });

  it('collects the problems of all entries and tells no value', () => {
    const vault = {
      'secret/j@': '{"hunter2":{"a":1},"b b":"x"}',
      'secret/text@': 'hunter2',
      'secret/nul@': 'AAE=',
      'cert/web@': {},
      'secret/clash@': '{"a/b":"hunter2","a$b":"hunter2"}',
      'secret/long@': JSON.stringify({ ['k'.repeat(254)]: 'hunter2' }),
    };
    const entries = [
      extract(0, { key: 'text' }),
      extract(1, { key: 'j', property: 'nope' }),
      extract(2, { key: 'cert/web' }),
      extract(3, { key: 'clash' }),
      extract(4, { key: 'long' }),
      extract(5, { key: 'Secret/a' }),
      data(0, 'a', { key: 'text', decodingStrategy: 'Base64URL' }),
      data(1, 'b', { key: 'nul', decodingStrategy: 'Base64', nullBytePolicy: 'Fail' }),
      data(2, 'c', { key: 'cert/web' }),
      data(3, 'd', { key: '/a' }),
      data(4, 'e', { key: 'text', metadataPolicy: 'Fetch', property: 'owner' }),
      data(5, 'f', { key: 'j', property: 'x.y' }),
    ];
    const reads = fetched(vault);
    const told = problems(assemble(intent(entries, 'Merge'), reads)).map((text) =>
      text.replace('ExternalSecret app/db: ', '').replace(/ \(db\.yaml.*$/, ''),
    );
    expect(told).toEqual([
      'spec.dataFrom[0].extract needs a JSON object, and "text" in vault kv-main is not valid JSON. ' +
        'Store a JSON object, or read the value with an entry of spec.data.',
      'spec.dataFrom[1].extract.property "nope" does not exist in "j". ' +
        'Check the property; write a dot that belongs to a name as "\\.".',
      'spec.dataFrom[2].extract.key "cert/web" is a certificate, and only secrets can be extracted. ' +
        'Read it with an entry of spec.data instead.',
      'spec.dataFrom[3].extract has "a/b" and "a$b", which both become the key "a_b". ' +
        'Set conversionStrategy to Unicode, or rename one of them.',
      `spec.dataFrom[4].extract has the key "${'k'.repeat(60)}…" of 254 bytes, and 253 are allowed. ` +
        'Rename it in the vault, or read it as a data entry with a secretKey of your own.',
      'spec.dataFrom[5].extract.key "Secret/a" names the unknown object type "Secret". ' +
        'Write the bare name, or secret/name, cert/name or key/name.',
      'spec.data[0].remoteRef cannot decode the value for "a" as Base64URL: its padding is missing or wrong. ' +
        'Check the value in the vault, or set decodingStrategy to None.',
      'spec.data[1].remoteRef has null bytes in the value for "b". ' +
        'Store it as PEM or base64, or leave nullBytePolicy unset for binary data.',
      'spec.data[2].remoteRef.key "cert/web" has no value yet in vault kv-main. ' +
        'Complete the pending certificate request in the vault.',
      'spec.data[3].remoteRef.key "/a" begins with a slash. ' +
        'Write the bare name, or secret/name, cert/name or key/name.',
      'spec.data[4].remoteRef.property names the tag "owner", which "text" does not have. ' +
        'Check the name of the tag; set no metadataPolicy to select from the value.',
      'spec.data[5].remoteRef.property "x.y" does not exist in "j". ' +
        'Check the property; write a dot that belongs to a name as "\\.".',
    ]);
    expect(told.join()).not.toContain('hunter2');
    expect(reads.asked).not.toContain('kv cert/a@');
  });

  it('keeps a byte order mark, which is no JSON', () => {
    const vault = { 'secret/a@': '\ufeff{"x":"1"}' };
    expect(texts(assemble(intent([data(0, 'k', {})]), fetched(vault)))).toEqual({ k: '\xef\xbb\xbf{"x":"1"}' });
    expect(problems(assemble(intent([extract(0, {})]), fetched(vault)))).toHaveLength(1);
  });

  it('passes over a listed secret without a value', () => {
    expect(texts(assemble(intent([find(0, '')]), fetched({ 'secret/a@': '1', 'secret/b@': {} })))).toEqual({ a: '1' });
  });
});

describe('neededObjects', () => {
  const entries = [
    extract(0, { key: 'secret/a/b' }),
    extract(1, { key: 'cert/web' }),
    find(2, '^d'),
    find(3, 'x'),
    { kind: 'empty', index: 4, store: OTHER } as const,
    data(0, 'k', { key: 'a' }),
    data(1, 'l', { key: 'a' }, OTHER),
    data(2, 'm', { key: 'a', version: '11' }),
    data(3, 'n', { key: 'key/k' }),
    data(4, 'o', { key: 'Secret/a' }),
  ];
  const named = [
    { store: KV, object: { type: 'secret', name: 'a' } },
    { store: OTHER, object: { type: 'secret', name: 'a' } },
    { store: KV, object: { type: 'secret', name: 'a', version: '11' } },
    { store: KV, object: { type: 'key', name: 'k' } },
  ];

  it('names each object and each list once, and nothing for entries that fail without a request', () => {
    expect(neededObjects(entries)).toEqual({ objects: named, lists: [{ store: KV, type: 'secret' }] });
  });

  it('adds what the finds match once the lists are known', () => {
    const { objects } = neededObjects(entries, matchesIn({ 'secret/d-x@': '', 'secret/a@': '', 'secret/d@': '' }));
    expect(objects.map(({ store, object }) => `${store.name} ${remoteObjectKey(object)}`)).toEqual([
      'kv secret/a@',
      'kv secret/d-x@',
      'kv secret/d@',
      'shared secret/a@',
      'kv secret/a@11',
      'kv key/k@',
    ]);
  });

  it('asks for all that assemble reads', () => {
    const content = { 'secret/d@': '1' };
    const reads = fetched(content);
    assemble(intent(entries, 'Merge'), reads);
    const needed = neededObjects(entries, matchesIn(content)).objects;
    const keys = needed.map(({ store, object }) => `${store.name} ${remoteObjectKey(object)}`);
    expect(keys).toEqual(expect.arrayContaining(reads.asked));
  });

  it('takes keys of a fake store literally', () => {
    const needed = neededObjects([data(0, 'k', { key: 'cert/a' })], undefined, () => 'literal');
    expect(needed.objects).toEqual([{ store: KV, object: { type: 'secret', name: 'cert/a' } }]);
  });
});
