/**
 * Globs, also on Node 20, which has none of its own.
 *
 * Node's own tells links whose target is gone, so that they can be named; tinyglobby leaves them out.
 */
import * as fs from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { glob } from 'tinyglobby';

const ELSEWHERE = '**/node_modules/**';

/** What the pattern matches, hidden files too, in no order. A folder that may not be read rejects. */
export async function filesLike(pattern: string): Promise<readonly string[]> {
  const isWanted = pattern.split('/').includes('node_modules');
  if ('glob' in fs) {
    const exclude = (path: string): boolean => !isWanted && path.split(/[\\/]/u).includes('node_modules');
    const found: string[] = [];
    for await (const path of fs.glob(pattern, { exclude })) found.push(path);
    return found;
  }
  const ignore = isWanted ? [] : [ELSEWHERE];
  return await glob(pattern, { dot: true, ignore, expandDirectories: false, absolute: isAbsolute(pattern) });
}
