/** The inputs that are paths: one a line, for a path may hold a comma or a space. */
import { existsSync } from 'node:fs';
import type { Problem } from '../core/model/problem.ts';

export const PATH_INPUTS: readonly string[] = ['manifests', 'base'];

export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/u).map((line) => line.trim());
}

/** A list that other actions would take, told before its whole line is looked for as one path. */
export function pathProblems(textOf: (input: string) => string): readonly Problem[] {
  return PATH_INPUTS.flatMap((name) => {
    const line = linesOf(textOf(name)).find(isList);
    if (line === undefined) return [];
    return {
      severity: 'error',
      code: 'setting',
      what: `the input ${name} has several paths on one line`,
      fix: `Write one a line: ${name}: | and below it each path on a line of its own.`,
    };
  });
}

function isList(line: string): boolean {
  if (existsSync(line)) return false;
  // Commas in braces are of a glob.
  const bare = line.replaceAll(/\{[^{}]*\}/gu, '');
  if (bare.includes(',') || /^\[.*\]$/u.test(line)) return true;
  const parts = line.split(/\s+/u);
  return parts.length > 1 && parts.every((part) => existsSync(part));
}
