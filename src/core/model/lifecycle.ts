/** How long a custom resource lives: who holds it, and whether it is to go. Absent where there is none. */
import type { ManifestDocument } from './document.ts';
import { fieldsOf } from './fields.ts';

export interface Lifecycle {
  readonly deleting: boolean;
  readonly finalizers: readonly string[];
}

/** ESO 2.9: so that the operator and this program can take over from one another. */
export const PUSH_FINALIZER = 'pushsecret.externalsecrets.io/finalizer';
export const STORE_FINALIZER = 'secretstore.externalsecrets.io/finalizer';

export function lifecycleOf({ home, value }: ManifestDocument): { readonly lifecycle?: Lifecycle } {
  if (home !== 'cluster') return {};
  const { deletionTimestamp, finalizers } = fieldsOf(fieldsOf(value)['metadata']);
  const named = Array.isArray(finalizers) ? finalizers.filter((one): one is string => typeof one === 'string') : [];
  return { lifecycle: { deleting: typeof deletionTimestamp === 'string', finalizers: named } };
}

export function isHeldBy({ lifecycle }: { readonly lifecycle?: Lifecycle }, finalizer: string): boolean {
  return lifecycle?.finalizers.includes(finalizer) === true;
}

export function isDeleting({ lifecycle }: { readonly lifecycle?: Lifecycle }): boolean {
  return lifecycle?.deleting === true;
}
