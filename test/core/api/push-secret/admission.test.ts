import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { parseDocuments } from '../../../../src/core/api/documents.ts';
import { checkManifests } from '../../../../src/core/api/manifests.ts';
import { refText } from '../../../../src/core/model/object-ref.ts';
import { problemText } from '../../../../src/core/model/problem.ts';

interface Case {
  readonly title: string;
  readonly manifests: readonly unknown[];
  readonly expect: readonly { readonly rejected?: Readonly<Record<string, string>> }[];
}

const FOLDER = new URL('../../../conformance/cases/pushsecret/', import.meta.url);

function casesOf(folder: string): readonly (readonly [string, Case])[] {
  const at = new URL(`${folder}/`, FOLDER);
  return readdirSync(at).map((file) => [file, parse(readFileSync(new URL(file, at), 'utf8')) as Case]);
}

function check({ manifests }: Case) {
  const text = manifests.map((one) => stringify(one)).join('---\n');
  return checkManifests(parseDocuments('m.yaml', text).documents);
}

function rejectedOf({ expect: steps }: Case): readonly string[] {
  return steps.flatMap(({ rejected }) => Object.keys(rejected ?? {}));
}

const CASES = [...casesOf('admission'), ...casesOf('cluster')];
const REJECTED = CASES.filter(([, one]) => rejectedOf(one).length > 0);

describe('what the definition of PushSecret refuses', () => {
  it('is in the recorded cases', () => expect(REJECTED).toHaveLength(14));

  it.each(REJECTED)('is refused here, with a line: %s', (_, one) => {
    const { refused, problems } = check(one);
    expect(refused.map(refText)).toEqual(rejectedOf(one));
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(problemText)).not.toEqual([]);
    expect(errors.every(({ origin, field }) => origin !== undefined && field !== undefined)).toBe(true);
  });

  it.each(CASES.filter(([, one]) => rejectedOf(one).length === 0))('and nothing else: %s', (_, one) => {
    expect(check(one).refused).toEqual([]);
  });
});

it('a field that PushSecrets do not have is a warning', () => {
  const [, one] = CASES.find(([file]) => file.startsWith('ps-090r')) ?? [];
  expect(one && check(one).problems.map(({ severity, code, field }) => [severity, code, field])).toEqual([
    ['warning', 'unknown-field', 'spec.foo'],
  ]);
});
