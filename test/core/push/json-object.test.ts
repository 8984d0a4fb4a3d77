import { describe, expect, it } from '@jest/globals';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { memberNames, readMember, setMembers, wholeSecretJson } from '../../../src/core/push/json-object.ts';

/** The text that a Secret becomes, whose values are given as base64. */
function whole(data: Readonly<Record<string, string>>): string {
  const values = Object.entries(data).map(
    ([key, base64]) => [key, SecretValue.of(Buffer.from(base64, 'base64'))] as const,
  );
  return Buffer.from(wholeSecretJson(new Map(values)).reveal()).toString();
}

function changed(text: string | undefined, set: Readonly<Record<string, string>>, ...remove: string[]): string {
  const result = setMembers(text, new Map(Object.entries(set)), remove);
  return 'fault' in result ? result.fault : result.text;
}

describe('wholeSecretJson', () => {
  it('sorts keys by their bytes and escapes as the operator does', () => {
    const data = {
      b: 'PGE+JiInXC8=',
      a: 'MQ==',
      B: 'w6nwn5iA',
      'a.b': 'bGluZQpuZXh0CXRhYg0=',
      'a-b': '4oCo4oCpAQgMH38=',
    };
    expect(whole(data)).toBe(
      `{"B":"é😀","a":"1","a-b":"\\u2028\\u2029\\u0001\\b\\f\\u001f\u007f","a.b":"line\\nnext\\ttab\\r","b":"<a>&\\"'\\\\/"}`,
    );
  });

  it.each([
    [
      'writes bytes that are no UTF-8 as replacement escapes',
      { a: 'eP95ww==', b: 'MQ==' },
      '{"a":"x\\ufffdy\\ufffd","b":"1"}',
    ],
    ['keeps a replacement character that is text', { a: '77+9' }, '{"a":"\ufffd"}'],
    [
      'keeps values that are JSON as texts',
      { n: 'NQ==', o: 'eyJhIjogWzEsIDJdfQ==', t: 'dHJ1ZQ==' },
      '{"n":"5","o":"{\\"a\\": [1, 2]}","t":"true"}',
    ],
    ['sorts by bytes, not by UTF-16', { '\u{1f600}': '', '\ufb00': '' }, '{"\ufb00":"","\u{1f600}":""}'],
    ['gives an empty object for a Secret without keys', {}, '{}'],
  ])('%s', (_name, data, text) => {
    expect(whole(data)).toBe(text);
  });
});

describe('setMembers', () => {
  const PRETTY = '{\n  "a" : 1.50,\n  "b": {"x": [1, "}"]},\n  "c": "é\\u00e9"\n}\n';

  it.each([
    ['makes an object of its own where there is none', undefined, { b: '2', a: '1' }, '{"b":"2","a":"1"}'],
    ['adds a member behind the last, spaced like it', PRETTY, { d: 'x' }, PRETTY.replace('"\n}', '",\n  "d": "x"\n}')],
    ['replaces the value alone', PRETTY, { a: '1.50' }, PRETTY.replace('1.50', '"1.50"')],
    ['keeps a text that says the same in other signs', PRETTY, { c: 'éé' }, PRETTY],
    ['takes the name literally, dots and all', '{"a":{"b":1}}', { 'a.b': '2' }, '{"a":{"b":1},"a.b":"2"}'],
    ['finds a name that is written with escapes', '{"\\u0061":"1"}', { a: '2' }, '{"\\u0061":"2"}'],
    [
      'leaves one of several equal names, where the last was',
      '{"a":"1","b":2,"a":"3","c":4}',
      { a: '3' },
      '{"b":2,"a":"3","c":4}',
    ],
    ['leaves equal names of others alone', '{"a":1,"a":2}', { b: '3' }, '{"a":1,"a":2,"b":"3"}'],
    ['keeps the space of an empty object', ' { } ', { a: '1' }, ' {"a":"1" } '],
    [
      'gives no name a meaning of its own',
      '{"__proto__":{"x":1}}',
      { constructor: '1' },
      '{"__proto__":{"x":1},"constructor":"1"}',
    ],
    ['writes what JSON must escape', '{}', { 'a"b': '\u2028\n\\' }, '{"a\\"b":"\\u2028\\n\\\\"}'],
    [
      'keeps numbers that no double holds',
      '{"n":12345678901234567890.10}',
      { a: '' },
      '{"n":12345678901234567890.10,"a":""}',
    ],
    ['writes a lone surrogate so that it is found again', '{"a":"\\ufffd"}', { a: '\ud800' }, '{"a":"\\ufffd"}'],
  ])('%s', (_name, text, set, expected) => {
    expect(changed(text, set as Record<string, string>)).toBe(expected);
  });

  it.each([
    ['the first', 'a', '{\n  "b": {"x": [1, "}"]},\n  "c": "é\\u00e9"\n}\n'],
    ['one between', 'b', '{\n  "a" : 1.50,\n  "c": "é\\u00e9"\n}\n'],
    ['the last, and keeps where the brace stands', 'c', '{\n  "a" : 1.50,\n  "b": {"x": [1, "}"]}\n}\n'],
    ['none that is not there', 'd', PRETTY],
  ])('takes away %s', (_name, gone, expected) => {
    expect(changed(PRETTY, {}, gone)).toBe(expected);
  });

  it('takes away all of one name, and the last member too', () => {
    expect(changed('{"a":1,"a":2}', {}, 'a')).toBe('{}');
  });

  it('sets what is both set and taken away', () => {
    expect(changed('{"a":"1"}', { a: '2' }, 'a')).toBe('{"a":"2"}');
  });

  it.each([
    '',
    'x',
    '[]',
    '"{}"',
    'null',
    '{',
    '{"a":1,}',
    "{'a':1}",
    '{"a":1} x',
    '\ufeff{}',
    '{"a":01}',
    '{"a":"\n"}',
  ])('refuses what is no JSON object: %j', (text) => {
    expect(changed(text, { a: '1' })).toBe('not-an-object');
    expect(memberNames(text)).toBeUndefined();
    expect(readMember(text, 'a')).toBeUndefined();
  });

  it('takes deep and long objects in linear time', () => {
    const deep = `{"d":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const long = `{${Array.from({ length: 50_000 }, (_, index) => `"k${index}" : ${index}`).join(' , ')}}`;
    const started = performance.now();
    expect(changed(deep, { a: '1' })).toBe(`${deep.slice(0, -1)},"a":"1"}`);
    const shorter = `{ ${long.slice('{"k0" : 0 , '.length, -1)}, "a" : "1"}`;
    expect(changed(long, { a: '1' }, 'k0') === shorter).toBe(true);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('readMember', () => {
  it.each([
    ['a', { json: '"é\\n"', text: 'é\n' }],
    ['b', { json: '{ "x": 1 }' }],
    ['n', { json: '-1e5' }],
    ['b.x', undefined],
  ])('of %s', (name, expected) => {
    expect(readMember(' {"a":"first","a" : "é\\n" , "b": { "x": 1 },"n":-1e5}', name)).toEqual(expected);
  });
});

describe('memberNames', () => {
  it('names each member once, in order', () => {
    expect(memberNames('{"b":1,"a":{"c":1},"b":2}')).toEqual(['b', 'a']);
    expect(memberNames(' {} ')).toEqual([]);
  });
});
