/**
 * However an old manifest is written, its upgrade says the same, keeps every comment, and changes nothing the second time;
 * whatever a text is, it is given back or refused.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { upgradeTexts } from '../../src/core/api/upgrade.ts';
import { canonicalText } from '../../src/core/model/canonical-text.ts';
import { runs } from './fuzz-runs.ts';

const COMMENT = '# keep me';

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'a',
    'a: b',
    '- a',
    '#',
    '# a',
    '*a',
    '&a',
    '{',
    'a\nb',
    'a\n\n  b\n',
    '\n',
    'yes',
    '0777',
    '"',
    "'",
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const remoteRef = fc.record({ key: text, property: text, version: text }, { requiredKeys: ['key'] });
/** Of one that stands twice the second is written as an alias. */
const entries = fc
  .array(remoteRef, { maxLength: 4 })
  .chain((list) => fc.boolean().map((twice) => (twice ? list.flatMap((one) => [one, one]) : list)));
const template = fc.record(
  { engineVersion: fc.constantFrom('v1', 'v2'), data: fc.dictionary(text, text, { maxKeys: 2 }) },
  { requiredKeys: [] },
);
const written = fc.record({
  version: fc.constantFrom('v1alpha1', 'v1beta1', 'v1'),
  spec: fc.record(
    { target: fc.record({ template }, { requiredKeys: [] }), dataFrom: entries, more: text },
    { requiredKeys: [] },
  ),
});
const style = fc.record({
  indent: fc.constantFrom(1, 2, 3, 4, 7),
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
  defaultStringType: fc.constantFrom(
    'PLAIN' as const,
    'QUOTE_DOUBLE' as const,
    'QUOTE_SINGLE' as const,
    'BLOCK_LITERAL' as const,
  ),
  lineWidth: fc.constantFrom(0, 20, 80),
});

function manifestOf({ version, spec }: { readonly version: string; readonly spec: object }): object {
  return {
    apiVersion: `external-secrets.io/${version}`,
    kind: 'ExternalSecret',
    metadata: { name: 'a', namespace: 'b' },
    spec,
  };
}

function valuesIn(one: string): readonly string[] {
  return parseDocuments('m.yaml', one).documents.map(({ value }) => canonicalText(value).replace('/v1beta1"', '/v1"'));
}

function upgraded(one: string) {
  return upgradeTexts([{ file: 'm.yaml', text: one }]);
}

describe('an upgrade', () => {
  it('says the same, in whatever style the manifest is written', () => {
    fc.assert(
      fc.property(
        fc.array(written, { minLength: 1, maxLength: 3 }),
        style,
        fc.boolean(),
        (manifests, how, commented) => {
          const plain = manifests.map((one) => stringify(manifestOf(one), how)).join('---\n');
          const before = commented ? plain.replaceAll(/^(kind: .*)$/gmu, `$1 ${COMMENT}`) : plain;
          const { text: after, problems } = upgraded(before);
          expect(problems).toEqual([]);
          expect(valuesIn(after)).toEqual(valuesIn(before));
          expect(after.split(COMMENT)).toHaveLength(before.split(COMMENT).length);
          expect(upgraded(after)).toEqual({ text: after, problems: [] });
        },
      ),
      runs(1 / 8),
    );
  });

  it('gives back, or refuses, whatever it is', () => {
    const pieces = [
      'a',
      'b: ',
      '- ',
      '\n',
      '\n  ',
      '? ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '<<: ',
      '!!map ',
      '|',
      '"',
      '#',
      '---\n',
      '...\n',
    ];
    const ours = [
      'apiVersion: external-secrets.io/v1alpha1\n',
      'kind: ExternalSecret\n',
      'spec:\n  dataFrom:\n  - ',
      'key: a',
      'kind: List\nitems:\n- ',
    ];
    const soup = fc.array(fc.constantFrom(...pieces, ...ours), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(soup, (one) => {
        const { text: after, problems } = upgraded(one);
        if (problems.length === 0) expect(valuesIn(after)).toEqual(valuesIn(one));
      }),
      runs(1),
    );
  });
});
