/** What the manual says about the program, held against the program. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { annotationsReference } from '../../scripts/annotations-reference.ts';
import { operatorReference } from '../../scripts/operator-reference.ts';
import { cliReference } from '../../scripts/write-reference.ts';
import { anchorsOf, pages, proseOf, ROOT, type Page } from './pages.ts';
import { portCodes, problemCodes } from './problem-codes.ts';

const PAGES = pages();

function page(file: string): Page {
  const found = PAGES.find((candidate) => candidate.file === file);
  if (found === undefined) throw new Error(`there is no ${file}`);
  return found;
}

describe('docs/reference/cli.md', () => {
  it('is what npm run docs writes', () => {
    expect(page('docs/reference/cli.md').text).toBe(cliReference());
  });
});

describe('docs/reference/manifests/annotations.md', () => {
  it('is what npm run docs writes', () => {
    expect(page('docs/reference/manifests/annotations.md').text).toBe(annotationsReference());
  });
});

describe('docs/reference/operator-releases.md', () => {
  it('is what npm run docs writes', () => {
    expect(page('docs/reference/operator-releases.md').text).toBe(operatorReference());
  });
});

describe('docs/reference/messages.md', () => {
  const headings = [...page('docs/reference/messages.md').text.matchAll(/^#### ([a-z0-9-]+)$/gm)].map(
    ([, code]) => code,
  );

  it('explains every code that a problem can have, and no other', () => {
    const known = [...problemCodes(), ...portCodes()].sort();
    expect(headings.toSorted()).toEqual(known);
  });
});

describe('docs/architecture.md', () => {
  it('names every room of src', () => {
    const rooms = ['src', 'src/core', 'src/adapters'].flatMap((parent) =>
      readdirSync(join(ROOT, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${parent === 'src' ? '' : `${parent.slice('src/'.length)}/`}${entry.name}`),
    );
    const { text } = page('docs/architecture.md');
    expect(rooms.filter((room) => !text.includes(`\`${room}\``))).toEqual([]);
  });
});

describe('links', () => {
  it.each(PAGES.map((one) => [one.file, one] as const))('of %s lead somewhere', (_file, one) => {
    expect(linksOf(one).filter((link) => !leadsSomewhere(one, link))).toEqual([]);
  });
});

/** Links within the repository. */
function linksOf(one: Page): readonly string[] {
  const links = [...proseOf(one).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => !/^(https?|mailto):/.test(link));
}

function leadsSomewhere(from: Page, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(ROOT, from.file) : resolve(ROOT, dirname(from.file), path);
  if (!existsSync(target)) return false;
  if (anchor === undefined) return true;
  if (statSync(target).isDirectory()) return false;
  return anchorsOf({ file: relative(ROOT, target), text: readFileSync(target, 'utf8') }).includes(anchor);
}
