/** Which files of a tree a path of the input manifests means, by the rules of files on disk. */
import { isSkipped, MANIFEST } from '../adapters/files/manifest-files.ts';

/** `path` is relative to the root of the tree, with slashes; '' is the root. */
export function filesOfPath(path: string, files: readonly string[]): readonly string[] {
  if (files.includes(path)) return [path];
  const inside = files.filter((file) => isInFolder(file, path));
  if (inside.length > 0 || !/[*?]/u.test(path)) return inside;
  const pattern = patternOf(path);
  const written = path.split('/');
  const isHidden = (file: string) => file.split('/').some((part) => isSkipped(part) && !written.includes(part));
  return files.filter((file) => MANIFEST.test(file) && pattern.test(file) && !isHidden(file));
}

/** Hidden folders below it and node_modules are not searched. */
function isInFolder(file: string, folder: string): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  if (!file.startsWith(prefix)) return false;
  const folders = file.slice(prefix.length).split('/').slice(0, -1);
  return MANIFEST.test(file) && !folders.some(isSkipped);
}

/** `**` stands for any number of folders, `*` and `?` for what a name has, `{a,b}` and `[ab]` for one of these. */
function patternOf(glob: string): RegExp {
  const parts = glob.split(/(\*\*\/|\*\*|\*|\?|\{[^{}]*\}|\[[^\]]*\])/u).map((part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (/^\{.*\}$/u.test(part)) return `(?:${part.slice(1, -1).split(',').map(literal).join('|')})`;
    if (/^\[.+\]$/u.test(part))
      return `[${part
        .slice(1, -1)
        .replace(/^!/u, '^')
        .replace(/[\\[\]&|~]/gu, '\\$&')}]`;
    return literal(part);
  });
  return new RegExp(`^${parts.join('')}$`, 'u');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
