/** Which stores the manifests hold, as settings name them; before anything in them is checked. */
import { refOfHead, type ManifestDocument } from '../../model/document.ts';
import { isClusterWide, roleOf } from '../../model/kinds.ts';

/** `namespace/name`, or `name` of one for the whole cluster. `given` is for those that name no namespace. */
export function storeNames(documents: readonly ManifestDocument[], given: string | undefined): readonly string[] {
  return documents.flatMap(({ head }) => {
    const ref = roleOf(head.kind) === 'store' ? refOfHead(head, given) : undefined;
    if (ref === undefined) return [];
    return [isClusterWide(ref.kind) ? ref.name : `${ref.namespace ?? ''}/${ref.name}`];
  });
}
