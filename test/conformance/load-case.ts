/** Case files → checked cases. A file that is not a case is a Problem of that file, never the end of a run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { KubernetesObject } from '../fakes/index.ts';
import type { Fault, VaultCase } from '../servers/index.ts';

/** What one Secret, ConfigMap or child should look like: the flattened form of the case files. */
export type Fields = Readonly<Record<string, unknown>>;
type Named<T> = Readonly<Record<string, T | null>>;
export type VaultEdits = Readonly<Record<string, VaultCase>>;

export interface ExpectedEvent {
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message?: string | undefined;
}

/** What one sync left behind. `null` = gone. */
export interface Expectation {
  readonly rejected?: Readonly<Record<string, string>> | undefined;
  readonly secrets: Named<Fields>;
  readonly objects?: Named<Fields> | undefined;
  readonly status: Named<Fields>;
  readonly children?: Named<Fields> | undefined;
  readonly events: readonly ExpectedEvent[];
  readonly requests: readonly string[] | Readonly<Record<string, readonly string[]>>;
  readonly vault?: Named<Fields> | undefined;
}

export interface Step {
  readonly vault?: VaultEdits | undefined;
  readonly faults?: readonly Fault[] | undefined;
  readonly apply?: readonly KubernetesObject[] | undefined;
  readonly patch?: readonly KubernetesObject[] | undefined;
  readonly delete?: readonly string[] | undefined;
  readonly refresh?: boolean | undefined;
  readonly sync?: Fields | undefined;
}

export interface ConformanceCase {
  readonly id: string;
  readonly title: string;
  readonly lab: {
    readonly keepAuth?: boolean | undefined;
    /** Of the operator. */
    readonly controllerFlags?: string | undefined;
    readonly admission?: boolean | undefined;
    readonly observe?: readonly string[] | undefined;
  };
  readonly vault: VaultEdits;
  readonly faults: readonly Fault[];
  readonly cluster: readonly KubernetesObject[];
  readonly manifests: readonly KubernetesObject[];
  readonly steps: readonly Step[];
  readonly expect: readonly Expectation[];
}

export type LoadedCase =
  { readonly file: string; readonly case: ConformanceCase } | { readonly file: string; readonly malformed: string };

const fields = z.record(z.string(), z.unknown());
const named = z.record(z.string(), fields.nullable());
const object = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
const vault = z.record(z.string(), z.looseObject({}));
const fault = z.looseObject({ match: z.string(), status: z.number().optional(), times: z.number().optional() });
const step = z.strictObject({
  vault: vault.optional(),
  faults: z.array(fault).optional(),
  apply: z.array(object).optional(),
  patch: z.array(object).optional(),
  delete: z.array(z.string()).optional(),
  refresh: z.boolean().optional(),
  sync: fields.optional(),
});
const lines = z.array(z.string());
const expectation = z.strictObject({
  rejected: z.record(z.string(), z.string()).optional(),
  secrets: named,
  objects: named.optional(),
  status: named,
  children: named.optional(),
  events: z.array(
    z.looseObject({ object: z.string(), type: z.string(), reason: z.string(), message: z.string().optional() }),
  ),
  requests: lines.or(z.record(z.string(), lines)),
  vault: named.optional(),
});
const conformanceCase = z.looseObject({
  id: z.string().min(1),
  title: z.string(),
  lab: z
    .looseObject({
      keepAuth: z.boolean().optional(),
      controllerFlags: z.string().optional(),
      admission: z.boolean().optional(),
      observe: z.array(z.string()).optional(),
    })
    .default({}),
  vault: vault.default({}),
  faults: z.array(fault).default([]),
  cluster: z.array(object).default([]),
  manifests: z.array(object).default([]),
  steps: z
    .array(step)
    .min(1)
    .default([{ sync: {} }]),
  expect: z.array(expectation).min(1),
});

/** Every case of a folder and the folders in it, by path. */
export function loadCases(folder: string): readonly LoadedCase[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/u.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  return files.map((file) => loadCase(file, readFileSync(join(folder, file), 'utf8')));
}

/** Reads one case; `file` only names it. */
export function loadCase(file: string, text: string): LoadedCase {
  try {
    const read = conformanceCase.safeParse(parse(text));
    if (!read.success) return { file, malformed: z.prettifyError(read.error) };
    const value = read.data as unknown as ConformanceCase;
    const syncs = value.steps.filter((one) => one.sync !== undefined).length;
    if (syncs === value.expect.length) return { file, case: value };
    return { file, malformed: `${syncs} steps with sync, but ${value.expect.length} entries under expect` };
  } catch (error) {
    return { file, malformed: error instanceof Error ? error.message : String(error) };
  }
}
