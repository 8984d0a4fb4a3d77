/**
 * The intents of an installation in ConfigMaps, and back: every document as JSON with the place it came from, so that
 * the job's messages still name file and line. Where the intents are custom resources, only which ones they are.
 *
 * Each is immutable and named by the digest of its text, like the engine: another content is another ConfigMap, and a pod
 * of before goes on with the one that it was started with.
 */
import { documentOf, type ManifestDocument } from '../model/document.ts';
import { fieldsOf, isRecord } from '../model/fields.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { isCustomResource } from './custom-resources.ts';
import { digestOf, labelsOf, names, type Installation } from './installation.ts';
import { intentsDigestOf, type IntentsPin } from './intents-pins.ts';

/** Raised when older programs would misread the ConfigMaps. */
const SCHEMA_VERSION = 2;
/** A ConfigMap takes 1 MiB with its metadata. */
const ROOM_BYTES = 900_000;
const KEY = 'intents.json';

export interface RenderedIntents {
  readonly configMaps: readonly KubernetesObject[];
  /** One for each of them, in order. */
  readonly pins: readonly IntentsPin[];
  /** Of all of them. */
  readonly digest: string;
}

interface StoredEntry {
  readonly origin?: Origin;
  readonly value: unknown;
  /** SHA-256 of the resource as it was applied: another content is another deployment. */
  readonly applied?: string;
}

/** With `resources` the documents are only their heads, and these are what was applied, in the same order. */
export function intentsConfig(
  documents: readonly ManifestDocument[],
  installation: Installation,
  resources?: readonly KubernetesObject[],
): RenderedIntents {
  const entries = documents.map(({ origin, value }, place) => {
    const applied = resources?.[place];
    return JSON.stringify({
      ...(origin === undefined ? {} : { origin }),
      value,
      ...(applied === undefined ? {} : { applied: digestOf(JSON.stringify(applied)) }),
    } satisfies StoredEntry);
  });
  const home = resources === undefined ? 'config-maps' : 'custom-resources';
  const texts = inChunks(entries).map((lines, part) => textOf(lines, { part, home }));
  const pins = texts.map((text): IntentsPin => {
    const digest = digestOf(text);
    return { name: names.intents(installation, digest), digest };
  });
  const configMaps = texts.map((text, part) => configMap(text, pins[part]?.name ?? '', installation));
  return { configMaps, pins, digest: intentsDigestOf(pins) };
}

interface PartOf {
  /** So that two parts are never the same ConfigMap. */
  readonly part: number;
  readonly home: StoredIntents['home'];
}

function textOf(lines: readonly string[], { part, home }: PartOf): string {
  const head = `"schemaVersion": ${SCHEMA_VERSION}, "home": "${home}", "part": ${part}`;
  return `{${head}, "documents": [\n${lines.join(',\n')}\n]}\n`;
}

function configMap(text: string, name: string, installation: Installation): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: installation.namespace, labels: labelsOf(installation, 'intents') },
    immutable: true,
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
}

/** The text of a ConfigMap, if it is that of the pin; what it says of itself counts for nothing. */
export function pinnedText(
  configMap: KubernetesObject,
  { digest }: IntentsPin,
): string | { readonly problem: Problem } {
  const text = fieldsOf(configMap['data'])[KEY];
  if (typeof text !== 'string') return { problem: unreadable(configMap) };
  const found = digestOf(text);
  if (found === digest) return text;
  return {
    problem: {
      severity: 'error',
      code: 'tampered-intents',
      at: refOf(configMap),
      what: `does not hold the intents that were deployed: their digest is ${short(found)}, expected ${short(digest)}`,
      fix: 'They were not used. Deploy again, and find out who changed the ConfigMap.',
    },
  };
}

/** The intents in a text that this program wrote; a Problem for any other. */
export function readIntents(
  text: string,
  configMap: Pick<KubernetesObject, 'metadata'>,
): StoredIntents | { readonly problem: Problem } {
  const { schemaVersion, home, documents } = fieldsOf(parsed(text));
  const entries: readonly unknown[] | undefined = Array.isArray(documents) ? documents : undefined;
  const isOurs = schemaVersion === SCHEMA_VERSION && (home === 'config-maps' || home === 'custom-resources');
  if (!isOurs || entries?.every((one) => isEntry(one, home)) !== true) return { problem: unreadable(configMap) };
  return {
    home,
    documents: (entries as readonly StoredEntry[]).map(({ origin, value }) =>
      documentOf({
        value,
        ...(origin === undefined ? {} : { origin }),
        locate: () => origin,
        // They were filled before.
        openPlaceholders: [],
        home: 'file',
      }),
    ),
  };
}

/** Both at once. */
export function readIntentsConfig(
  configMap: KubernetesObject,
  pin: IntentsPin,
): StoredIntents | { readonly problem: Problem } {
  const text = pinnedText(configMap, pin);
  return typeof text === 'string' ? readIntents(text, configMap) : text;
}

function isEntry(entry: unknown, home: StoredIntents['home']): boolean {
  const { origin, value } = fieldsOf(entry);
  const { file, line } = fieldsOf(origin);
  const hasPlace = origin === undefined || (typeof file === 'string' && Number.isSafeInteger(line));
  return hasPlace && (home === 'custom-resources' ? isHead(value) : isRecord(value));
}

function isHead(value: unknown): boolean {
  const { apiVersion, kind, metadata } = fieldsOf(value);
  const { name, namespace } = fieldsOf(metadata);
  const isNamed = typeof name === 'string' && (namespace === undefined || typeof namespace === 'string');
  return (
    isNamed && typeof apiVersion === 'string' && typeof kind === 'string' && isCustomResource({ apiVersion, kind })
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(configMap: Pick<KubernetesObject, 'metadata'>): Problem {
  return {
    severity: 'error',
    code: 'unreadable-intents',
    at: refOf(configMap),
    what: 'does not hold intents as this version of Keyferry writes them',
    fix: 'Deploy again, with this version or a newer one.',
  };
}

function refOf({ metadata: { name, namespace = '' } }: Pick<KubernetesObject, 'metadata'>) {
  return { kind: 'ConfigMap', namespace, name };
}

function short(digest: string): string {
  return `${digest.slice(0, 12)}…`;
}
