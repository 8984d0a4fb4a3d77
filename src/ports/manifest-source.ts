/** Where the intents are written down: files, standard input, custom resources. */
import type { ManifestDocument } from '../core/model/document.ts';
import type { Problem } from '../core/model/problem.ts';

export interface ManifestSource {
  /** All documents, and what could not be read. One unreadable document never hides another. */
  load(): Promise<{ readonly documents: readonly ManifestDocument[]; readonly problems: readonly Problem[] }>;
}
