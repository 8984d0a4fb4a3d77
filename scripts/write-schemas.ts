/** `npm run docs`: writes `schemas/`, a JSON Schema for each kind and version. Same tables, same bytes. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { schemaText } from '../src/core/api/json-schema/find-schema.ts';
import { schemaPath, servedVersions } from '../src/core/api/json-schema/json-schema.ts';

/** Path below `schemas/` → content. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(servedVersions().map((served) => [schemaPath(served), schemaText(served)]));
}

if (import.meta.main) {
  const folder = resolve(import.meta.dirname, '../schemas');
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of schemaFiles()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
