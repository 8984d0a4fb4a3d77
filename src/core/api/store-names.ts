/** Which stores the manifests hold, as settings name them; before anything in them is checked. */
import type { ManifestDocument } from '../model/document.ts';

/** `namespace/name`, or `name` of a ClusterSecretStore. `namespace` is for those that name none. */
export function storeNames(documents: readonly ManifestDocument[], namespace: string | undefined): readonly string[] {
  return documents.flatMap(({ value }) => {
    const { kind, metadata } = (value ?? {}) as { readonly kind?: unknown; readonly metadata?: Partial<Named> | null };
    const { name, namespace: own = namespace } = metadata ?? {};
    if (typeof name !== 'string') return [];
    if (kind === 'ClusterSecretStore') return [name];
    return kind === 'SecretStore' ? [`${own ?? ''}/${name}`] : [];
  });
}

interface Named {
  readonly name: unknown;
  readonly namespace: string;
}
