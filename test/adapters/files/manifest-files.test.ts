import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { ManifestFiles, type Manifests } from '../../../src/adapters/files/manifest-files.ts';
import { documentOf } from '../../../src/core/model/document.ts';
import { withSlashes } from '../../../src/core/model/origin.ts';
import { temporaryFolder, type TemporaryFolder } from '../../contract/temporary-folder.ts';

/** Wine, in which test/windows runs this, makes links but does not read them. */
const itWithLinks = 'WINEPREFIX' in process.env ? it.skip : it;

describe('ManifestFiles', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => (folder = await temporaryFolder()));
  afterEach(async () => folder.remove());

  const write = async (file: string, content: string | Uint8Array = `text of ${file}`): Promise<string> => {
    const path = join(folder.path, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };
  const root = (): string => withSlashes(folder.path, sep);
  const parse = (file: string, text: string): readonly Manifests[] => [
    {
      documents: [
        documentOf({ value: { file: file.replace(root(), '.'), text }, locate: () => undefined, home: 'file' }),
      ],
      problems: [],
    },
  ];
  const load = async (...paths: readonly string[]): Promise<Manifests> => {
    const absolute = paths.map((path) => (path === '-' ? path : join(folder.path, path)));
    return new ManifestFiles({ paths: absolute, parse, readStdin: async () => Buffer.from('piped') }).load();
  };
  const files = (manifests: Manifests): unknown[] =>
    manifests.documents.map(({ value }) => (value as { file: string }).file);
  const texts = (manifests: Manifests): unknown[] =>
    manifests.documents.map(({ value }) => (value as { text: string }).text);
  const codes = (manifests: Manifests): string[] => manifests.problems.map(({ code }) => code);

  it('reads folders to the bottom in one order and leaves out what is not a manifest', async () => {
    for (const file of [
      'b.yaml',
      'a.yml',
      'deep/er/c.json',
      'notes.md',
      '.git/x.yaml',
      'node_modules/p/x.yaml',
      'deep/.cache/x.yaml',
    ]) {
      await write(file);
    }
    const loaded = await load('.');
    expect(files(loaded)).toEqual(['./a.yml', './b.yaml', './deep/er/c.json']);
    expect(loaded.problems).toEqual([]);
  });

  it('keeps the order in which paths are given and reads a file only once', async () => {
    await write('a.yaml');
    await write('b.yaml');
    expect(files(await load('b.yaml', '.', 'a.yaml', '*.yaml'))).toEqual(['./b.yaml', './a.yaml']);
  });

  it('reads a file that is named, whatever its extension', async () => {
    await write('manifest.txt');
    expect(files(await load('manifest.txt'))).toEqual(['./manifest.txt']);
  });

  it.each([
    ['*.yaml', ['./a.yaml']],
    ['**/*.yaml', ['./a.yaml', './x/b.yaml', './x/y/c.yaml']],
    ['x/?.yaml', ['./x/b.yaml']],
    ['x/**', ['./x/b.yaml', './x/y/c.yaml']],
    ['.hidden/*.yaml', ['./.hidden/d.yaml']],
  ])('expands the glob %s', async (pattern, expected) => {
    for (const file of ['a.yaml', 'x/b.yaml', 'x/y/c.yaml', 'x/readme.md', '.hidden/d.yaml', 'x/node_modules/e.yaml'])
      await write(file);
    expect(files(await load(pattern))).toEqual(expected);
  });

  it('reads standard input once, as `stdin`', async () => {
    const loaded = await load('-', '-');
    expect(loaded.documents.map(({ value }) => value)).toEqual([{ file: 'stdin', text: 'piped' }]);
  });

  it('drops a byte order mark and Windows line ends', async () => {
    await write('a.yaml', '\uFEFFkind: x\r\nname: y\r\n');
    expect(texts(await load('a.yaml'))).toEqual(['kind: x\nname: y\n']);
  });

  it('reports what cannot be read and reads the rest', async () => {
    await write('good.yaml');
    await write('latin1.yaml', Buffer.from([0x6b, 0xe4, 0x73, 0x65]));
    await write('large.yaml', Buffer.alloc(10_000_001, 0x20));
    await mkdir(join(folder.path, 'empty'));
    const loaded = await load('nowhere.yaml', 'no*thing', 'empty', '.');
    expect(codes(loaded)).toEqual([
      'manifest-path-absent',
      'manifest-glob-empty',
      'manifest-folder-empty',
      'manifest-too-large',
      'manifest-not-utf8',
    ]);
    expect(files(loaded)).toEqual(['./good.yaml']);
    expect(loaded.problems.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it('says which path, what is wrong and what to do', async () => {
    const loaded = await new ManifestFiles({
      paths: ['deploy/nope.yaml'],
      parse,
      readStdin: async () => Buffer.of(),
    }).load();
    expect(loaded.problems).toEqual([
      {
        severity: 'error',
        code: 'manifest-path-absent',
        what: 'deploy/nope.yaml does not exist',
        fix: 'Check the path; it starts at the working directory.',
      },
    ]);
  });

  itWithLinks('follows links that stay in the folder, as a mounted ConfigMap has them', async () => {
    await write('mount/..2026/a.yaml', 'inside');
    await symlink('..2026', join(folder.path, 'mount/..data'));
    await symlink('..data/a.yaml', join(folder.path, 'mount/a.yaml'));
    const loaded = await load('mount');
    expect([files(loaded), texts(loaded), codes(loaded)]).toEqual([['./mount/a.yaml'], ['inside'], []]);
  });

  itWithLinks('does not follow links out of the folder, and says so', async () => {
    await write('outside.yaml');
    await write('in/a.yaml');
    await symlink('../outside.yaml', join(folder.path, 'in/b.yaml'));
    await symlink('..', join(folder.path, 'in/up'));
    const loaded = await load('in');
    expect([files(loaded), codes(loaded)]).toEqual([['./in/a.yaml'], ['manifest-link-outside']]);
  });

  it('passes on the problems of the parser', async () => {
    const problem = { severity: 'error', code: 'yaml-syntax', what: 'x', fix: 'y.' } as const;
    await write('a.yaml');
    const source = new ManifestFiles({
      paths: [folder.path],
      parse: () => [{ documents: [], problems: [problem] }],
      readStdin: async () => Buffer.of(),
    });
    expect(await source.load()).toEqual({ documents: [], problems: [problem] });
  });

  itWithLinks('names the broken link that a glob meets, and reads the other files', async () => {
    await write('a.yaml');
    await symlink('nowhere', join(folder.path, 'b.yaml'));
    const loaded = await load('*.yaml');
    expect(files(loaded)).toEqual(['./a.yaml']);
    expect(loaded.problems.map(({ what }) => what)).toEqual([`${root()}/b.yaml cannot be read (ENOENT)`]);
  });

  itWithLinks('refuses a device that is named as the path, without reading it', async () => {
    await symlink('/dev/zero', join(folder.path, 'zero.yaml'));
    const { problems } = await load('zero.yaml');
    expect(problems.map(({ code, what }) => [code, what])).toEqual([
      ['manifest-no-file', `${root()}/zero.yaml is a device or socket, which is not read`],
    ]);
  });

  itWithLinks('reads a pipe that is named as the path', async () => {
    const path = join(folder.path, 'pipe');
    execFileSync('mkfifo', [path]);
    const writing = writeFile(path, 'through a pipe');
    expect(texts(await load('pipe'))).toEqual(['through a pipe']);
    await writing;
  });

  itWithLinks('reads no more of a pipe than a manifest may have', async () => {
    const path = join(folder.path, 'pipe');
    execFileSync('mkfifo', [path]);
    const writing = writeFile(path, Buffer.alloc(20_000_000, 'a')).catch(() => undefined);
    expect(codes(await load('pipe'))).toEqual(['manifest-too-large']);
    await writing;
  });

  it.each([
    ['=secrets.yaml', '=secrets.yaml does not exist', 'Write -f secrets.yaml, without "=" after a short option.'],
    [
      'https://me:word@example.com/a.yaml',
      'https://example.com/… is an address, and addresses are not read',
      'Fetch it first: curl -fsSL ADDRESS | keyferry … -f -',
    ],
  ])('knows what was meant with %s', async (path, what, fix) => {
    const { problems } = await new ManifestFiles({ paths: [path], parse, readStdin: async () => Buffer.of() }).load();
    expect(problems).toEqual([{ severity: 'error', code: 'manifest-path-absent', what, fix }]);
  });

  it('says how to save what Windows PowerShell wrote as UTF-16', async () => {
    await write('a.yaml', Buffer.from('\ufeffkind: A', 'utf16le'));
    const { problems } = await load('a.yaml');
    expect(problems.map(({ what, fix }) => [what, fix])).toEqual([
      [
        `${root()}/a.yaml is UTF-16 text, as Windows PowerShell writes it with >`,
        'Save it as UTF-8; in Windows PowerShell: … | Out-File -Encoding utf8 FILE.',
      ],
    ]);
  });

  it('lets others have their turn while it reads many documents', async () => {
    await write('a.yaml');
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    function* slowly(): Generator<Manifests, void> {
      for (let piece = 0; piece < 4; piece += 1) {
        const until = performance.now() + 60;
        while (performance.now() < until);
        yield { documents: [], problems: [] };
      }
    }
    await new ManifestFiles({ paths: [folder.path], parse: slowly, readStdin: async () => Buffer.of() }).load();
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
