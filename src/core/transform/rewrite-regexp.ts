/** `rewrite[].regexp`: every match in a name is replaced, by Go's rules of RE2 and of `$1`. */
import { compile, type GoRegexp } from '../template/functions/regex/regexp.ts';
import { Account, DEFAULT_LIMITS } from '../template/limits.ts';
import { LimitError } from '../template/runtime.ts';
import { fromUtf8, GoError, toUtf8Text } from '../template/values.ts';
import type { GoString } from '../template/values.ts';
import { errorOf } from './entry-outcome.ts';
import type { NamesResult } from './rewrite.ts';

/** ESO 2.9: names without a match stay. */
export function rewriteByPattern(
  names: readonly string[],
  { source, target }: { readonly source: string; readonly target: string },
): NamesResult {
  const regexp = compiled(source);
  if (regexp === undefined) {
    const fix = 'Correct it; look-around and back-references do not exist in RE2.';
    return { problem: errorOf('regexp', 'has a source that is not a regular expression (RE2)', fix) };
  }
  return replaceIn(names, regexp, fromUtf8(target));
}

function replaceIn(names: readonly string[], regexp: GoRegexp, target: GoString): NamesResult {
  const { spend } = new Account(DEFAULT_LIMITS);
  try {
    return { names: names.map((name) => toUtf8Text(regexp.replaceAll(fromUtf8(name), target, spend))) };
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    return { problem: errorOf('template-limit', 'makes names of more than 128 MiB', 'Shorten the target.') };
  }
}

function compiled(source: string): GoRegexp | undefined {
  try {
    return compile(fromUtf8(source));
  } catch (error) {
    if (error instanceof GoError) return undefined;
    throw error;
  }
}
