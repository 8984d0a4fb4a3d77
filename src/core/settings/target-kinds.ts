/** `--target-kinds`: what `target.manifest` may name. */
import { nearest } from '../model/nearest.ts';
import { MANIFEST_KINDS } from '../model/target.ts';
import type { Finding } from './finding.ts';

export function targetKind(text: string): Finding | undefined {
  if (MANIFEST_KINDS.some((kind) => kind === text)) return undefined;
  const meant = nearest(text, MANIFEST_KINDS);
  return {
    what: `"${text}" is not a kind that can be allowed`,
    fix: meant === undefined ? `There is ${MANIFEST_KINDS.join(', ')}.` : `Did you mean ${meant}?`,
  };
}
