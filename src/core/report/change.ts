/** What became of one Secret, in words. */
import { refText } from '../model/object-ref.ts';
import type { PassChange } from '../model/pass-report.ts';
import type { ChangeReport, ObjectReport } from '../model/report.ts';
import { keysText } from './as-text.ts';

const STATES: Readonly<Record<ChangeReport['state'], string>> = {
  planned: '',
  done: '',
  withheld: ' withheld',
  failed: ' not made',
  left: ' left',
};

/** `owner`: the object that it was made for, where there still is one. */
export function toldChange(change: ChangeReport, owner?: Pick<ObjectReport, 'reason'>): PassChange {
  const { action, state, target } = change;
  return { action: `${action}${STATES[state]}`, target: refText(target), detail: detailOf(change, owner?.reason) };
}

function detailOf({ action, reason, keys, metadata }: ChangeReport, cause: string | undefined): string {
  if (reason !== undefined) return reason;
  const names = keysText(keys, action === 'create') || metadata.join(', ');
  return [names, ...(cause === undefined ? [] : [`(${cause})`])].join(' ').trim();
}
