import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { FolderState } from '../../../src/adapters/directory/state-file.ts';
import { printState } from '../../../src/adapters/directory/state-text.ts';
import { recordsVersion } from '../../../src/core/model/sync-record.ts';

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'yes', '1e3', '- a', 'a: b', 'one\ntwo\n\n three\n', '\n', '# x', '\u2028'),
);
const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 3 }), fc.dictionary(text, text));
const entry = fc.dictionary(text, value, { maxKeys: 3 });
const entries = fc.dictionary(text, entry, { maxKeys: 3 });
const parts = fc.record({
  fieldOwners: fc.dictionary(text, fc.array(entry, { maxLength: 3 }), { maxKeys: 3 }),
  objects: entries,
  stores: entries,
});
const state = fc.oneof(
  parts,
  fc.tuple(parts, text).map(([one, installation]) => ({ ...one, installation })),
);

describe('the text of a state', () => {
  it('is that of one document with everything sorted', () => {
    fc.assert(
      fc.property(state, (content) => {
        const whole = { schemaVersion: recordsVersion(content as unknown as FolderState), ...content };
        const options = {
          compat: 'yaml-1.1',
          lineWidth: 0,
          sortMapEntries: true,
          aliasDuplicateObjects: false,
        } as const;
        expect(printState(content as unknown as FolderState)).toBe(stringify(whole, options));
      }),
    );
  });

  it('shows an entry that took the place of another', () => {
    const before = { fieldOwners: {}, objects: {}, stores: { 'SecretStore shop/kv': { ready: true } } };
    const after = { ...before, stores: { 'SecretStore shop/kv': { ready: false } } };
    const texts = [before, after].map((content) => printState(content as unknown as FolderState));
    expect(texts.map((one) => one.match(/ready: \w+/u)?.[0])).toEqual(['ready: true', 'ready: false']);
  });
});
