/** What a target is to hold of an intent: what was fetched, or what the template made of it. */
import { GENERATED_ANNOTATION } from '../../model/names.ts';
import type { SyncState } from '../../model/condition.ts';
import type { PullIntent } from '../../model/intent.ts';
import type { KeptKeys } from '../../model/left-out.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import type { LiveSecret } from '../../model/secret.ts';
import { isTargetValid } from '../../resolve/refresh.ts';
import type { Rendered, TemplateContent } from '../../secret-template/content.ts';
import type { GeneratedParts } from './pull-input.ts';
import { withoutTrackingMarks } from './tracking-marks.ts';

export interface TargetContent {
  readonly data: ReadonlyMap<string, SecretValue>;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** Keys that stay as they are where the rest gives none. */
  readonly kept?: KeptKeys;
}

/**
 * Without a template the target gets labels and annotations of the ExternalSecret (ESO 2.9: all of them; here without
 * the marks that tell a tool whose it is), with one only its own.
 */
export function fetchedContent(intent: PullIntent, data: ReadonlyMap<string, SecretValue>): TargetContent {
  return {
    data,
    labels: withoutTrackingMarks(intent.labels),
    annotations: withoutTrackingMarks(intent.annotations),
  };
}

/**
 * A template's content, settled against what is there: while its inputs are those of the last sync and the target is as
 * that sync left it, random and time-dependent parts stay. ESO 2.9 makes new ones in every refresh.
 */
export function settledContent(
  content: TemplateContent,
  live: LiveSecret | undefined,
  state: SyncState | undefined,
): TargetContent {
  const kept = keepsVolatile(content, live, state) ? live : undefined;
  return {
    data: settle(content.data, kept?.data),
    labels: settle(content.labels, kept?.labels),
    annotations: settle(content.annotations, kept?.annotations),
  };
}

/** The keys that no template writes, and from which specs they were drawn. */
export function withGenerated(content: TargetContent, generated: GeneratedParts | undefined): TargetContent {
  if (generated === undefined) return content;
  const { beside, marks } = generated;
  const annotations = new Map(content.annotations);
  if (marks === undefined) annotations.delete(GENERATED_ANNOTATION);
  else annotations.set(GENERATED_ANNOTATION, marks);
  return { ...content, data: new Map([...content.data, ...beside]), annotations };
}

function keepsVolatile({ mark }: TemplateContent, live: LiveSecret | undefined, state: SyncState | undefined): boolean {
  if (mark === undefined || state?.templateMark !== mark) return false;
  return isTargetValid({ creationPolicy: 'Owner', target: live });
}

function settle<Value>(
  rendered: ReadonlyMap<string, Rendered<Value>>,
  live: ReadonlyMap<string, Value> | undefined,
): ReadonlyMap<string, Value> {
  return new Map(
    [...rendered].map(([key, { value, isVolatile }]) => [key, isVolatile ? (live?.get(key) ?? value) : value]),
  );
}
