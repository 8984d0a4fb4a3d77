/** action.yml and the tables of the manual, held against the table of settings. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { actionYaml, PAGES_WITH_TABLES, withTables } from '../../scripts/write-action.ts';
import { ACTION_INPUTS, ACTION_OUTPUTS } from '../../src/action/input-table.ts';
import { ROOT } from './pages.ts';

interface Described {
  readonly description: string;
}

const TEXT = readFileSync(join(ROOT, 'action.yml'), 'utf8');
const ACTION = parse(TEXT) as {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
  readonly runs: object;
};

describe('action.yml', () => {
  it('is what npm run docs writes', () => {
    expect(TEXT).toBe(actionYaml());
  });

  it('describes every input and output in a sentence', () => {
    expect(Object.keys(ACTION.inputs)).toEqual(ACTION_INPUTS.map(({ name }) => name));
    expect(Object.keys(ACTION.outputs)).toEqual(ACTION_OUTPUTS.map(({ name }) => name));
    const texts = [...Object.values(ACTION.inputs), ...Object.values(ACTION.outputs)];
    expect(texts.filter(({ description }) => !/^\S.*\.$/u.test(description))).toEqual([]);
  });

  it('runs on Node 24 from the committed bundle, its post step too', () => {
    expect(ACTION.runs).toEqual({ using: 'node24', main: 'dist/action/index.js', post: 'dist/action/index.js' });
  });

  it('has only names in small letters and hyphens', () => {
    expect(Object.keys(ACTION.inputs).filter((name) => !/^[a-z]+(-[a-z]+)*$/u.test(name))).toEqual([]);
  });
});

describe('the tables of inputs, outputs and settings', () => {
  it.each(PAGES_WITH_TABLES)('in %s are what npm run docs writes', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    expect(text).toBe(withTables(text));
  });

  it.each([
    ['docs/reference/action.md', ['inputs', 'outputs']],
    ['docs/reference/job.md', ['job-settings']],
  ])('are in %s', (file, parts) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    expect([...text.matchAll(/^<!-- ([a-z-]+) -->$/gmu)].map(([, name]) => name)).toEqual(parts);
  });
});
