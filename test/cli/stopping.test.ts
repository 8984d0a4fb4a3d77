/** A command that renders for long hears a signal between two templates, and ends; so does one that meets a bomb. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROGRAM = resolve(import.meta.dirname, '../../src/cli/keyferry.ts');

/** Two seconds on a machine that does nothing else; here eight test programs share one. */
const MOST_MS = 8_000;

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyferry-stopping-'));
});

afterEach(async () => {
  if (child?.exitCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function manifest(name: string, texts: readonly string[]): string {
  return [
    'apiVersion: external-secrets.io/v1',
    'kind: ExternalSecret',
    `metadata: {name: ${name}, namespace: shop}`,
    'spec:',
    '  secretStoreRef: {name: vault}',
    '  target:',
    '    template:',
    '      data:',
    ...texts.map((text, index) => `        text-${index}: '${text}'`),
    '  data: [{secretKey: a, remoteRef: {key: a}}]',
  ].join('\n');
}

/** Half a second on a quiet machine. */
const HASHES = '{{ range until 4 }}{{ bcrypt "p" }}{{ end }}';
/** A hundred thousand parts to read. */
const PARTS = '{{1}}'.repeat(40_000);

const repeated = (text: string, count: number) => Array.from({ length: count }, () => text);

function start(...args: readonly string[]): ChildProcess & { readonly texts: { stderr: string } } {
  const texts = { stderr: '' };
  const started = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] });
  started.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  child = started;
  return Object.assign(started, { texts });
}

/** Ends once the program has read the manifests, so that it has begun: more than a pipe holds comes before them. */
async function readBy({ stdin }: ChildProcess, manifests: string): Promise<void> {
  const comment = `# ${'-'.repeat(118)}\n`.repeat(4_000);
  await new Promise<void>((written) => stdin?.end(comment + manifests, written));
}

describe('SIGTERM and SIGINT', () => {
  const SIXTY_SECRETS = repeated(HASHES, 60).map((text, index) => manifest(`slow-${index}`, [text]));
  const RENDERS = ['template', '--values', 'values.yaml'];

  it.each([
    ['of many Secrets', 'SIGTERM', RENDERS, SIXTY_SECRETS],
    ['of many Secrets', 'SIGINT', RENDERS, SIXTY_SECRETS],
    ['of one Secret with many texts', 'SIGTERM', RENDERS, [manifest('slow', repeated(HASHES, 60))]],
    ['of one Secret with many texts', 'SIGINT', RENDERS, [manifest('slow', repeated(HASHES, 60))]],
    ['that is only read', 'SIGTERM', ['validate'], [manifest('long', repeated(PARTS, 44))]],
  ] as const)('end a long work %s soon: %s, %j', async (_work, signal, args, manifests) => {
    await writeFile(join(folder, 'values.yaml'), 'a: x\n');
    const running = start(...args, '-f', '-');
    await readBy(running, manifests.join('\n---\n'));
    await new Promise((resolveAfter) => setTimeout(resolveAfter, 1_000));
    expect(running.exitCode).toBe(null);
    const asked = performance.now();
    running.kill(signal);
    const [code] = (await once(running, 'close')) as [number | null];
    expect(performance.now() - asked).toBeLessThan(MOST_MS);
    expect([code, running.texts.stderr]).toEqual([
      signal === 'SIGTERM' ? 143 : 130,
      'error  the run was asked to stop before its first write. Nothing was written. Run it again.\n',
    ]);
  });
});

describe('a template that would never end', () => {
  const BOMB = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: s, namespace: shop}
spec: {provider: {fake: {data: []}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: a, namespace: shop}
spec:
  secretStoreRef: {name: s}
  target:
    template:
      data:
        a: '{{ $l := list 1 }}{{ range until 40 }}{{ $l = list $l $l }}{{ end }}{{ deepCopy $l | len }}'
  data: [{secretKey: x, remoteRef: {key: db}}]
`;

  it('is told as one in `template`, and parsed in `validate`', async () => {
    await writeFile(join(folder, 'bomb.yaml'), BOMB);
    await writeFile(join(folder, 'values.yaml'), 'x: x\n');
    const running = start('template', '-f', 'bomb.yaml', '--values', 'values.yaml');
    expect(await once(running, 'close')).toEqual([1, null]);
    expect(running.texts.stderr).toBe(
      'error  ExternalSecret shop/a: spec.target.template.data.a cannot be rendered: template: a: its functions work on more than 67108864 bytes. Make it smaller, or split it; see the limits of templates in the manual. (bomb.yaml:15)\n',
    );
    expect(await once(start('validate', '-f', 'bomb.yaml'), 'close')).toEqual([0, null]);
  });
});
