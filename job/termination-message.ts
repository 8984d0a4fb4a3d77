/**
 * What `kubectl describe pod` and the Job's status show of a run: the counts, then the problems, errors first.
 *
 * Kubernetes: a termination message is cut at 4096 bytes, so it is made to fit. It holds no value.
 */
import { writeFile } from 'node:fs/promises';

const LARGEST_BYTES = 4096;
const DEFAULT_FILE = '/dev/termination-log';

/** As many lines as fit, whole ones, and how many are missing; one line that is too long by itself is cut. */
export function terminationMessage(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    const rest = lines.length - index - 1;
    if (sizeOf([...kept, line, ...more(rest)]) > LARGEST_BYTES) break;
    kept.push(line);
  }
  if (kept.length === 0) return cut(lines[0] ?? '');
  return [...kept, ...more(lines.length - kept.length)].join('\n');
}

function more(count: number): readonly string[] {
  return count === 0 ? [] : [`and ${count} more, see the log`];
}

function sizeOf(lines: readonly string[]): number {
  return Buffer.byteLength(lines.join('\n'));
}

/** Cut at a whole character. */
function cut(line: string): string {
  const bytes = Buffer.from(line).subarray(0, LARGEST_BYTES);
  return new TextDecoder().decode(bytes, { stream: true });
}

/**
 * Writes to the named file, or to the one that the kubelet made; that one is never created, since it only exists in a
 * pod. Gives the system's code where it could not be written.
 */
export async function writeTerminationMessage(text: string, named: string | undefined): Promise<string | undefined> {
  try {
    await (named === undefined || named === ''
      ? writeFile(DEFAULT_FILE, text, { flag: 'r+' })
      : writeFile(named, text, { flag: 'w' }));
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  }
}
