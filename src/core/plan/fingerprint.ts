/**
 * One short text that changes when a plan does: an apply compares it with the plan that was reviewed.
 *
 * `full-1c2u0d-` and 56 hex digits: the level, how much is created, updated and deleted, and a hash; `full-deploy-1c2u0d-`
 * where a deployment was planned, with its objects in the hash. Only plans of one level and kind can be compared. Made from names and versions; no value takes part, not even hashed.
 */
import { refText } from '../model/object-ref.ts';
import { targetText } from '../model/target.ts';
import type { Change, DeleteChange, IntentPlan } from '../model/plan.ts';
import type { PlanLevel } from '../model/plan-level.ts';
import type { PushPlan, VaultChange } from '../model/push-plan.ts';
import { vaultRefKey } from '../model/vault-object.ts';
import { hashText } from '../go/go-hash.ts';

export const DEPLOY = 'deploy';

/** Of a plan with values, or one of metadata. */
export function fingerprintOf(
  level: PlanLevel,
  items: readonly IntentPlan[],
  prunes: readonly DeleteChange[],
  pushes: readonly PushPlan[] = [],
): string {
  const lines = [...items.flatMap(itemLines), ...prunes.map(changeLine), ...pushes.flatMap(pushLines)];
  const actions = [
    ...[...items.flatMap((item) => item.changes), ...prunes].map(({ action }) => action),
    ...pushes.flatMap(({ changes }) => changes.map(kindOfPush)),
  ];
  const count = (action: Change['action']) => actions.filter((one) => one === action).length;
  return formatFingerprint(level, { create: count('create'), update: count('update'), delete: count('delete') }, lines);
}

/** What a change to a vault object is among those to Secrets. */
export function kindOfPush(change: VaultChange): Change['action'] {
  if (change.action === 'remove') return 'delete';
  return change.action === 'set' && typeof change.precondition === 'string' ? 'create' : 'update';
}

/** A deleted object that is recovered first is a new one all the same: only a plan looks whether there is one. */
function pushLines({ intent, verdict, problems, changes }: PushPlan): readonly string[] {
  const codes = problems.map(({ code }) => code).filter((code) => code !== 'push-recovers');
  return [`${refText(intent.ref)} ${verdict} ${codes.join(',')}`, ...changes.map(pushLine)];
}

function pushLine(change: VaultChange): string {
  const { action, target, owner, keys, metadata, precondition } = change;
  const version = typeof precondition === 'string' ? 'absent' : precondition.version;
  const names = `+${keys.added.join(',')} ~${keys.updated.join(',')} -${keys.removed.join(',')}`;
  return [action, vaultRefKey(target), refText(owner), version, names, metadata.join(',')].join(' ');
}

/** `lines` say everything in which two plans can differ. */
export function formatFingerprint(
  level: PlanLevel,
  counts: { readonly create: number; readonly update: number; readonly delete: number },
  lines: readonly string[],
): string {
  return `${level}-${counts.create}c${counts.update}u${counts.delete}d-${hashText(lines.join('\n'))}`;
}

/** The fingerprint of the plan of a deployment, from that of its pass and the digest of what is applied. */
export function ofDeployment(fingerprint: string, digest: string): string {
  const [level = '', counts = '', hash = ''] = fingerprint.split('-');
  return `${level}-${DEPLOY}-${counts}-${hashText(`${hash} ${digest}`)}`;
}

/** What was read matters only where something comes of it: an unchanged Secret is the same from any version. */
function itemLines(item: IntentPlan): readonly string[] {
  const { intent, verdict, problems, changes, result } = item;
  const versions = verdict === 'change' || verdict === 'unknown' ? (result.versionsMark ?? '') : '';
  const head = `${refText(intent.ref)} ${verdict} ${problems.map((problem) => problem.code).join(',')} ${versions}`;
  return [head, ...changes.map(changeLine)];
}

function changeLine(change: Change): string {
  const { added, updated, removed } = change.keys;
  const precondition = change.precondition === 'absent' ? 'absent' : change.precondition.resourceVersion;
  const metadata = change.action === 'update' ? change.metadata.join(',') : '';
  const keys = `+${added.join(',')} ~${updated.join(',')} -${removed.join(',')}`;
  return [change.action, targetText(change.target), refText(change.owner), precondition, keys, metadata].join(' ');
}
