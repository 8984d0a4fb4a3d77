/**
 * The Secret that an intent wants, given what it read and what is there. ESO 2.9, 3.2–3.5: "the mutation".
 *
 * Pure: the same intent, data and live Secret give the same bytes, labels and annotations as the operator writes.
 */
import type { PullIntent } from '../../model/intent.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import type { DesiredSecret, LiveSecret, OwnerReference } from '../../model/secret.ts';
import { isSecret, targetOf, type Target } from '../../model/target.ts';
import { fieldManager, hashOf } from '../../go/go-hash.ts';
import { CREATED_BY_LABEL, DATA_HASH_ANNOTATION, MANAGED_LABEL, REDACTED } from '../../model/names.ts';
import { foreignTexts, keepsForeignContent } from './foreign-content.ts';
import { createdBy, isReferenceTo } from './ownership.ts';
import type { TargetContent } from './target-content.ts';
import { isTrackingMark } from './tracking-marks.ts';

type Data = ReadonlyMap<string, SecretValue>;

/** ESO 2.9: below this length of the ExternalSecret's name the raw manager name is looked for (see below). */
const MAX_MANAGER_LENGTH = 63;

/** What a target that does not exist yet is mutated from. */
const NOTHING: Omit<LiveSecret, 'ref' | 'uid' | 'resourceVersion' | 'deleting'> = {
  data: new Map(),
  labels: new Map(),
  annotations: new Map(),
  ownerReferences: [],
  finalizers: [],
  ownedFields: [],
};

/** The whole Secret to write; `live` is undefined when it is to be created. A frozen one keeps its content. */
export function desiredSecret(intent: PullIntent, wanted: TargetContent, live: LiveSecret | undefined): DesiredSecret {
  const frozen = live !== undefined && intent.target.immutable;
  const base = live ?? NOTHING;
  const content = frozen ? base : withContent(intent, wanted, base);
  const labels = new Map(content.labels).set(MANAGED_LABEL, 'true');
  if (intent.target.creationPolicy === 'Owner') labels.set(CREATED_BY_LABEL, createdBy(intent.ref));
  else labels.delete(CREATED_BY_LABEL);
  return {
    ref: targetOf(intent),
    ...(content.type === undefined ? {} : { type: content.type }),
    ...(intent.target.immutable || base.immutable === true ? { immutable: true } : {}),
    data: content.data,
    labels,
    annotations: new Map(content.annotations).set(DATA_HASH_ANNOTATION, dataHash(targetOf(intent), content.data)),
    ownerReferences: ownerReferences(intent, base.ownerReferences),
    finalizers: content.finalizers,
    ...(base.binaryKeys === undefined ? {} : { binaryKeys: base.binaryKeys.filter((key) => content.data.has(key)) }),
  };
}

/** Hash of the data as ESO writes it. A folder without values cannot be hashed and says so. */
export function dataHash({ kind }: Target, data: Data): string {
  if ([...data.values()].some((value) => value.isOpaque)) return REDACTED;
  return hashOf(kind)(new Map([...data].map(([key, value]) => [key, value.reveal()])));
}

/** The live Secret with nothing changed but the managed label. ESO 2.9 sets it before anything else. */
export function withManagedLabel(live: LiveSecret): LiveSecret {
  return { ...live, labels: new Map(live.labels).set(MANAGED_LABEL, 'true') };
}

type Content = Pick<LiveSecret, 'type' | 'data' | 'labels' | 'annotations' | 'finalizers'>;

function withContent(intent: PullIntent, wanted: TargetContent, base: typeof NOTHING): Content {
  const { template } = intent.target;
  const keepsForeign = keepsForeignContent(intent);
  const stale = ownedBy(base, fieldManager(intent.ref.name), 'data');
  const isKept = (key: string) => wanted.kept === 'all' || wanted.kept?.includes(key) === true;
  const kept = [...base.data].filter(([key]) => isKept(key) || (keepsForeign && !stale.has(key)));
  const textsOf = (part: 'labels' | 'annotations') =>
    keepsForeign ? without(wanted[part], new Set(foreignTexts(intent, wanted, base, part))) : wanted[part];
  const type = isSecret(targetOf(intent)) ? (template?.type ?? base.type) : undefined;
  const current = (part: 'labels' | 'annotations') =>
    without(
      base[part],
      new Set([...ownedBy(base, metadataManager(intent.ref.name), part), ...marksOf(intent, base, part)]),
    );
  return {
    ...(type === undefined ? {} : { type }),
    data: new Map([...kept, ...wanted.data]),
    labels: new Map([...current('labels'), ...textsOf('labels')]),
    annotations: new Map([...current('annotations'), ...textsOf('annotations')]),
    finalizers: [...new Set([...base.finalizers, ...(template?.finalizers ?? [])])],
  };
}

/**
 * Whose labels and annotations are stale. ESO 2.9 looks under the raw name up to 63 characters although it writes
 * under a hashed one from 28 on, so for such names nothing stale is ever found. Kept: the bytes must agree.
 */
function metadataManager(name: string): string {
  return name.length > MAX_MANAGER_LENGTH ? fieldManager(name) : `externalsecrets.external-secrets.io/${name}`;
}

/** Written by the operator, or by a version that copied them as well. Those that somebody else set are theirs. */
function marksOf({ ref }: PullIntent, base: typeof NOTHING, part: 'labels' | 'annotations'): readonly string[] {
  const own = ownedBy(base, fieldManager(ref.name), part);
  return [...base[part]].filter(([key, value]) => own.has(key) && isTrackingMark(key, value)).map(([key]) => key);
}

function ownedBy(base: typeof NOTHING, manager: string, part: 'data' | 'labels' | 'annotations'): ReadonlySet<string> {
  return new Set(base.ownedFields.filter((owned) => owned.manager === manager).flatMap((owned) => owned[part]));
}

function without<T>(map: ReadonlyMap<string, T>, keys: ReadonlySet<string>): ReadonlyMap<string, T> {
  return new Map([...map].filter(([key]) => !keys.has(key)));
}

/** Without a custom resource no owner reference is ever written: an invented uid would get the Secret collected. */
function ownerReferences(intent: PullIntent, live: readonly OwnerReference[]): readonly OwnerReference[] {
  if (intent.owner === undefined) return live;
  const others = live.filter((reference) => !(reference.controller === true && isReferenceTo(intent, reference)));
  if (intent.target.creationPolicy !== 'Owner') return others;
  const own: OwnerReference = {
    apiVersion: intent.owner.apiVersion,
    kind: intent.ref.kind,
    name: intent.ref.name,
    uid: intent.owner.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  return [...others, own];
}
