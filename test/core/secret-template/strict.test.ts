/**
 * Failures that Go's functions pass over: what ends a render, what may be asked for, and what the operator would have
 * written. Values are those of the public reports, or made for this.
 */
import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../../src/core/model/message.ts';
import type { TargetTemplate } from '../../../src/core/model/intent.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { isLenient } from '../../../src/core/api/annotations.ts';
import { renderTarget } from '../../../src/core/secret-template/render-target.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

const PEM = (type: string) => `-----BEGIN ${type}-----\nAQI=\n-----END ${type}-----\n`;

const DATA = {
  plain: 'hello',
  base64: 'aGVsbG8=',
  json: '{"a":"x","nothing":null,"list":[null]}',
  broken: '{"a": "x",',
  huge: '{"a":1e999}',
  yaml: 'a: x',
  brokenYaml: 'a: [x',
  rsa: PEM('RSA PRIVATE KEY'),
  empty: '',
};

function render(text: string, strict = true): string {
  const result = renderTarget({
    template: {
      mergePolicy: 'Replace',
      labels: {},
      annotations: {},
      finalizers: [],
      templateFrom: [],
      data: { key: text },
    } satisfies TargetTemplate,
    values: new Map(Object.entries(DATA).map(([key, value]) => [key, SecretValue.ofText(value)])),
    source: () => ({ kind: 'absent' }),
    environment: TEMPLATE_ENVIRONMENT,
    isStrict: strict,
  });
  if (result.kind === 'refused') {
    return result.findings
      .map(({ problem }) => messageText(problem.what).replace(/^.*? executing "key" at /, ''))
      .join('\n');
  }
  return Buffer.from(result.content.data.get('key')!.value.reveal()).toString();
}

describe('a failure whose result is a text', () => {
  it.each([
    ['{{ .plain | b64dec }}', '<b64dec>: error calling b64dec: illegal base64 data at input byte 4'],
    ['{{ b32dec .plain }}', '<b32dec .plain>: error calling b32dec: illegal base32 data at input byte 0'],
    ['{{ .plain | hexdec }}', '<hexdec>: error calling hexdec: encoding/hex: invalid byte: [redacted]'],
    ['{{ htpasswd "a:b" .plain "sha" }}', ''],
    [
      '{{ derivePassword 1 "longest" .plain "u" "s" }}',
      '<derivePassword 1 "longest" .plain "u" "s">: error calling derivePassword: cannot find password template longest',
    ],
    [
      '{{ bcrypt (repeat 80 "x") }}',
      '<bcrypt (repeat 80 "x")>: error calling bcrypt: failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes',
    ],
    ['{{ genPrivateKey "rsa2" }}', '<genPrivateKey "rsa2">: error calling genPrivateKey: Unknown type rsa2'],
    ['{{ (fromYaml .brokenYaml).a }}', ''],
    ['{{ (fromJson .huge).a }}', ''],
  ])('ends the render where it happens: %s', (text, expected) => {
    const result = render(text);
    if (expected === '') expect(result).toContain('error calling ');
    else expect(result).toBe(expected);
    expect(result).not.toContain('hello');
  });

  it.each([
    '{{ .plain | b64dec | default "x" }}',
    '{{ if .plain | b64dec }}yes{{ end }}',
    '{{ if eq (.plain | b64dec) "x" }}yes{{ else }}no{{ end }}',
    '{{ .plain | b64dec | quote | upper }}',
    '{{ $unused := .plain | b64dec }}',
    '{{ and .empty "x" }}{{ or (.plain | b64dec) "x" }}',
  ])('cannot be asked for, since nobody can tell it from a good one: %s', (text) => {
    expect(render(text)).toContain('error calling b64dec: illegal base64 data at input byte 4');
  });

  it('is none where the function is not called', () => {
    expect(render('{{ if .empty }}{{ .plain | b64dec }}{{ end }}{{ and .empty (.plain | b64dec) }}ok')).toBe('ok');
    expect(render('{{ .base64 | b64dec }} {{ "" | b64dec }}.')).toBe('hello .');
  });
});

describe('a failure whose result is nothing', () => {
  const BROKEN = 'error calling fromJson: unexpected end of JSON input';

  it.each([
    '{{ .broken | fromJson }}',
    '{{ (fromJson .broken).a }}',
    '{{ range fromJson .broken }}{{ . }}{{ end }}',
    '{{ .broken | fromJson | toJson }}',
    '{{ .broken | fromJson | toString }}',
    '{{ get (fromJson .broken) "a" }}',
    '{{ list (fromJson .broken) | join "," }}',
    '{{ set (dict) "a" (fromJson .broken) | toJson }}',
    '{{ $x := fromJson .broken }}{{ range $k, $v := $x }}{{ end }}',
    '{{ define "t" }}{{ .a }}{{ end }}{{ template "t" (fromJson .broken) }}',
    '{{ or .empty (fromJson .broken) }}',
    '{{ fromJson .broken | default (fromJson .broken) }}',
    '{{ true | ternary (fromJson .broken) "b" }}',
    '{{ with $x := list 1 }}{{ index (fromJson $.broken) "a" }}{{ end }}',
    '{{ int (fromJson .broken) }}',
    '{{ printf "%v" (fromJson .broken) }}',
    '{{ len (fromJson .broken) }}',
    '{{ call (fromJson .broken) }}',
  ])('ends the render where it is used: %s', (text) => {
    expect(render(text)).toContain(BROKEN);
  });

  it.each([
    ['{{ if fromJson .broken }}yes{{ else }}no{{ end }}', 'no'],
    ['{{ with fromJson .broken }}{{ .a }}{{ else }}none{{ end }}', 'none'],
    ['{{ with fromJson .broken }}{{ .a }}{{ end }}.', '.'],
    ['{{ (fromJson .broken | default (dict "a" "b")).a }}', 'b'],
    ['{{ coalesce (fromJson .broken) "c" }}', 'c'],
    ['{{ or (fromJson .broken) "d" }}', 'd'],
    ['{{ if and (fromJson .broken) true }}yes{{ else }}no{{ end }}', 'no'],
    ['{{ if not (fromJson .broken) }}none{{ end }}', 'none'],
    ['{{ if empty (fromJson .broken) }}none{{ end }}', 'none'],
    ['{{ if eq (fromJson .broken) nil }}none{{ end }}', 'none'],
    ['{{ if kindIs "map" (fromJson .broken) }}map{{ else }}no map{{ end }}', 'no map'],
    ['{{ kindOf (fromJson .broken) }}', 'invalid'],
    ['{{ any (fromJson .broken) .plain }}', 'true'],
    ['{{ range fromJson .broken }}x{{ else }}none{{ end }}', 'none'],
    ['{{ false | ternary (fromJson .broken) "b" }}', 'b'],
    ['{{ $x := fromJson .broken }}{{ if $x }}{{ $x.a }}{{ else }}none{{ end }}', 'none'],
    ['{{ $x := fromJson .broken }}not used', 'not used'],
  ])('may be asked for: %s', (text, expected) => {
    expect(render(text)).toBe(expected);
    expect(render(text, false)).toBe(expected);
  });

  it('is also that of a filter that keeps nothing, and of a value that has no JSON', () => {
    expect(render('{{ .rsa | filterPEM "PRIVATE KEY" }}')).toBe(
      '<filterPEM "PRIVATE KEY">: error calling filterPEM: no block of the type PRIVATE KEY is in it',
    );
    expect(render('{{ .rsa | filterPEM "PRIVATE KEY" | default "" }}.')).toBe('.');
    expect(render('{{ .rsa | filterPEM "RSA PRIVATE KEY" }}')).toBe(DATA.rsa);
    expect(render('{{ .empty | filterPEM "PRIVATE KEY" }}.')).toBe('.');
    expect(render('{{ dict "a" (divf 1 0.0) | toJson }}')).toContain('error calling ');
    expect(render('{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ $d | toJson }}')).toBe(
      '<toJson>: error calling toJson: json: unsupported value: encountered a cycle via map[string]interface {}',
    );
  });

  it('is none where JSON says null', () => {
    expect(render('{{ fromJson "null" | toJson }}')).toBe('null');
  });
});

describe('a nil that is printed', () => {
  it.each([
    ['{{ (fromJson .json).nothing }}', '<(fromJson .json).nothing>: it prints a value that is nil'],
    ['{{ first (list) }}', '<first (list)>: it prints a value that is nil'],
    ['{{ (fromJson .json).nothing | toString }}', '<toString>: error calling toString: it prints a value that is nil'],
    [
      'x{{ print (fromJson .json).nothing }}',
      '<print (fromJson .json).nothing>: error calling print: it prints a value that is nil',
    ],
    [
      '{{ printf "%s" (index (fromJson .json) "none") }}',
      '<printf "%s" (index (fromJson .json) "none")>: error calling printf: it prints a value that is nil',
    ],
    ['{{ (fromJson .json).nothing | html }}', '<html>: error calling html: it prints a value that is nil'],
    ['{{ (fromJson .json).list }}', '<(fromJson .json).list>: it prints a value that is nil'],
    [
      '{{ toString (fromJson .json).nothing | quote }}',
      '<toString (fromJson .json).nothing>: error calling toString: it prints a value that is nil',
    ],
    [
      '{{ $x := printf "%v" (fromJson .json).nothing }}{{ $x }}',
      '<printf "%v" (fromJson .json).nothing>: error calling printf: it prints a value that is nil',
    ],
  ])('ends the render: %s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    ['{{ "<no value>" }} {{ "<nil>" }}', '<no value> <nil>'],
    ['{{ if ne (toString (fromJson .json).nothing) "<nil>" }}yes{{ else }}no{{ end }}', 'no'],
    ['{{ (fromJson .json).nothing | default "d" }}', 'd'],
    ['{{ (fromJson .json).nothing | quote }}.', '.'],
    ['{{ dict "a" nil | toJson }}', '{"a":null}'],
    ['{{ printf "%T" nil }}', '<nil>'],
    ['{{ join "," (list "a" nil "b") }}', 'a,b'],
    ['{{ int nil }}', '0'],
  ])('is no text that looks like one, and none that is only asked for: %s', (text, expected) => {
    expect(render(text)).toBe(expected);
    expect(render(text, false)).toBe(expected);
  });
});

describe('keyferry.dev/lenient-templates', () => {
  it('gives what the operator writes', () => {
    expect(render('{{ .plain | b64dec }}', false)).toBe('illegal base64 data at input byte 4');
    expect(render('{{ .broken | fromJson }}', false)).toBe('<no value>');
    expect(render('{{ toString (fromJson .json).nothing }}', false)).toBe('<nil>');
    expect(render('[{{ .rsa | filterPEM "PRIVATE KEY" }}]', false)).toBe('[]');
  });

  it.each<[Readonly<Record<string, string>>, boolean]>([
    [{}, true],
    [{ 'keyferry.dev/lenient-templates': 'true' }, false],
    [{ 'keyferry.dev/lenient-templates': 'false' }, true],
    [{ 'keyferry.dev/lenient-templates': '' }, true],
  ])('is asked for by the text true alone: %j', (annotations, strict) => {
    expect(!isLenient(annotations)).toBe(strict);
  });
});
