import { describe, expect, it } from '@jest/globals';
import { FUNCTIONS } from '../../../src/core/template/functions/index.ts';
import { hintFor } from '../../../src/core/template/hints.ts';
import { parseTemplate } from '../../../src/core/template/template.ts';
import { TemplateProblem } from '../../../src/core/template/template-problem.ts';
import { fromUtf8, stringMapOf } from '../../../src/core/template/values.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

const NO_PEM =
  'The value is no PEM text. If its line ends are lost, set it from a file (az keyvault secret set --file), or put | replace "\\\\n" "\\n" before it.';

const DATA = {
  oneLine: '-----BEGIN CERTIFICATE----- AQI= -----END CERTIFICATE-----',
  user: 'app',
  'tls.crt': 'PEM',
  'db-password': 'x',
  json: '{"port":8080}',
};

/** The hint for the mistake in a template; it fails if there is none. */
function hint(text: string): string {
  const template = parseTemplate('key', fromUtf8(text), FUNCTIONS);
  const options = { environment: TEMPLATE_ENVIRONMENT, missingKey: 'error' } as const;
  const data = stringMapOf(Object.entries(DATA));
  const problem = template instanceof TemplateProblem ? template : template.execute(data, options);
  if (!(problem instanceof TemplateProblem)) throw new Error(`rendered ${problem}`);
  return hintFor(problem, { keys: Object.keys(DATA), functions: FUNCTIONS });
}

describe('hintFor', () => {
  it.each([
    ['{{ b64Dec .user }}', 'Did you mean b64dec?'],
    ['{{ uper .user }}', 'Did you mean upper?'],
    ['{{ user }}', 'The key is read as {{ .user }}.'],
    ['{{ tls.crt }}', 'The key is read as {{ index . "tls.crt" }}.'],
    ['{{ .tls.crt }}', 'The key is read as {{ index . "tls.crt" }}.'],
    ['{{ .db-password }}', 'A name with a dash is read as {{ index . "the-name" }}.'],
    ['{{ .usr }}', 'Did you mean .user?'],
    ['{{ index .data "user" }}', 'The keys stand at the top: {{ .key }}, without .data.'],
    ['{{ include "x" . }}', 'Helm has include; here use {{ template "name" . }}.'],
    ['{{ env "HOME" }}', 'The environment is not shown to templates.'],
    ['{{ .user', 'An action ends with }} on both braces.'],
    ['{{ if .user }}', 'Every if, with, range, define and block needs an {{ end }}.'],
    [
      '{{ regexMatch "\\d" .user }}',
      'Write patterns between backquotes: `\\d+`; in double quotes a backslash needs another.',
    ],
    ['{{ “x” }}', 'Use straight quotes.'],
    ['{{ upper 5 }}', 'Put it in quotes, or use toString.'],
    ['{{ hasKey . "a" }}', 'The data themselves are texts by name: read them with {{ index . "key" }}.'],
    ['{{ upper (fromJson .json).port }}', 'Add | toString.'],
    ['{{ trunc (fromJson .json).port "a" }}', 'Add | int.'],
    [
      '{{ eq (fromJson .json).port 8080 }}',
      'Numbers from JSON are floats: convert with | int, or compare with 8080.0.',
    ],
    ['{{ eq .user 1 }}', 'Convert one of them, with toString or int.'],
    ['{{ .user.name }}', 'A value is a text; for JSON write {{ (fromJson .key).name }}.'],
    ['{{ range .user }}{{ end }}', 'A value is a text; for JSON write {{ range fromJson .key }}.'],
    ['{{ .user | (printf "%s") }}', 'The function comes first: {{ printf "%s" .a }}.'],
    ['{{ pkcs12key .user }}', 'The value is no archive as it is: | b64dec first, if it is in base64.'],
    ['{{ .oneLine | filterPEM "CERTIFICATE" }}', NO_PEM],
    ['{{ .oneLine | certSANs }}', NO_PEM],
    ['{{ pemToPkcs12 .oneLine .oneLine }}', NO_PEM],
    [
      '{{ .oneLine | filterCertChain "leaf" }}',
      'The certificates in the value are not one chain: take out what is twice or belongs to another.',
    ],
    ['{{ mustFromJson .user }}', 'Correct the value, or ask for it first: {{ with fromJson .key }}.'],
    ['{{ jwkPublicKeyPem .user }}', 'Correct the value that it is given, or the template at that place.'],
    ['{{ fail .user }}', 'Correct the value; the template refuses this one by itself.'],
    ['{{ break }}', 'Correct the template at that place.'],
  ])('for %s says: %s', (text, expected) => {
    expect(hint(text)).toBe(expected);
  });
});
