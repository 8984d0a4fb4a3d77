/**
 * Go's regular expressions (RE2), for patterns that users write.
 *
 * Takes time linear in the text, whatever the pattern; refuses look-around and back-references as Go does. Only
 * searches: re2js replaces by other rules than Go, so replacing belongs where those rules are written out.
 */
import { RE2JS } from 're2js';

export interface Regexp {
  /** Says whether the pattern is found anywhere in the text. */
  matches(text: string): boolean;
}

/** Compiles a pattern in Go's syntax; `undefined` when Go would refuse it. */
export function compileRegexp(pattern: string): Regexp | undefined {
  try {
    const compiled = RE2JS.compile(pattern);
    return { matches: (text) => compiled.matcher(text).find() };
  } catch {
    return undefined;
  }
}
