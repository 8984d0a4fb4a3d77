/** The recorded template cases of this folder, one test for each file: what differs is named by case. */
import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { loadTemplateCases } from './load.ts';
import { failureOf } from './run.ts';

const { cases, malformed } = loadTemplateCases(join(import.meta.dirname, '../cases/template'));
const files = [...new Set(cases.map(({ file }) => file))];

describe('the operator and Keyferry render the same', () => {
  it('reads every case file', () => {
    expect(malformed).toEqual([]);
  });

  it.each(files)('all cases of %s', (file) => {
    const failures = cases
      .filter((loaded) => loaded.file === file)
      .map((loaded) => ({ id: loaded.case.id, failure: failureOf(loaded) }))
      .filter(({ failure }) => failure !== undefined);
    expect(failures).toEqual([]);
  });
});
