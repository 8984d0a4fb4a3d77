/** `keyferry schema` as its users run it. */
import { describe, expect, it } from '@jest/globals';
import { readArguments } from '../../src/cli/arguments.ts';

function printed(...words: readonly string[]): string {
  const read = readArguments(['schema', ...words]);
  if (read.kind === 'schema') return read.text;
  return read.kind === 'wrong' ? `${read.what}. ${read.fix}` : read.kind;
}

describe('keyferry schema', () => {
  it('lists kinds and their versions', () => {
    const lines = printed().trimEnd().split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^ExternalSecret +v1, v1beta1, v1alpha1$/u));
    expect(lines).toContainEqual(expect.stringMatching(/^PushSecret +v1alpha1$/u));
  });

  it.each([
    [['ExternalSecret'], 'external-secrets.io/externalsecret_v1.json'],
    [['externalsecret', 'v1beta1'], 'external-secrets.io/externalsecret_v1beta1.json'],
    [['SecretStore', 'external-secrets.io/v1'], 'external-secrets.io/secretstore_v1.json'],
    [['PUSHSECRET'], 'external-secrets.io/pushsecret_v1alpha1.json'],
  ])('prints one schema for %j', (words, id) => {
    expect(JSON.parse(printed(...words))).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: `https://raw.githubusercontent.com/keyferry/keyferry/v1/schemas/${id}`,
    });
  });

  it.each([
    [['ExternalSecrt'], '"ExternalSecrt" is no kind that has a schema. Did you mean ExternalSecret?'],
    [['PushSecret', 'v1'], 'PushSecret has no version "v1". It has v1alpha1.'],
    [['PushSecret', 'v1alpha1', 'x'], 'schema does not take "x". Give one kind, and a version of it.'],
    [['PushSecret', '-o', 'json'], 'schema does not take "-o". Give one kind, and a version of it.'],
    [['--kind', 'PushSecret'], 'schema does not take "--kind". Give one kind, and a version of it.'],
    [['PushSecret', 'other.io/v1alpha1'], 'PushSecret has no version "other.io/v1alpha1". It has v1alpha1.'],
    [['--help'], 'help'],
  ])('explains %j', (words, text) => {
    expect(printed(...words)).toBe(text);
  });

  it('names the kinds where no name is near', () => {
    expect(printed('Deployment')).toMatch(
      /^"Deployment" is no kind that has a schema\. There are .*ExternalSecret.*\.$/u,
    );
  });
});
