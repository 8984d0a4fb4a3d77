/** What a plan of manifests alone says of vault objects: rows, and the part of the picture. */
import { groupBy } from '../model/group-by.ts';
import { say, setting, type Words } from '../model/message.ts';
import { refText } from '../model/object-ref.ts';
import type { PushIntent } from '../model/push-intent.ts';
import type { VaultObjectChange } from '../preview/vault-object-changes.ts';
import { NO_SOURCE, sourceText } from './build-push-report.ts';
import type { DrawnPush } from './picture.ts';
import type { Row, Style } from './text-table.ts';

const VAULT_OBJECT_SIGNS: Readonly<Record<VaultObjectChange['action'], readonly [string, Style]>> = {
  set: ['>', 'add'],
  patch: ['~', 'change'],
  remove: ['-', 'remove'],
  leave: ['=', 'dim'],
  unknown: ['?', 'warn'],
};

/** `owner`: how the PushSecret is named there. */
export function vaultObjectRow(change: VaultObjectChange, owner: string, words: Words): Row {
  const [sign, style] = VAULT_OBJECT_SIGNS[change.action];
  return { style, sign, cells: [change.action, change.object, vaultObjectText(change, words), owner] };
}

function vaultObjectText({ action, why, isOwnerGone }: VaultObjectChange, words: Words): string {
  if (why !== undefined) return why;
  if (action !== 'remove' && action !== 'leave') return '';
  if (!isOwnerGone) return action === 'remove' ? 'no entry names it any more' : 'no entry names it; it is not deleted';
  if (action === 'remove') return 'its PushSecret is gone';
  return words(say`its PushSecret is gone; under Delete ${setting('prune')} deletes it`);
}

const PUSH_MARKS = { set: 'create', patch: 'update', remove: 'delete', leave: undefined, unknown: 'unknown' } as const;

/** PushSecrets that change something, with what they change. */
export function drawnPushesOf({
  vaultObjects,
  pushes,
}: {
  readonly vaultObjects: readonly VaultObjectChange[];
  readonly pushes: readonly PushIntent[];
}): readonly DrawnPush[] {
  const sources = new Map(pushes.map((intent) => [refText(intent.ref), sourceText(intent)]));
  const told = vaultObjects.filter(({ action }) => PUSH_MARKS[action] !== undefined);
  return [...groupBy(told, ({ owner }) => refText(owner))].map(([object, changes]) => {
    const from = sources.get(object);
    const written = changes.map(({ object: name, action }) => {
      const mark = PUSH_MARKS[action];
      return mark === undefined ? { name } : { name, mark };
    });
    return { object, ...(from === undefined || from === NO_SOURCE ? {} : { from }), written };
  });
}
