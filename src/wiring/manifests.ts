/** Settings → where manifests come from. */
import { buffer } from 'node:stream/consumers';
import { ManifestFiles } from '../adapters/files/manifest-files.ts';
import { parseDocuments } from '../core/api/documents.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

export function manifestsOf(settings: Pick<Settings, 'filename'>): ManifestSource {
  return new ManifestFiles({
    paths: settings.filename,
    parse: parseDocuments,
    readStdin: () => buffer(process.stdin),
  });
}
