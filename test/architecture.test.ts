/** The import table of docs/architecture.md, asserted on the import lines of every source file. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const SRC = resolve(import.meta.dirname, '../src');

interface Room {
  readonly name: string;
  /** Rooms whose modules it may import, beside itself. */
  readonly rooms: readonly string[];
  /** Packages and Node modules it may import; `*` = any. */
  readonly packages: readonly string[];
}

/** The template language knows nothing of the rest, so that it can be used elsewhere. */
const STANDALONE = 'core/template';
const TEMPLATE_PACKAGES = ['node:crypto', 're2js'];

/** In the order of the pipeline: a core room may import those above it. */
const CORE_ROOMS: readonly (readonly [string, readonly string[]])[] = [
  ['core/model', ['node:crypto']],
  ['core/go', ['node:crypto', 're2js']],
  ['core/api', ['yaml', 'zod']],
  ['core/resolve', []],
  ['core/template', TEMPLATE_PACKAGES],
  ['core/transform', ['node:crypto', 're2js']],
  ['core/secret-template', ['node:crypto', 'yaml']],
  ['core/plan', ['node:crypto']],
  ['core/report', []],
  ['core/settings', ['zod']],
];

const ROOMS: readonly Room[] = [
  ...CORE_ROOMS.map(([name, packages], index) => ({
    name,
    rooms: name === STANDALONE ? [] : CORE_ROOMS.slice(0, index).map(([earlier]) => earlier),
    packages,
  })),
  { name: 'ports', rooms: ['core/model'], packages: [] },
  { name: 'engine', rooms: ['core', 'ports'], packages: ['p-limit'] },
  { name: 'commands', rooms: ['core', 'ports', 'engine'], packages: ['p-limit'] },
  {
    name: 'adapters/azure',
    rooms: ['ports', 'core/model'],
    packages: [
      '@azure/core-rest-pipeline',
      '@azure/identity',
      '@azure/keyvault-certificates',
      '@azure/keyvault-keys',
      '@azure/keyvault-secrets',
      'node:crypto',
      'node:fs/promises',
      'p-limit',
    ],
  },
  { name: 'adapters/fake', rooms: ['ports', 'core/model'], packages: [] },
  { name: 'adapters/directory', rooms: ['ports', 'core/model'], packages: ['node:', 'yaml'] },
  { name: 'adapters/files', rooms: ['ports', 'core/model'], packages: ['node:'] },
  { name: 'adapters/node', rooms: ['ports', 'core/model'], packages: ['node:'] },
  { name: 'adapters', rooms: ['ports', 'core/model', 'adapters'], packages: [] },
  { name: 'cli', rooms: ['core', 'ports', 'engine', 'commands', 'adapters'], packages: ['node:'] },
];

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/g;

describe('the import table', () => {
  it.each(sourceFiles())('holds for %s', (file) => {
    const room = roomOf(file);
    const wrong = importsOf(file).filter((target) => !isAllowed(file, room, target));
    expect({ room: room.name, wrong }).toEqual({ room: room.name, wrong: [] });
  });

  it('knows every room of src', () => {
    expect(sourceFiles().filter((file) => findRoom(file) === undefined)).toEqual([]);
  });
});

describe('core', () => {
  const files = sourceFiles().filter((file) => file.startsWith('core/'));

  it.each(files)('is synchronous and without clock, randomness, process or console in %s', (file) => {
    const code = withoutComments(readFileSync(join(SRC, file), 'utf8'));
    const found = code.match(/\basync\b|\bawait\b|Date\.now|new Date\(\)|Math\.random|\bprocess\.|\bconsole\./g);
    expect(found).toBeNull();
  });
});

function sourceFiles(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

function roomOf(file: string): Room {
  const room = findRoom(file);
  if (room === undefined) throw new Error(`${file} is in no room`);
  return room;
}

/** The most specific room that holds a path relative to src. */
function findRoom(path: string): Room | undefined {
  return ROOMS.filter(({ name }) => path.startsWith(`${name}/`)).sort((a, b) => b.name.length - a.name.length)[0];
}

function importsOf(file: string): readonly string[] {
  const code = readFileSync(join(SRC, file), 'utf8');
  return [...code.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

function isAllowed(file: string, room: Room, target: string): boolean {
  if (!target.startsWith('.')) {
    return room.packages.some((name) => target === name || (name.endsWith(':') && target.startsWith(name)));
  }
  const path = relative(SRC, resolve(SRC, dirname(file), target));
  return [room.name, ...room.rooms].some((name) => path.startsWith(`${name}/`));
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
