import { describe, expect, it } from '@jest/globals';
import { gunzipSync, gzipSync } from 'node:zlib';
import { asOnLinux } from '../../src/wiring/deployment.ts';

/** RFC 1952: magic, deflate, no flags, no time, best compression; then the system, of which 3 is Unix. */
const START = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2];

describe('asOnLinux', () => {
  it.each([
    ['here', undefined],
    ['on Windows', 10],
    ['on macOS', 19],
  ])('tells neither system nor time of what was packed %s, so that an engine has one digest', (_where, system) => {
    const gzipped = gzipSync('the engine of the job', { level: 9 });
    if (system !== undefined) gzipped[9] = system;
    const packed = asOnLinux(gzipped);
    expect([...packed.subarray(0, 10)]).toEqual([...START, 3]);
    expect(gunzipSync(packed).toString()).toBe('the engine of the job');
  });
});
