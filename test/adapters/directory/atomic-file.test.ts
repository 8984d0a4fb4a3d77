import { describe, expect, it } from '@jest/globals';
import { untilFree } from '../../../src/adapters/directory/atomic-file.ts';

/** Fails with these codes, one a call, then gives `done`. */
function failing(...codes: readonly string[]) {
  const left = [...codes];
  let calls = 0;
  const act = async (): Promise<string> => {
    calls += 1;
    const code = left.shift();
    if (code !== undefined) throw Object.assign(new Error(`${code}: file`), { code });
    return Promise.resolve('done');
  };
  return { act, calls: () => calls };
}

describe('untilFree', () => {
  it('comes through as soon as the others of Windows let go of the file', async () => {
    const { act, calls } = failing('EPERM', 'EBUSY', 'EACCES');
    expect([await untilFree(act, [0, 0, 0]), calls()]).toEqual(['done', 4]);
  });

  it('gives up in the end, with what the system says', async () => {
    const { act, calls } = failing('EPERM', 'EPERM', 'EBUSY');
    await expect(untilFree(act, [0, 0])).rejects.toThrow('EBUSY: file');
    expect(calls()).toBe(3);
  });

  it('does not wait for what no waiting mends', async () => {
    const { act, calls } = failing('ENOENT', 'EPERM');
    await expect(untilFree(act, [0, 0])).rejects.toThrow('ENOENT: file');
    expect(calls()).toBe(1);
  });

  it('does not wait on other systems, where the same code is a lack of rights', async () => {
    const { act, calls } = failing('EACCES');
    await expect(untilFree(act, [])).rejects.toThrow('EACCES: file');
    expect(calls()).toBe(1);
  });
});
