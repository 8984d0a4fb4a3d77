/**
 * A kubeconfig as people hand it over: a path, or the text itself, whole, in base64, or with its line breaks lost.
 *
 * Whatever is no path may hold a token, so it is told by what is in it, and never shown.
 */

export type GivenKubeconfig =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string }
  /** YAML whose line breaks were folded away on its way here; nobody can say where they were. */
  | { readonly kind: 'folded' }
  | { readonly kind: 'unknown' };

/** Words that begin a field of every kubeconfig. */
const FIELD = /(?:^|[\s{,"'-])(?:apiVersion|clusters|contexts|current-context|users)["']?\s*:/u;
const LONGEST_PATH = 200;
const LONGEST_NAME = 64;

/** `isFile` says whether there is something of this name; what is there is a path, whatever it looks like. */
export function readGiven(given: string, isFile: (path: string) => boolean): GivenKubeconfig {
  if (isFile(given)) return { kind: 'path', path: given };
  const text = decoded(given) ?? given;
  if (isWhole(text)) return { kind: 'text', text };
  if (FIELD.test(text)) return { kind: 'folded' };
  return isPathLike(given) ? { kind: 'path', path: given } : { kind: 'unknown' };
}

function isWhole(text: string): boolean {
  return /[\r\n]/u.test(text.trim()) || text.trimStart().startsWith('{');
}

/** Base64 of a kubeconfig has one meaning only; undefined = it is none. */
function decoded(given: string): string | undefined {
  if (!isBase64(given)) return undefined;
  const text = Buffer.from(given, 'base64').toString('utf8');
  return FIELD.test(text) ? text : undefined;
}

function isBase64(given: string): boolean {
  return /^[\w+/\-\s]{16,}=*\s*$/u.test(given);
}

/** Tokens have neither a root nor an ending, and one long name; such a text is not shown, for it may be one. */
function isPathLike(given: string): boolean {
  if (given.length > LONGEST_PATH || /[{}\r\n]|: /u.test(given)) return false;
  const names = given.split(/[\\/]/u);
  const isRooted = /^(?:[.~]{0,2}[\\/]|[a-z]:[\\/])/iu.test(given);
  return (
    names.every((name) => name.length <= LONGEST_NAME) &&
    (isRooted || /(?:^|[./\\-])(?:ya?ml|json|conf|(?:kube)?config)$/iu.test(given))
  );
}

const SHORTEST_SECRET = 8;

/**
 * What must not be printed of a text that may be a kubeconfig, before anybody knows whether it can be read. Its lines
 * are no secrets as long as it is YAML or JSON: a runner that masked `kind: Config` would black out half of every log,
 * and the name of the cluster with it.
 */
export function secretsIn(given: string, isFile: (path: string) => boolean): readonly string[] {
  const read = readGiven(given, isFile);
  if (read.kind === 'path') return [];
  const isReadable = read.kind === 'text' && !isBase64(given);
  const lines = isReadable ? [] : given.split(/[\r\n]+/u);
  const held = credentialsIn(read.kind === 'text' ? read.text : given);
  return [...lines, ...held].filter((text) => text.length >= SHORTEST_SECRET);
}

const CREDENTIAL =
  /(?:[\w-]*(?:token|password|secret)|client-(?:key|certificate)-data)["']?\s*[:=]\s*["']?([^\s"',}]+)/giu;

function credentialsIn(text: string): readonly string[] {
  return [...text.matchAll(CREDENTIAL)].map(([, value = '']) => value);
}
