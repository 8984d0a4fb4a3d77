/** `rewrite[].regexp`: every match in a name is replaced, by Go's rules of RE2 and of `$1`. */
import { compile, type GoRegexp } from '../template/functions/regex/regexp.ts';
import type { Account } from '../template/limits.ts';
import { fromUtf8, GoError, toUtf8Text } from '../template/values.ts';
import type { GoString } from '../template/values.ts';
import { errorOf } from './entry-outcome.ts';
import type { NamesResult } from './rewrite.ts';

/** ESO 2.9: names without a match stay. */
export function rewriteByPattern(
  names: readonly string[],
  { source, target }: { readonly source: string; readonly target: string },
  { spend }: Account,
): NamesResult {
  const regexp = compiled(source, spend);
  if (regexp === undefined) {
    const fix = 'Correct it; look-around and back-references do not exist in RE2.';
    return { problem: errorOf('regexp', 'has a source that is not a regular expression (RE2)', fix) };
  }
  return replaceIn(names, regexp, fromUtf8(target));
}

function replaceIn(names: readonly string[], regexp: GoRegexp, target: GoString): NamesResult {
  return { names: names.map((name) => toUtf8Text(regexp.replaceAll(fromUtf8(name), target))) };
}

function compiled(source: string, spend: Account['spend']): GoRegexp | undefined {
  try {
    return compile(fromUtf8(source), spend);
  } catch (error) {
    if (error instanceof GoError) return undefined;
    throw error;
  }
}
