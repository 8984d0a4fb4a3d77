/**
 * Go's regular expressions (RE2), for patterns that users write.
 *
 * Takes time linear in the text, whatever the pattern; refuses look-around and back-references as Go does. Only
 * searches: re2js replaces by other rules than Go, so replacing belongs where those rules are written out.
 */
import { RE2JS } from 're2js';

/** Characters of a pattern, and instructions that one compiles to: a list of hundreds of names has a few thousand. */
export const LARGEST_PATTERN = { characters: 64 * 1024, instructions: 10_000 } as const;

export interface Regexp {
  /** Says whether the pattern is found anywhere in the text. */
  matches(text: string): boolean;
  /** The most that a search of this text takes: each instruction at each character, some twenty nanoseconds each. */
  stepsOf(text: string): number;
}

/** Compiles a pattern in Go's syntax; `undefined` when Go would refuse it, or when it is too large. */
export function compileRegexp(pattern: string): Regexp | undefined {
  const compiled = compile(pattern);
  return typeof compiled === 'string' ? undefined : compiled;
}

/** Why a pattern cannot be used: Go refuses it, or it would keep a run busy. `undefined` = it can. */
export function regexpFault(pattern: string): 'syntax' | 'size' | undefined {
  const compiled = compile(pattern);
  return typeof compiled === 'string' ? compiled : undefined;
}

function compile(pattern: string): Regexp | 'syntax' | 'size' {
  if (pattern.length > LARGEST_PATTERN.characters) return 'size';
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch {
    return 'syntax';
  }
  const instructions = compiled.programSize();
  if (instructions > LARGEST_PATTERN.instructions) return 'size';
  return {
    matches: (text) => compiled.matcher(text).find(),
    stepsOf: (text) => (text.length + 1) * instructions,
  };
}
