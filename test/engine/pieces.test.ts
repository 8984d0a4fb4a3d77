import { describe, expect, it } from '@jest/globals';
import { inPieces } from '../../src/engine/pieces.ts';
import { RunStopped } from '../../src/engine/stop.ts';

function* counting(done: number[], upTo: number): Generator<void, string> {
  for (let piece = 1; piece <= upTo; piece += 1) {
    done.push(piece);
    yield;
  }
  return 'done';
}

describe('inPieces', () => {
  it('gives the result, and others a turn between two pieces', async () => {
    const seen: number[] = [];
    setImmediate(() => seen.push(-1));
    expect(await inPieces(counting(seen, 3), {})).toBe('done');
    expect(seen).toEqual([1, -1, 2, 3]);
  });

  it('begins no piece once the run was asked to stop, not even the first', async () => {
    const asked = new AbortController();
    const seen: number[] = [];
    const work = inPieces(counting(seen, 3), { stop: asked.signal });
    asked.abort();
    await expect(work).rejects.toBeInstanceOf(RunStopped);
    await expect(inPieces(counting(seen, 3), { stop: asked.signal })).rejects.toBeInstanceOf(RunStopped);
    expect(seen).toEqual([1]);
  });
});
