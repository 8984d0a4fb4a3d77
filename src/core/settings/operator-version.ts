/** `--for-operator`: the release of External Secrets Operator that manifests are looked at for. */
import { operatorRelease } from '../api/operator/release.ts';
import type { Finding } from './finding.ts';

export function operatorVersion(text: string): Finding | undefined {
  if (operatorRelease(text) !== undefined) return undefined;
  return { what: `"${text}" is no release of External Secrets Operator`, fix: 'Write it as 2.9 or 2.9.0.' };
}
