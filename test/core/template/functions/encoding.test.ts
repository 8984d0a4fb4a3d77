import { describe, expect, it } from '@jest/globals';
import { render, renderBytes } from './render.ts';

describe('functions for JSON', () => {
  it.each([
    ['{{ dict "b" 1 "a" (list 1.5 nil true "<&>") | toJson }}', '{"a":[1.5,null,true,"\\u003c\\u0026\\u003e"],"b":1}'],
    ['{{ toRawJson "<&>" }}', '"<&>"'],
    ['{{ toPrettyJson (dict "a" (list)) }}', '{\n  "a": []\n}'],
    ['{{ (fromJson "{\\"a\\":{\\"b\\":[10]}}").a.b }}', '[10]'],
    ['{{ fromJson "no json" | printf "%v" }}', '<nil>'],
    ['{{ fromJson "12345678901234567890" }}', '1.2345678901234567e+19'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('takes __proto__ for a key, and the last of equal keys', () => {
    expect(render('{{ fromJson .text | toJson }}', { data: { text: '{"__proto__":1,"a":1,"a":2}' } })).toBe(
      '{"__proto__":1,"a":2}',
    );
  });

  it('reads thousands of levels on a stack of its own', () => {
    const text = '['.repeat(9000) + ']'.repeat(9000);
    expect(render('{{ fromJson .text | kindOf }}', { data: { text } })).toBe('slice');
    expect(render('{{ mustFromJson .text }}', { data: { text: `[${'['.repeat(10000)}` } })).toBe(
      'error calling mustFromJson: exceeded max depth',
    );
  });

  it('does not write maps that contain themselves', () => {
    expect(render('{{ $d := dict }}{{ $_ := set $d "a" $d }}[{{ toJson $d }}]')).toBe('[]');
  });
});

describe('functions for encodings', () => {
  it.each([
    ['{{ b64enc "a" }}{{ b64dec "YQ==" }}', 'YQ==a'],
    ['{{ b32enc "a" }}{{ b32dec "ME======" }}', 'ME======a'],
    ['{{ b64dec "YQ" }}', 'illegal base64 data at input byte 0'],
    ['{{ sha1sum "a" }}', '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ['{{ adler32sum "Wikipedia" }}', '300286872'],
    ['{{ toString 1.0 }}', '1'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('gives bytes that are no text', () => {
    expect(renderBytes('{{ b64dec "/wA=" }}')).toBe('\xff\x00');
  });
});

describe('functions for regular expressions', () => {
  it.each([
    ['{{ regexMatch "^a+$" "aaa" }}', 'true'],
    ['{{ regexFind "[0-9]+" "a12b3" }}', '12'],
    ['{{ regexFindAll "[0-9]" "a1b2" -1 }}', '[1 2]'],
    ['{{ regexReplaceAll "(a)(b)?" "ab a" "<$1${2}>" }}', '<ab> <a>'],
    ['{{ regexReplaceAll "a" "a" "$1x" }}', ''],
    ['{{ regexReplaceAllLiteral "a" "aa" "$1" }}', '$1$1'],
    ['{{ regexSplit "," "a,b,c" 2 }}', '[a b,c]'],
    ['{{ regexQuoteMeta "1.5$" }}', '1\\.5\\$'],
    ['{{ regexMatch "(" "a" }}', 'false'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('quotes the pattern that Go would panic over', () => {
    expect(render('{{ regexFind "a(" "a" }}')).toBe(
      'error calling regexFind: regexp: Compile(`a(`): error parsing regexp: missing closing ): `a(`',
    );
  });

  it('needs no more time for a pattern that others choke on', () => {
    expect(render('{{ regexMatch "^(a+)+$" (printf "%sb" (repeat 5000 "a")) }}')).toBe('false');
  });
});
