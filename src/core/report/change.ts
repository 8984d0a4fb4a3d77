/** What became of one Secret, in words. */
import { refText } from '../model/object-ref.ts';
import type { PassChange } from '../model/pass-report.ts';
import type { ChangeReport, ObjectReport, PushChangeReport } from '../model/report.ts';
import { besideKeys, keysText } from './names.ts';

const STATES: Readonly<Record<PushChangeReport['state'], string>> = {
  planned: '',
  done: '',
  withheld: ' withheld',
  failed: ' not made',
  left: ' left',
  kept: ' kept',
};

/** `update`, `delete not made`. */
export function actionText({
  action,
  state,
}: {
  readonly action: string;
  readonly state: PushChangeReport['state'];
}): string {
  return `${action}${STATES[state]}`;
}

/** `owner`: the object that it was made for, where there still is one. */
export function toldChange(change: ChangeReport, owner?: Pick<ObjectReport, 'reason'>): PassChange {
  return { action: actionText(change), target: refText(change.target), detail: detailOf(change, owner?.reason) };
}

function detailOf(change: ChangeReport, cause: string | undefined): string {
  if (change.reason !== undefined) return change.reason;
  const keys = keysText(change.keys, change.action === 'create');
  const names = keys === '' ? change.metadata.join(', ') : [keys, ...besideKeys(change)].join('; ');
  return [names, ...(cause === undefined ? [] : [`(${cause})`])].join(' ').trim();
}
