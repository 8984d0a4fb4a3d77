/** Manifests in which there is nothing for us at all: a wrong path would otherwise be a run that is green. */
import type { ManifestDocument } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import { isForeign } from './heads.ts';

/** Kinds that are named; more would hide what to do. */
const MOST = 4;

/** `undefined` where something is of the External Secrets groups, right or wrong. */
export function nothingFound(documents: readonly ManifestDocument[]): Problem | undefined {
  if (!documents.every(isForeign)) return undefined;
  const count = documents.length;
  const instead = `, but ${count} ${count === 1 ? 'document' : 'documents'} of other kinds (${kindsOf(documents)})`;
  return {
    severity: 'error',
    code: 'nothing-found',
    what: `the manifests hold no ExternalSecret and no store${count === 0 ? ', nor any other document' : instead}`,
    fix: 'Check the path. What Helm or kustomize makes is given as they print it, not as values or patches.',
  };
}

function kindsOf(documents: readonly ManifestDocument[]): string {
  const kinds = [...new Set(documents.map(kindOf))].sort();
  const more = kinds.length > MOST ? ` and ${kinds.length - MOST} more` : '';
  return `${kinds.slice(0, MOST).join(', ')}${more}`;
}

/** Other people's text: only what can be a kind is shown. */
function kindOf({ head: { kind } }: ManifestDocument): string {
  return /^[A-Za-z]\w{0,62}$/u.test(kind) ? kind : 'without a kind';
}
