/** The table of what became of Secrets, in Markdown. */
import type { PassChange } from '../model/pass-report.ts';
import { tableRow, type MarkdownTable } from './markdown.ts';

/** `owner`: the ExternalSecret that it was made for; '' where there is none any more. */
export function changeRow({ action, target, detail }: PassChange, owner: string): string {
  return tableRow([action, target, detail, owner]);
}

/** Of rows of `changeRow`. */
export function changeTable(rows: readonly string[]): MarkdownTable {
  return { head: ['', 'Secret', 'Keys', 'Because of'], rows };
}
