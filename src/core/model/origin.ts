/** Where something was written down: a file as the user named it, and a line counted from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
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
