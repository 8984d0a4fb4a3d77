/**
 * An application as a team would bring it: its manifests, what is in its vaults and its cluster, and what stands in the
 * cluster after a sync, which somebody has read.
 *
 *   manifests.yaml   what the team wrote
 *   vault.yaml       vault name → content, in the notation of the conformance cases
 *   cluster.yaml     what is in the cluster before
 *   settings.yaml    settings of the run by their names
 *   random.yaml      object → key → pattern of a value that is drawn anew in each test
 *   after.yaml       every Secret and ConfigMap after the sync
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import type { VaultCase } from '../servers/index.ts';

type Patterns = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Application {
  readonly name: string;
  readonly manifests: string;
  readonly vaults: Readonly<Record<string, VaultCase>>;
  readonly cluster: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly random: Patterns;
  /** Where `after.yaml` stands. */
  readonly after: string;
}

interface Stored {
  readonly kind: string;
  readonly type?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
}

export function applications(): readonly Application[] {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => readApplication(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readApplication(name: string): Application {
  const folder = join(import.meta.dirname, name);
  const text = (file: string) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '');
  return {
    name,
    manifests: text('manifests.yaml'),
    vaults: (parse(text('vault.yaml')) ?? {}) as Application['vaults'],
    cluster: text('cluster.yaml'),
    settings: (parse(text('settings.yaml')) ?? {}) as Application['settings'],
    random: (parse(text('random.yaml')) ?? {}) as Patterns,
    after: join(folder, 'after.yaml'),
  };
}

/** The Secrets and ConfigMaps of a folder that stands for a cluster, as YAML for people: data as plain text. */
export async function afterOf(folder: string, random: Patterns): Promise<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const texts = await Promise.all(files.filter(isOfCluster).map((file) => readFile(join(folder, file), 'utf8')));
  const objects = texts.flatMap((text) => parseAllDocuments(text)).map((document) => document.toJS() as Stored);
  const shown = objects.filter(({ kind }) => kind === 'Secret' || kind === 'ConfigMap').map((one) => show(one, random));
  return stringify(Object.fromEntries(shown.sort(([a], [b]) => (a < b ? -1 : 1))), { lineWidth: 0, singleQuote: true });
}

/** What begins with a dot is not the cluster's, but ours. */
function isOfCluster(file: string): boolean {
  return !file.startsWith('.');
}

function show({ kind, type, metadata, data = {} }: Stored, random: Patterns): readonly [string, object] {
  const name = `${metadata.namespace ?? ''}/${metadata.name}`;
  const patterns = random[name] ?? {};
  const values = Object.entries(data).map(([key, value]) => {
    const plain = kind === 'Secret' ? Buffer.from(value, 'base64').toString('utf8') : value;
    return [key, patterns[key] === undefined ? plain : drawn(plain, patterns[key])];
  });
  const { labels, annotations } = metadata;
  const isDrawn = Object.keys(patterns).length > 0;
  return [
    `${kind} ${name}`,
    {
      ...(type === undefined ? {} : { type }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations: isDrawn ? withoutHashes(annotations) : annotations }),
      data: Object.fromEntries(values) as object,
    },
  ];
}

/** Never the value itself: an `after.yaml` that was written from it would hold it. */
function drawn(value: string, pattern: string): string {
  return new RegExp(pattern, 'u').test(value) ? '(drawn)' : `(drawn, but not as /${pattern}/)`;
}

function withoutHashes(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [name, /^[0-9a-f]{32,}$/u.test(value) ? '(hash)' : value]),
  );
}
