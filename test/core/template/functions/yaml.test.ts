import { describe, expect, it } from '@jest/globals';
import { render } from './render.ts';

/** What `toYaml` writes for a JSON text. */
const written = (json: string): string => render('{{ fromJson .json | toYaml }}', { data: { json } });
/** What `fromYaml` reads, as JSON. */
const read = (yaml: string): string => render('{{ fromYaml .yaml | toRawJson }}', { data: { yaml } });
/** Why `fromYaml` refuses a text. */
const refusal = (yaml: string): string => render('{{ (fromYaml .yaml).Error }}', { data: { yaml } });

describe('toYaml', () => {
  it.each([
    ['{"b":[1,{"c":null}],"a":{}}', 'a: {}\nb:\n- 1\n- c: null'],
    ['[[1,[2]],[]]', '- - 1\n  - - 2\n- []'],
    ['{"a10":1,"a2":2,"_":3,"B":4}', '_: 3\nB: 4\na2: 2\na10: 1'],
    [
      '{"1":"yes","2":"1:30","3":"0x1F","4":"2001-01-01","5":"null","6":""}',
      '"1": "yes"\n"2": "1:30"\n"3": "0x1F"\n"4": "2001-01-01"\n"5": "null"\n"6": ""',
    ],
    [
      '["a: b","- a","#a","a #b","it\'s","\\"q\\"","a\\tb","é","😀"]',
      "- 'a: b'\n- '- a'\n- '#a'\n- 'a #b'\n- it's\n- '\"q\"'\n- \"a\\tb\"\n- é\n- \"\\U0001F600\"",
    ],
    ['{"k":"one\\ntwo\\n"}', 'k: |\n  one\n  two'],
    ['{"k":"one\\n\\n","l":"\\n one","m":"one \\ntwo"}', 'k: |+\n  one\n\nl: |2-\n\n   one\nm: "one \\ntwo"'],
    ['[1e21,1.5,-0.0,123456789012]', '- 1e+21\n- 1.5\n- 0\n- 123456789012'],
  ])('writes %s as go-yaml does', (json, yaml) => {
    expect(written(json)).toBe(yaml);
  });

  it('breaks a line at the first blank behind column 80', () => {
    const long = 'word '.repeat(20).trim();
    expect(written(JSON.stringify({ k: long }))).toBe(`k: ${'word '.repeat(16).trim()}\n  ${'word '.repeat(4).trim()}`);
  });

  it('announces a key that is long or has lines', () => {
    expect(written(JSON.stringify({ ['k'.repeat(129)]: 1, 'a\nb': 2 }))).toBe(
      `? |-\n  a\n  b\n: 2\n? ${'k'.repeat(129)}\n: 1`,
    );
  });

  it('leaves nothing of what YAML cannot say', () => {
    expect(render('[{{ toYaml "a\\u007fb" }}]')).toBe('[]');
    expect(render('[{{ dict (repeat 1025 "k") 1 | toYaml }}]')).toBe('[]');
  });
});

describe('fromYaml', () => {
  it.each([
    [
      'a: 010\nb: yes\nc: 1_000\nd: 0x1F\ne: 1e3\nf: ~\ng: 2001-01-01\nh: 1:30',
      '{"a":8,"b":true,"c":1000,"d":31,"e":1000,"f":null,"g":"2001-01-01","h":"1:30"}',
    ],
    ['1: a\n1.5: b\nyes: c', '{"1":"a","1.5":"b","true":"c"}'],
    ['a: |\n  x\n   y\n\nb: >-\n  x\n  y\n\n  z', '{"a":"x\\n y\\n","b":"x y\\nz"}'],
    ['a: "x\\\n  y"\nb: \'it\'\'s\'\nc: "\\u00e9\\x41"', '{"a":"xy","b":"it\'s","c":"éA"}'],
    ['a: &x {k: 1, l: 2}\nb: *x\nc:\n  <<: *x\n  l: 3', '{"a":{"k":1,"l":2},"b":{"k":1,"l":2},"c":{"k":1,"l":3}}'],
    ['a: [x, {k: 1}, z: 2]\nb: []', '{"a":["x",{"k":1},{"z":2}],"b":[]}'],
    ['a: !!str 1\nb: !!float 1\nc: !!binary YQ==\nd: !mine x', '{"a":"1","b":1,"c":"a","d":"x"}'],
    ['a: 1\na: 2', '{"a":2}'],
    ['a: 1\n---\nb: 2', '{"a":1}'],
    ['', '{}'],
    ['null', '{}'],
    ['# nothing\n', '{}'],
  ])('reads %j as the operator does', (yaml, json) => {
    expect(read(yaml)).toBe(json);
  });

  it.each([
    ['a: b: c', 'error converting YAML to JSON: yaml: mapping values are not allowed in this context'],
    ['a: 1\n b: 2', 'error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context'],
    ['a: 1\nb', "error converting YAML to JSON: yaml: line 3: could not find expected ':'"],
    ['a: [1, 2', "error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'"],
    ['a:\n\tb: 1', 'error converting YAML to JSON: yaml: line 2: found character that cannot start any token'],
    ['a: @b', 'error converting YAML to JSON: yaml: found character that cannot start any token'],
    ['a: "b', 'error converting YAML to JSON: yaml: found unexpected end of stream'],
    ['a: *b', "error converting YAML to JSON: yaml: unknown anchor 'b' referenced"],
    ['a: &a [*a]', "error converting YAML to JSON: yaml: anchor 'a' value contains itself"],
    ['a: !!int x', 'error converting YAML to JSON: yaml: cannot decode !!str `x` as a !!int'],
    ['? [a]\n: b', 'error converting YAML to JSON: yaml: invalid map key: []interface {}{"a"}'],
    ['~: b', 'error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: "b"'],
    ['a: .inf', 'error converting YAML to JSON: json: unsupported value: +Inf'],
    ['%YAML 1.2\n---\na: 1', 'error converting YAML to JSON: yaml: found incompatible YAML document'],
    ['a: \u0001', 'error converting YAML to JSON: yaml: control characters are not allowed'],
    [
      '- a',
      'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'text',
      'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type map[string]interface {}',
    ],
  ])('says of %j what the operator says', (yaml, text) => {
    expect(refusal(yaml)).toBe(text);
  });

  it('refuses aliases that multiply', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(',')}]`,
    );
    expect(refusal(['a0: &a0 x', ...levels].join('\n'))).toBe(
      'error converting YAML to JSON: yaml: document contains excessive aliasing',
    );
  });

  it('stops at five hundred levels', () => {
    expect(read(`a: ${'['.repeat(499)}${']'.repeat(499)}`)).toBe(`{"a":${'['.repeat(499)}${']'.repeat(499)}}`);
    expect(render('{{ fromYaml .yaml }}', { data: { yaml: '['.repeat(501) } })).toContain('more than 500 levels');
  });

  it('reads a text in UTF-16, as a byte order mark tells', () => {
    const utf16 = Buffer.from('\ufeffa: é😀', 'utf16le').toString('base64');
    expect(render('{{ b64dec .text | fromYaml | toRawJson }}', { data: { text: utf16 } })).toBe('{"a":"é😀"}');
  });

  it('reads what toYaml wrote', () => {
    const value = {
      block: 'a: "b"\n\n  c\n',
      empty: [{}, [], '', null],
      long: 'x y '.repeat(60),
      'odd key: #': [1.5, true],
    };
    const json = JSON.stringify(value);
    expect(JSON.parse(read(written(json)))).toEqual(value);
  });
});
