/** Where something was written down: a file as the user named it, with slashes on every system, and a line from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/**
 * A path of the file system as an origin has it. Origins are stored and sorted by their files, so what is made of the
 * same manifests on Windows must be the same. `separator` is that of the system; elsewhere a backslash is part of a name.
 */
export function withSlashes(path: string, separator: string): string {
  return path.replaceAll(separator, '/');
}

/** A path into a document, as `['spec', 'data', 1, 'remoteRef', 'key']`. */
export type FieldPath = readonly (string | number)[];

/** `spec.data[1].remoteRef.key`: how every message names a field. */
export function fieldText(path: FieldPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** `deploy/orders.yaml:23`. */
export function originText(origin: Origin): string {
  return `${origin.file}:${origin.line}`;
}
