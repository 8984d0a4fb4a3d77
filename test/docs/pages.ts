/** The pages of the manual, taken apart into what the tests of this folder look at. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Block {
  readonly language: string;
  readonly text: string;
  /** Line of the fence, counted from 1. */
  readonly line: number;
  /** The problem codes of `<!-- refused: code -->` before the block. */
  readonly refused: readonly string[];
}

export interface Page {
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** The README and its neighbours, everything in docs, and what stands beside files that people copy. */
export function pages(): readonly Page[] {
  const ofDocs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file))
    .sort();
  const files = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'job/deploy/README.md', ...ofDocs];
  return files.map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
}

/** Fenced blocks, also indented ones. */
export function blocksOf({ text }: Page): readonly Block[] {
  const blocks: Block[] = [];
  const fence = /^( *)```(\w+)\n([\s\S]*?)^\1```$/gm;
  for (const match of text.matchAll(fence)) {
    const [, indent = '', language = '', body = ''] = match;
    const before = text.slice(0, match.index);
    const refused = /<!-- refused: ([a-z0-9 -]+) -->\s*$/.exec(before)?.[1] ?? '';
    blocks.push({
      language,
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: before.split('\n').length,
      refused: refused === '' ? [] : refused.split(' '),
    });
  }
  return blocks;
}

/** The page without its blocks and without code in a line, so that nothing in them is taken for a link. */
export function proseOf({ text }: Page): string {
  return text.replace(/^( *)```[\s\S]*?^\1```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** What GitHub makes of headings: the names that links can end in. */
export function anchorsOf({ text }: Page): readonly string[] {
  const headings = text.replace(/^( *)```[\s\S]*?^\1```$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map((match) => anchorOf(match[1] ?? ''));
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
