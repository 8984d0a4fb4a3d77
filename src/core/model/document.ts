/** One manifest as it was written, with the place of each of its fields. */
import type { FieldPath, Origin } from './origin.ts';

export interface ManifestDocument {
  /** The parsed YAML or JSON, unchecked. */
  readonly value: unknown;
  /** Where the document begins; absent for objects that were read from the cluster. */
  readonly origin?: Origin;
  /** Where a field stands; the nearest enclosing field when that one is absent. */
  readonly locate: (path: FieldPath) => Origin | undefined;
  /** `cluster` documents are custom resources: their uid, generation and status are real. Those of files are ignored. */
  readonly home: 'file' | 'cluster';
}
