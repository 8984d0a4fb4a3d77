/** The few lines in the pod spec that stand between a ConfigMap and what runs in the pod. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { ENGINE_FILE, engineCommand, TAMPERED_EXIT_CODE } from '../../../src/core/deploy/engine-config.ts';
import { packEngine } from '../../../src/wiring/pack-engine.ts';

const PROGRAM = Buffer.from("process.stdout.write('the engine runs\\n');");
const { packed: DEPLOYED } = packEngine(PROGRAM);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyferry-engine-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The container's own command, its absolute paths below a folder of this test. */
function run(mounted: Uint8Array) {
  writeFileSync(join(folder, ENGINE_FILE), mounted);
  const [, evaluate = '', loader = '', digest = ''] = engineCommand({ packed: DEPLOYED });
  const here = loader.replaceAll(/'\/(?:tmp|dev|engine)\//gu, `'${folder}/`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [evaluate, here, digest], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('packEngine', () => {
  it('gives the same program the same bytes, and all of it back', () => {
    expect(packEngine(PROGRAM)).toEqual({ packed: DEPLOYED });
    expect(brotliDecompressSync(DEPLOYED).equals(PROGRAM)).toBe(true);
  });
});

describe('the loader of the engine', () => {
  it('runs the engine that was deployed', () => {
    expect(run(DEPLOYED)).toEqual({ status: 0, stdout: 'the engine runs\n', stderr: '' });
  });

  it.each([
    ['another program', packEngine(Buffer.from("process.stdout.write('something else\\n');")).packed],
    [
      'the same program packed in another way',
      brotliCompressSync(PROGRAM, { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } }),
    ],
    ['one byte more', Buffer.concat([DEPLOYED, Buffer.from([0])])],
    ['nothing', Buffer.alloc(0)],
  ])('does not run %s', (_case, mounted) => {
    const { status, stdout } = run(mounted);
    expect(status).toBe(TAMPERED_EXIT_CODE);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toEqual({
      level: 'error',
      message: expect.stringMatching(
        /^the engine is not the one that was deployed: its digest is [0-9a-f]{12}…, expected [0-9a-f]{12}…\. It was not run\. Deploy again, and find out who changed the ConfigMap\.$/u,
      ),
    });
  });
});
