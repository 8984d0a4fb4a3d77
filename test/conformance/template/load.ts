/** Template cases, as JSON files: the language, the functions, templates on a Secret, renaming. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';
import { fromUtf8, type GoString } from '../../../src/core/template/values.ts';

/** What is expected, in the words of the case files; strings are UTF-8 texts, `…Base64` are bytes. */
export interface TemplateExpectation {
  readonly out?: string | undefined;
  readonly outBase64?: string | undefined;
  readonly map?: Readonly<Record<string, string>> | undefined;
  readonly mapBase64?: Readonly<Record<string, string>> | undefined;
  readonly object?: unknown;
  readonly secret?: Readonly<Record<string, unknown>> | undefined;
  readonly error?: string | undefined;
  readonly errorBase64?: string | undefined;
  /** The part before the wording of some library of Go. */
  readonly errorPrefix?: string | undefined;
  readonly check?: string | undefined;
}

const texts = z.record(z.string(), z.string());
const expectation = z.looseObject({
  out: z.string().optional(),
  outBase64: z.string().optional(),
  map: texts.optional(),
  mapBase64: texts.optional(),
  object: z.unknown().optional(),
  secret: z.record(z.string(), z.unknown()).optional(),
  error: z.string().optional(),
  errorBase64: z.string().optional(),
  errorPrefix: z.string().optional(),
  check: z.string().optional(),
});
const templateCase = z.looseObject({
  id: z.string().min(1),
  template: z.string().optional(),
  templateBase64: z.string().optional(),
  data: texts.default({}),
  dataBase64: texts.default({}),
  dataFixtures: z.record(z.string(), z.array(z.string())).default({}),
  scope: z.string().default('Values'),
  key: z.string().default('key'),
  target: z.string().default('Data'),
  valuesDecodingStrategy: z.string().default('None'),
  object: z.record(z.string(), z.unknown()).optional(),
  externalSecret: z.looseObject({}).optional(),
  existing: z.looseObject({}).optional(),
  configMaps: z.record(z.string(), texts).default({}),
  secrets: z.record(z.string(), texts).default({}),
  transform: z.string().optional(),
  keys: texts.default({}),
  expect: expectation,
});

export type TemplateCase = z.output<typeof templateCase>;

/** A case, and the files that it is made of. */
export interface LoadedTemplateCase {
  readonly file: string;
  readonly case: TemplateCase;
  readonly fixtures: Readonly<Record<string, string>>;
}

const NOT_CASES: ReadonlySet<string> = new Set(['fixtures.json', 'signatures.json']);

/** Every template case of a folder and the folders in it. A file that holds none is named in `malformed`. */
export function loadTemplateCases(folder: string): {
  readonly cases: readonly LoadedTemplateCase[];
  readonly malformed: readonly { readonly file: string; readonly malformed: string }[];
} {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && !NOT_CASES.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const cases: LoadedTemplateCase[] = [];
  const malformed: { readonly file: string; readonly malformed: string }[] = [];
  for (const path of files) {
    const file = relative(folder, path);
    const read = readCases(path);
    if ('malformed' in read) malformed.push({ file, malformed: read.malformed });
    else cases.push(...read.cases.map((one) => ({ file, case: one, fixtures: fixturesBeside(path) })));
  }
  return { cases, malformed };
}

function readCases(path: string): { readonly cases: readonly TemplateCase[] } | { readonly malformed: string } {
  try {
    const read = z.array(templateCase).safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? { cases: read.data } : { malformed: z.prettifyError(read.error) };
  } catch (error) {
    return { malformed: error instanceof Error ? error.message : String(error) };
  }
}

const known = new Map<string, Readonly<Record<string, string>>>();

function fixturesBeside(path: string): Readonly<Record<string, string>> {
  const file = join(path, '..', 'fixtures.json');
  const before = known.get(file);
  if (before !== undefined) return before;
  const fixtures = readdirSync(join(path, '..')).includes(basename(file))
    ? texts.parse(JSON.parse(readFileSync(file, 'utf8')))
    : {};
  known.set(file, fixtures);
  return fixtures;
}

/** The text of the template as bytes. */
export function templateText({ template, templateBase64 }: TemplateCase): GoString {
  return templateBase64 === undefined ? fromUtf8(template ?? '') : fromBase64(templateBase64);
}

/** The fetched keys with their bytes. */
export function templateValues({ case: one, fixtures }: LoadedTemplateCase): ReadonlyMap<string, GoString> {
  const part = (text: string): GoString => {
    if (text.startsWith('=')) return fromUtf8(text.slice(1));
    if (text.startsWith('base64:')) return fixtures[text.slice('base64:'.length)] ?? '';
    return fromBase64(fixtures[text] ?? '');
  };
  return new Map([
    ...Object.entries(one.data).map(([key, text]) => [key, fromUtf8(text)] as const),
    ...Object.entries(one.dataBase64).map(([key, text]) => [key, fromBase64(text)] as const),
    ...Object.entries(one.dataFixtures).map(([key, parts]) => [key, parts.map(part).join('')] as const),
  ]);
}

export function fromBase64(text: string): GoString {
  return Buffer.from(text, 'base64').toString('latin1');
}
