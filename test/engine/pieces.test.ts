import { describe, expect, it } from '@jest/globals';
import { Pieces } from '../../src/engine/sync/pieces.ts';
import { RunStopped } from '../../src/engine/stop.ts';

function* counting(done: string[], name: string, upTo: number): Generator<void, string> {
  for (let piece = 1; piece <= upTo; piece += 1) {
    done.push(`${name}${piece}`);
    yield;
  }
  return name;
}

describe('Pieces', () => {
  it('gives the result, and others a turn before each piece', async () => {
    const seen: string[] = [];
    const everyTurn = () => {
      seen.push('turn');
      if (seen.length < 7) setImmediate(everyTurn);
    };
    setImmediate(everyTurn);
    expect(await new Pieces({}).run(counting(seen, 'a', 3))).toBe('a');
    expect(seen.slice(0, 6)).toEqual(['turn', 'a1', 'turn', 'a2', 'turn', 'a3']);
  });

  it('does one work after the other, so that many together leave turns as well', async () => {
    const seen: string[] = [];
    const pieces = new Pieces({});
    const works = [pieces.run(counting(seen, 'a', 2)), pieces.run(counting(seen, 'b', 2)), pieces.one(() => 'c')];
    expect(await Promise.all(works)).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual(['a1', 'a2', 'b1', 'b2']);
  });

  it('begins no piece once the run was asked to stop, not even the first', async () => {
    const asked = new AbortController();
    const seen: string[] = [];
    const pieces = new Pieces({ stop: asked.signal });
    const works = [pieces.run(counting(seen, 'a', 1_000)), pieces.run(counting(seen, 'b', 1_000))];
    setImmediate(() => asked.abort());
    const ended = await Promise.allSettled(works);
    expect(ended.map((one) => one.status === 'rejected' && one.reason instanceof RunStopped)).toEqual([true, true]);
    expect(seen.length).toBeLessThan(3);
  });
});
