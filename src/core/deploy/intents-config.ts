/**
 * The intents of an installation in ConfigMaps, and back: every document as JSON with the place it came from, so that
 * the job's messages still name file and line. Where the intents are custom resources, only which ones they are.
 *
 * The digest of all of them says which intents a pass has seen.
 */
import type { ManifestDocument } from '../model/document.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { digestOf, labelsOf, names, type Installation } from './installation.ts';

/** Raised when older programs would misread the ConfigMaps. */
const SCHEMA_VERSION = 1;
/** A ConfigMap takes 1 MiB with its metadata. */
const ROOM_BYTES = 900_000;
const KEY = 'intents.json';

export interface RenderedIntents {
  readonly configMaps: readonly KubernetesObject[];
  /** SHA-256 of the documents, hex. */
  readonly digest: string;
}

interface Entry {
  readonly origin?: Origin;
  readonly value: unknown;
}

/** With `resources` the documents are only their heads, and these are what was applied. */
export function intentsConfig(
  documents: readonly ManifestDocument[],
  installation: Installation,
  resources?: readonly KubernetesObject[],
): RenderedIntents {
  const entries = documents.map(({ origin, value }) =>
    JSON.stringify({ ...(origin === undefined ? {} : { origin }), value } satisfies Entry),
  );
  const contents = (resources ?? []).map((object) => JSON.stringify(object));
  const digest = digestOf([...entries, ...contents].join('\n'));
  const chunks = inChunks(entries);
  const home = resources === undefined ? 'config-maps' : 'custom-resources';
  const configMaps = chunks.map((lines, index) =>
    configMap(lines, { installation, digest, index, count: chunks.length, home }),
  );
  return { configMaps, digest };
}

interface Place {
  readonly installation: Installation;
  readonly digest: string;
  readonly index: number;
  readonly count: number;
  readonly home: StoredIntents['home'];
}

function configMap(lines: readonly string[], place: Place): KubernetesObject {
  const { installation, digest, index, count } = place;
  const home = place.home === 'config-maps' ? '' : `"home": "${place.home}", `;
  const head = `"schemaVersion": ${SCHEMA_VERSION}, ${home}"digest": "${digest}", "count": ${count}`;
  const text = `{${head}, "documents": [\n${lines.join(',\n')}\n]}\n`;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names.intents(installation, index),
      namespace: installation.namespace,
      labels: labelsOf(installation, 'intents'),
    },
    data: { [KEY]: text },
  };
}

/** In order, each as full as it may be; there is always one. */
function inChunks(entries: readonly string[]): readonly (readonly string[])[] {
  const chunks: string[][] = [[]];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry) + 2;
    if (bytes + size > ROOM_BYTES && chunks.at(-1)?.length !== 0) {
      chunks.push([]);
      bytes = 0;
    }
    chunks.at(-1)?.push(entry);
    bytes += size;
  }
  return chunks;
}

export interface StoredIntents {
  /** `custom-resources`: the documents only say which resources are meant. */
  readonly home: 'config-maps' | 'custom-resources';
  readonly documents: readonly ManifestDocument[];
  readonly digest: string;
  /** How many ConfigMaps belong together. */
  readonly count: number;
}

/** One of the ConfigMaps back; a Problem when this program did not write it so. */
export function readIntentsConfig(configMap: KubernetesObject): StoredIntents | { readonly problem: Problem } {
  const text = (configMap['data'] as Readonly<Record<string, string>> | undefined)?.[KEY];
  const stored = text === undefined ? undefined : parsed(text);
  const at = { kind: 'ConfigMap', namespace: configMap.metadata.namespace ?? '', name: configMap.metadata.name };
  if (stored?.documents === undefined || stored.schemaVersion !== SCHEMA_VERSION) {
    const problem: Problem = {
      severity: 'error',
      code: 'unreadable-intents',
      at,
      what: 'does not hold intents as this version of Keyferry writes them',
      fix: 'Deploy again, with this version or a newer one.',
    };
    return { problem };
  }
  const documents = stored.documents.map(({ origin, value }): ManifestDocument => ({
    value,
    ...(origin === undefined ? {} : { origin }),
    locate: () => origin,
    // They were filled before.
    openPlaceholders: [],
    home: 'file',
  }));
  const { home = 'config-maps', digest = '', count = 1 } = stored;
  return { home, documents, digest, count };
}

interface Stored {
  readonly schemaVersion?: number;
  readonly home?: StoredIntents['home'];
  readonly digest?: string;
  readonly count?: number;
  readonly documents?: readonly Entry[];
}

function parsed(text: string): Stored | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isStored(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  const { documents } = value as { readonly documents?: unknown };
  return documents === undefined || Array.isArray(documents);
}
