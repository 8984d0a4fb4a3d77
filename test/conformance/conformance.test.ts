/** The recorded cases of this folder, one test each; those of features to come are counted, not skipped. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { loadCases } from './load-case.ts';
import { startConformanceAzure, type ConformanceAzure } from './loopback.ts';
import { failuresOf, IN_MEMORY, pendingText, sortCases, waysToPlay } from './run-all.ts';

const { runnable, malformed, pending } = sortCases(loadCases(join(import.meta.dirname, 'cases')));

describe('the operator and Keyferry do the same', () => {
  let azure: ConformanceAzure;
  beforeAll(async () => {
    azure = await startConformanceAzure();
  });
  afterAll(async () => {
    await azure.close();
    process.stdout.write(pendingText(pending));
  });

  it('reads every case file', () => {
    expect(malformed).toEqual([]);
  });

  for (const { case: one } of runnable) {
    for (const { name, open } of waysToPlay(one, IN_MEMORY)) {
      it(`${name}: ${one.title}`, async () => {
        const failures = await failuresOf(one, azure, open);
        if (failures.length > 0) throw new Error(failures.join('\n'));
      }, 30_000);
    }
  }
});
