/** One manifest as it was written, with the place of each of its fields. */
import type { FieldPath, Origin } from './origin.ts';

export interface ManifestDocument {
  /** The parsed YAML or JSON, unchecked. */
  readonly value: unknown;
  /** Where the document begins; absent for objects that were read from the cluster. */
  readonly origin?: Origin;
  /** Where a field stands; the nearest enclosing field when that one is absent. */
  readonly locate: (path: FieldPath) => Origin | undefined;
  /** Words that Kubernetes' own tools read otherwise; absent where there was no YAML. */
  readonly oldWords?: () => readonly OldWord[];
  /** Placeholders that got no value where values were filled in; absent where none were. */
  readonly openPlaceholders?: readonly OpenPlaceholder[];
  /** `cluster` documents are custom resources: their uid, generation and status are real. Those of files are ignored. */
  readonly home: 'file' | 'cluster';
}

/** A `${NAME}` that is still to be filled. */
export interface OpenPlaceholder {
  readonly path: FieldPath;
  readonly name: string;
}

/** A word without quotes that YAML 1.1 takes for a boolean or a number, and YAML 1.2, as here, for a text. */
export interface OldWord {
  /** Of the value; of the field whose name it is. */
  readonly path: FieldPath;
  readonly isKey: boolean;
  readonly word: string;
  /** What YAML 1.1 makes of it. */
  readonly meaning: boolean | 'number';
}
