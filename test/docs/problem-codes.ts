/** The codes that problems can have, found in the sources: `code: '…'`, and the first text of the functions that make problems. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './pages.ts';

const CODE = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*';
const PATTERNS = [
  new RegExp(`\\bcode: '(${CODE})'`, 'g'),
  new RegExp(
    `\\b(?:errorOf|valueFault|problem|fileProblem|blocked)\\(\\s*(?:(?:input|subject|\\{[^}]*\\}),\\s*)?'(${CODE})'`,
    'g',
  ),
  new RegExp(`\\bblocked\\(subject, [^,]*\\? '(${CODE})'`, 'g'),
  new RegExp(`\\bblocked\\(subject, [^,]*\\? '[a-z-]+' : '(${CODE})'`, 'g'),
];

/** Sorted, each once. */
export function problemCodes(): readonly string[] {
  const codes = sources().flatMap((text) => PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)]));
  return [...new Set(codes.map((match) => match[1] ?? ''))].sort();
}

/** Codes that are made from the error of a port: its kind, or a code of our own. A service's own codes are not listed. */
export function portCodes(): readonly string[] {
  const errors = readFileSync(join(ROOT, 'src/ports/errors.ts'), 'utf8');
  const union = /type PortErrorKind =([\s\S]*?)\n\n/.exec(errors)?.[1] ?? '';
  const kinds = [...union.matchAll(/\| '([A-Za-z]+)'/g)];
  const own = sources().flatMap((text) => [...text.matchAll(/\bcode: '([A-Z][A-Za-z]+)'/g)]);
  return [...new Set([...kinds, ...own].map((match) => `provider-${kebab(match[1] ?? '')}`))].sort();
}

function kebab(text: string): string {
  return text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

function sources(): readonly string[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'));
}
