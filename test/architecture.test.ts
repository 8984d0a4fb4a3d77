/** The import table of docs/architecture.md, asserted on the import lines of every source file. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

interface Room {
  readonly name: string;
  /** Rooms whose modules it may import, beside itself; a file stands for itself alone. */
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
  ['core/yaml', ['yaml']],
  ['core/go', ['node:crypto', 're2js']],
  ['core/api', ['yaml', 'zod']],
  ['core/resolve', []],
  ['core/template', TEMPLATE_PACKAGES],
  ['core/transform', ['node:crypto', 're2js']],
  ['core/secret-template', ['node:crypto', 'yaml']],
  ['core/generate', ['node:crypto']],
  ['core/push', ['node:crypto', 're2js']],
  ['core/plan', ['node:crypto']],
  ['core/preview', []],
  ['core/report', []],
  ['core/deploy', ['node:crypto', 'yaml']],
  ['core/settings', ['zod']],
];

/** What a sync and the life of an installation share: two programs that know nothing else of each other. */
const ENGINE_FILES = ['engine/limits.ts', 'engine/stop.ts'];

/** Everything that entries put together. */
const INNER_ROOMS = ['core', 'ports', 'engine', 'commands', 'adapters'];

const ROOMS: readonly Room[] = [
  ...CORE_ROOMS.map(([name, packages], index) => ({
    name,
    rooms: name === STANDALONE ? [] : CORE_ROOMS.slice(0, index).map(([earlier]) => earlier),
    packages,
  })),
  { name: 'ports', rooms: ['core/model'], packages: [] },
  { name: 'engine/sync', rooms: ['core', 'ports', ...ENGINE_FILES], packages: ['p-limit'] },
  { name: 'engine/installation', rooms: ['core', 'ports', ...ENGINE_FILES], packages: ['p-limit'] },
  { name: 'engine', rooms: ['core', 'ports'], packages: ['p-limit'] },
  { name: 'commands', rooms: ['core', 'ports', 'engine'], packages: [] },
  {
    name: 'adapters/azure',
    rooms: ['ports', 'core/model', 'adapters/transport', 'adapters/files'],
    packages: [
      '@azure/core-rest-pipeline',
      '@azure/identity',
      '@azure/keyvault-certificates',
      '@azure/keyvault-keys',
      '@azure/keyvault-secrets',
      'node:crypto',
      'node:fs/promises',
      'node:http',
      'node:https',
      'node:net',
      'node:stream',
      'p-limit',
    ],
  },
  {
    name: 'adapters/azure/resource-manager',
    rooms: ['ports', 'core/model', 'adapters/transport', 'adapters/azure'],
    packages: [],
  },
  {
    name: 'adapters/azure/container-registry',
    rooms: ['ports', 'core/model', 'adapters/azure'],
    packages: [],
  },
  { name: 'adapters/transport', rooms: ['ports'], packages: ['node:http', 'node:https', 'node:net', 'node:stream'] },
  {
    name: 'adapters/kubernetes',
    rooms: ['ports', 'core/model', 'adapters/transport'],
    packages: ['@kubernetes/client-node', 'node:crypto', 'node:fs', 'node:util', 'yaml'],
  },
  { name: 'adapters/fake', rooms: ['ports', 'core/model'], packages: [] },
  {
    name: 'adapters/directory',
    rooms: ['ports', 'core/model', 'core/plan', 'core/yaml', 'adapters/transport'],
    packages: ['node:', 'yaml'],
  },
  { name: 'adapters/files', rooms: ['ports', 'core/model'], packages: ['node:', 'tinyglobby'] },
  { name: 'adapters/node', rooms: ['ports', 'core/model'], packages: ['node:'] },
  { name: 'adapters', rooms: ['ports', 'core/model', 'adapters'], packages: [] },
  { name: 'wiring', rooms: INNER_ROOMS, packages: ['node:'] },
  { name: 'action', rooms: [...INNER_ROOMS, 'wiring'], packages: ['node:', '@actions/core', '@actions/github'] },
  { name: 'cli', rooms: [...INNER_ROOMS, 'wiring'], packages: ['node:'] },
  { name: 'job', rooms: [...INNER_ROOMS, 'wiring'], packages: ['node:'] },
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*(?:\/\*[^*]*\*\/\s*)?'([^']+)'\s*,?\s*\)/g;

const STATIC_IMPORT = /(?:^|\n)\s*(?:import|export)\s(?!type\s)[^;]*?from\s+'([^']+)'/g;

describe('the import table', () => {
  it.each(sourceFiles())('holds for %s', (file) => {
    const room = roomOf(file);
    const wrong = importsOf(file).filter((target) => !isAllowed(file, room, target));
    expect({ room: room.name, wrong }).toEqual({ room: room.name, wrong: [] });
  });

  it('knows every room', () => {
    expect(sourceFiles().filter((file) => findRoom(file) === undefined)).toEqual([]);
  });
});

describe('the table of kinds', () => {
  it.each(['ClusterSecretStore', 'ClusterExternalSecret', 'PushSecret', 'ClusterPushSecret'])(
    'and the map of checks are all that names %s',
    (kind) => {
      const code = (file: string) => withoutComments(readFileSync(pathOf(file), 'utf8'));
      const files = sourceFiles().filter((file) => code(file).includes(`'${kind}'`));
      const joins = ['core/api/kind-checks.ts', 'core/model/kinds.ts'];
      expect(files.filter((file) => !joins.includes(file))).toEqual([]);
    },
  );
});

describe('the start of an entry', () => {
  it.each(['cli/keyferry.ts', 'action/main.ts'])('loads no SDK before arguments are valid: %s', (entry) => {
    const reached = reachedFrom(entry);
    expect(reached.has('wiring/run.ts')).toBe(true);
    expect(reached.has('wiring/with-cluster.ts')).toBe(false);
    const packages = [...reached].flatMap((file) => staticImportsOf(file)).filter((target) => !target.startsWith('.'));
    expect(packages.filter((name) => /^@(azure|kubernetes)\//u.test(name))).toEqual([]);
  });
});

describe('which way a command takes', () => {
  it('is decided in one place', () => {
    const code = (file: string) => withoutComments(readFileSync(pathOf(file), 'utf8'));
    const deciding = sourceFiles().filter((file) => /\bcase 'suspend':/u.test(code(file)));
    expect(deciding).toEqual(['wiring/run.ts']);
  });
});

describe('commands', () => {
  it('take no part of another command: deploy and its plan render as render does', () => {
    const commands = sourceFiles().filter((file) => file.startsWith('commands/'));
    const taken = commands.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('./'))
        .map((target) => `${file} → ${target}`),
    );
    expect(taken).toEqual(['commands/deploy.ts → ./render.ts', 'commands/plan-deployment.ts → ./render.ts']);
  });

  it.each(['deploy', 'uninstall'])('say only which steps, in which order: %s', (command) => {
    const lines = readFileSync(pathOf(`commands/${command}.ts`), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThan(80);
  });
});

describe('values', () => {
  /** A template evaluates arguments that are pipelines again; a time has methods that give times. */
  const EVALUATION = [
    'core/template/exec/calls.ts, core/template/exec/fields.ts, core/template/exec/pipelines.ts',
    'core/template/functions/time/time-methods.ts, core/template/functions/time/time-value.ts',
  ];

  it('go in no circle between files, but where a template is evaluated', () => {
    expect(circlesAmong(sourceFiles())).toEqual(EVALUATION);
  });
});

describe('the job', () => {
  it('carries nothing of what reaches a cluster from outside', () => {
    const outside = [...reachedFrom('job/main.ts', importedValuesOf)].filter((file) =>
      /resource-manager|managed-cluster\.ts|aks-cluster\.ts|machine-identity/u.test(file),
    );
    // The names of settings are one table for all entries.
    expect(outside.sort()).toEqual(['core/model/managed-cluster.ts', 'core/settings/aks-cluster.ts']);
  });
});

describe('core', () => {
  const files = sourceFiles().filter((file) => file.startsWith('core/'));

  it.each(files)('is synchronous and without clock, randomness, process or console in %s', (file) => {
    const code = withoutComments(readFileSync(pathOf(file), 'utf8'));
    const found = code.match(/\basync\b|\bawait\b|Date\.now|new Date\(\)|Math\.random|\bprocess\.|\bconsole\./g);
    expect(found).toBeNull();
  });
});

/** Files of src by their path in it, and those of job, as `job/main.ts`. */
function sourceFiles(): readonly string[] {
  const filesIn = (folder: string) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const files = [...filesIn('src'), ...filesIn('job').map((file) => `job/${file}`)];
  return files.filter((file) => file.endsWith('.ts')).sort();
}

function pathOf(file: string): string {
  return join(ROOT, file.startsWith('job/') ? '' : 'src', file);
}

/** The way back from `pathOf`. */
function fileAt(path: string): string {
  const file = relative(ROOT, path);
  return file.startsWith('src/') ? file.slice('src/'.length) : file;
}

function roomOf(file: string): Room {
  const room = findRoom(file);
  if (room === undefined) throw new Error(`${file} is in no room`);
  return room;
}

/** The most specific room that holds a file. */
function findRoom(path: string): Room | undefined {
  return ROOMS.filter(({ name }) => path.startsWith(`${name}/`)).sort((a, b) => b.name.length - a.name.length)[0];
}

function importsOf(file: string): readonly string[] {
  const code = readFileSync(pathOf(file), 'utf8');
  return [...code.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

/** The file and all that it imports as it is loaded, types aside. */
function reachedFrom(entry: string, imported = staticImportsOf, reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(entry)) return reached;
  reached.add(entry);
  for (const target of imported(entry).filter((one) => one.startsWith('.'))) {
    reachedFrom(fileAt(resolve(dirname(pathOf(entry)), target)), imported, reached);
  }
  return reached;
}

/** Files that reach each other by what they import as they are loaded, types aside. */
function circlesAmong(files: readonly string[]): readonly string[] {
  const imported = new Map(files.map((file) => [file, valuesOf(file)]));
  const reached = new Map(files.map((file) => [file, reachedFrom(file, (one) => imported.get(one) ?? [])]));
  const together = (one: string, other: string) =>
    reached.get(one)?.has(other) === true && reached.get(other)?.has(one) === true;
  const circles = files.map((file) => files.filter((other) => together(file, other)));
  return [...new Set(circles.filter(({ length }) => length > 1).map((circle) => circle.join(', ')))].sort();
}

/** What a file imports as it is loaded; an import of types in braces loads nothing that is used. */
function valuesOf(file: string): readonly string[] {
  const code = readFileSync(pathOf(file), 'utf8');
  const imports = [...code.matchAll(/(?:^|\n)(?:import|export)\s(?!type\s)([^;]*?)from\s+'(\.[^']+)'/g)];
  return imports.filter(([, names = '']) => !isOfTypes(names)).map(([, , target = '']) => target);
}

function isOfTypes(names: string): boolean {
  const inBraces = /^\{([^}]*)\}\s*$/u.exec(names)?.[1]?.split(',') ?? [];
  return inBraces.length > 0 && inBraces.every((name) => name.trim() === '' || name.trim().startsWith('type '));
}

/** Also what is loaded later. */
function importedValuesOf(file: string): readonly string[] {
  const later = readFileSync(pathOf(file), 'utf8').matchAll(IMPORT);
  return [...staticImportsOf(file), ...[...later].flatMap((match) => match[2] ?? [])];
}

function staticImportsOf(file: string): readonly string[] {
  const code = readFileSync(pathOf(file), 'utf8');
  return [...code.matchAll(STATIC_IMPORT)].map((match) => match[1] ?? '');
}

function isAllowed(file: string, room: Room, target: string): boolean {
  if (!target.startsWith('.')) {
    return room.packages.some((name) => target === name || (name.endsWith(':') && target.startsWith(name)));
  }
  const path = fileAt(resolve(dirname(pathOf(file)), target));
  return [room.name, ...room.rooms].some((name) => path === name || path.startsWith(`${name}/`));
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
