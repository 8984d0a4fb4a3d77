/** Functions for paths with slashes. sprig, over Go's path and path/filepath, which agree on Linux. */
import { declare, type TemplateFunction } from '../function-table.ts';
import type { GoString } from '../values.ts';

export const pathFunctions: readonly TemplateFunction[] = [
  ...named('base', 'osBase', (name) =>
    declare({
      name,
      signature: 'func(string) string',
      source: 'sprig',
      summary: 'The last element of a path.',
      example: { template: `{{ ${name} "/etc/app/config.yaml" }}`, prints: 'config.yaml' },
      call: (_runtime, path) => baseOf(path),
    }),
  ),
  ...named('dir', 'osDir', (name) =>
    declare({
      name,
      signature: 'func(string) string',
      source: 'sprig',
      summary: 'A path without its last element.',
      example: { template: `{{ ${name} "/etc/app/config.yaml" }}`, prints: '/etc/app' },
      call: (_runtime, path) => cleanPath(path.slice(0, path.lastIndexOf('/') + 1)),
    }),
  ),
  ...named('clean', 'osClean', (name) =>
    declare({
      name,
      signature: 'func(string) string',
      source: 'sprig',
      summary: 'The shortest path that means the same.',
      example: { template: `{{ ${name} "/etc//app/../x" }}`, prints: '/etc/x' },
      call: (_runtime, path) => cleanPath(path),
    }),
  ),
  ...named('ext', 'osExt', (name) =>
    declare({
      name,
      signature: 'func(string) string',
      source: 'sprig',
      summary: 'What follows the last dot of the last element, with the dot.',
      example: { template: `{{ ${name} "config.yaml" }}`, prints: '.yaml' },
      call: (_runtime, path) => /\.[^./]*$/.exec(path)?.[0] ?? '',
    }),
  ),
  ...named('isAbs', 'osIsAbs', (name) =>
    declare({
      name,
      signature: 'func(string) bool',
      source: 'sprig',
      summary: 'Says whether a path begins at the root.',
      example: { template: `{{ ${name} "/etc" }}`, prints: 'true' },
      call: (_runtime, path) => path.startsWith('/'),
    }),
  ),
];

function named(path: string, filePath: string, make: (name: string) => TemplateFunction): readonly TemplateFunction[] {
  return [make(path), make(filePath)];
}

function baseOf(path: GoString): GoString {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function cleanPath(path: GoString): GoString {
  const isRooted = path.startsWith('/');
  const kept: GoString[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push(segment);
  }
  return (isRooted ? '/' : '') + kept.join('/') || '.';
}
