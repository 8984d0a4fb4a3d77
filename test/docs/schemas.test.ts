/** `schemas/` and who names it. */
import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMAS_ADDRESS } from '../../src/core/api/json-schema/json-schema.ts';
import { kindNamed } from '../../src/core/model/kinds.ts';
import { schemaFiles } from '../../scripts/write-schemas.ts';
import { blocksOf, pages, ROOT } from './pages.ts';

const HEAD =
  /^(?:# yaml-language-server: \$schema=(?<schema>\S+)\n)?apiVersion: (?<apiVersion>\S+)\nkind: (?<kind>\S+)$/gmu;

interface Named {
  readonly place: string;
  readonly schema: string | undefined;
  readonly right: string;
}

/** Every object of a kind that has a schema, with the one that the line above it names. */
function objectsIn(place: string, text: string): readonly Named[] {
  const found = [...text.matchAll(HEAD)].map(({ groups = {} }) => groups);
  return found.flatMap(({ schema, apiVersion = '', kind = '' }) => {
    const path = `${apiVersion.replace('/', `/${kind.toLowerCase()}_`)}.json`;
    return kindNamed(kind) !== undefined && schemaFiles().has(path)
      ? [{ place, schema, right: SCHEMAS_ADDRESS + path }]
      : [];
  });
}

describe('schemas/', () => {
  it('is what npm run docs writes', () => {
    const written = globSync('**/*.json', { cwd: join(ROOT, 'schemas') });
    const files = new Map(written.map((path) => [path, readFileSync(join(ROOT, 'schemas', path), 'utf8')]));
    expect([...files.keys()].sort()).toEqual([...schemaFiles().keys()].sort());
    for (const [path, text] of schemaFiles()) expect([path, files.get(path)]).toEqual([path, text]);
  });
});

describe('manifests for editors', () => {
  const examples = globSync('examples/*/manifests/*.yaml', { cwd: ROOT }).flatMap((file) =>
    objectsIn(file, readFileSync(join(ROOT, file), 'utf8')),
  );
  const blocks = pages().flatMap((page) =>
    blocksOf(page).flatMap(({ text, line }) => objectsIn(`${page.file}:${line}`, text)),
  );

  it('name their schema in every example', () => {
    expect(examples.length).toBeGreaterThan(4);
    expect(examples.filter(({ schema, right }) => schema !== right)).toEqual([]);
  });

  it('name the right schema wherever the manual has such a line', () => {
    const named = blocks.filter(({ schema }) => schema !== undefined);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter(({ schema, right }) => schema !== right)).toEqual([]);
  });
});
