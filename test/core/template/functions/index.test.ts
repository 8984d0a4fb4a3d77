import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionExample, TemplateFunction } from '../../../../src/core/template/function-table.ts';
import { FUNCTIONS } from '../../../../src/core/template/functions/index.ts';
import { render } from './render.ts';

/** What the operator's own program says about its functions: name and Go type. */
const RECORDED = join(import.meta.dirname, '../../../conformance/cases/template/signatures.json');

const all = [...FUNCTIONS.values()];
const namesOf = (functions: readonly TemplateFunction[]): readonly string[] => functions.map(({ name }) => name).sort();

describe('the table of functions', () => {
  it('holds what the operator has, with the same types', () => {
    const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Readonly<Record<string, string>>;
    expect(Object.fromEntries(all.map(({ name, signature }) => [name, signature]))).toEqual(recorded);
  });

  it('tells the functions of the operator from those of sprig', () => {
    expect(namesOf(all.filter(({ source }) => source === 'ESO'))).toEqual([
      'certSANs',
      'filterCertChain',
      'filterPEM',
      'fromYaml',
      'fullPemToPkcs12',
      'fullPemToPkcs12Pass',
      'jwkPrivateKeyPem',
      'jwkPublicKeyPem',
      'pemToPkcs12',
      'pemToPkcs12Pass',
      'pemTruststoreToPKCS12',
      'pemTruststoreToPKCS12Pass',
      'pkcs12cert',
      'pkcs12certPass',
      'pkcs12key',
      'pkcs12keyPass',
      'rsaDecrypt',
      'toYaml',
    ]);
  });

  it.each(all.map((entry) => [entry.name, entry] as const))('shows %s with an example that is true', (_name, entry) => {
    expect(render(entry.example.template, dataOf(entry.example))).toEqual(printed(entry.example));
  });

  it('knows which functions give something else in every run', () => {
    const volatile = all.filter((entry) => entry.volatile === true);
    expect(namesOf(volatile)).toEqual(namesOf(all.filter(({ name }) => VOLATILE.test(name))));
  });
});

const VOLATILE =
  /^(?:now|ago|date|dateInZone|date_in_zone|htmlDate|htmlDateInZone|durationRound|.*ToP(?:kcs|KCS)12(?:Pass)?|gen.*|bcrypt|htpasswd|encryptAES|rand.*|shuffle|uuidv4)$/;

function dataOf({ data }: FunctionExample): { readonly data?: Readonly<Record<string, string>> } {
  return data === undefined ? {} : { data };
}

function printed(example: FunctionExample): unknown {
  return 'prints' in example ? example.prints : expect.stringMatching(example.matches);
}
