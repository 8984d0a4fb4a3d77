/**
 * One short text that changes when a plan does: an apply compares it with the plan that was reviewed.
 * Made from names and versions only; no value takes part, not even hashed.
 */
import { refText } from '../model/object-ref.ts';
import type { Change, DeleteChange, IntentPlan } from '../model/plan.ts';
import { hashText } from '../go/go-hash.ts';

/** 56 hex characters; people are shown the first eight. */
export function fingerprintOf(items: readonly IntentPlan[], prunes: readonly DeleteChange[]): string {
  const lines = [
    ...items.map((item) => `${refText(item.intent.ref)} ${item.verdict} ${item.problems.map((p) => p.code).join(',')}`),
    ...items.flatMap((item) => item.changes.map(changeLine)),
    ...prunes.map(changeLine),
  ];
  return hashText(lines.join('\n'));
}

function changeLine(change: Change): string {
  const { added, updated, removed } = change.keys;
  const precondition = change.action === 'create' ? 'absent' : change.live.resourceVersion;
  const metadata = change.action === 'update' ? change.metadata.join(',') : '';
  const keys = `+${added.join(',')} ~${updated.join(',')} -${removed.join(',')}`;
  return [change.action, refText(change.target), refText(change.owner), precondition, keys, metadata].join(' ');
}
