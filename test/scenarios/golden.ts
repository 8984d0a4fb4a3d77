/** A text that stands in a file beside its scenario. `UPDATE_GOLDEN=1` writes it anew: read it then. */
import { expect } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';

export function expectGolden(file: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
