/** The page of differences and the cases that are compared with something else than what was recorded. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DEVIATIONS } from '../conformance/deviations.ts';
import { ROOT } from './pages.ts';

const page = readFileSync(join(ROOT, 'docs/reference/differences-from-eso.md'), 'utf8');
const files = readdirSync(join(ROOT, 'test/conformance/cases'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => basename(file));

/** In `(case es-d03)`, `(cases az-039b, es-051)`. */
function explained(): readonly string[] {
  return [...page.matchAll(/\(cases? ([a-z0-9, -]+)\)/gu)].flatMap(([, ids = '']) => ids.split(', ')).sort();
}

describe('the differences from the operator', () => {
  const deviating = DEVIATIONS.flatMap(({ cases }) => Object.keys(cases)).sort();

  it('are explained case by case, each once', () => {
    expect(explained()).toEqual(deviating);
  });

  it('are of cases that there are', () => {
    expect(deviating.filter((id) => !files.some((file) => file.startsWith(`${id}-`)))).toEqual([]);
  });
});
