/** What intents of both directions have in common, each default in one place. */
import { parseDuration } from '../go/duration.ts';
import { hashText } from '../go/go-hash.ts';
import type { ManifestDocument } from '../model/document.ts';
import type { IntentHead } from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, locateIn, type Subject } from './check.ts';
import type { WrittenMetadata } from './schema.ts';
import type { WrittenObject } from './written-object.ts';

/** ESO 2.9: the CRD default of `spec.refreshInterval`. */
const DEFAULT_REFRESH_INTERVAL_MS = 3_600_000;

/** `spec` is what counts as the intent's text: another one makes another generation. */
export function intentHead(object: WrittenObject, spec: unknown): Omit<IntentHead, 'refresh' | 'storeRefs'> {
  const { at, document, metadata } = object;
  return {
    ref: { ...at, namespace: at.namespace ?? '' },
    ...(document.origin === undefined ? {} : { origin: document.origin }),
    locate: locateIn(object),
    ...ownerOf(document, metadata),
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    generation: generationOf(object, spec),
  };
}

/** Milliseconds. A text that is no duration has been told. */
export function intervalOf(text: string | undefined): number {
  return text === undefined ? DEFAULT_REFRESH_INTERVAL_MS : (parseDuration(text) ?? 0);
}

export function durationProblems(subject: Subject, path: FieldPath, text: string | undefined): readonly Problem[] {
  if (text === undefined || parseDuration(text) !== undefined) return [];
  return [
    fieldProblem(subject, path, {
      code: 'duration',
      what: 'is not a duration',
      fix: 'Write it with units: 30s, 15m, 1h30m. Days do not exist: 24h.',
    }),
  ];
}

/**
 * Only a custom resource has a uid that the garbage collector knows; one in a file was copied from somewhere. In the
 * version in which it was read, the newest that is served: an owner of another one counts as absent, and the Secret
 * would be deleted.
 */
export function ownerOf({ home, head }: ManifestDocument, metadata: WrittenMetadata): Pick<IntentHead, 'owner'> {
  if (home !== 'cluster' || metadata.uid === undefined) return {};
  return { owner: { apiVersion: head.apiVersion, uid: metadata.uid } };
}

/** Without a custom resource there is no `generation`: a hash of the spec changes exactly when the spec does. */
function generationOf({ document, metadata }: WrittenObject, spec: unknown): string {
  if (document.home === 'cluster' && metadata.generation !== undefined) return String(metadata.generation);
  return hashText(canonicalJson(spec)).slice(0, 12);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
