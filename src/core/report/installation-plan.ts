/** What deploying would do to the objects of an installation, as rows. What is unchanged is counted only. */
import type { InstallationPlan, PlannedObject } from '../model/installation-plan.ts';
import { plural, type Row, type Style } from './text-table.ts';
import { cell, tableRow, type MarkdownTable } from './markdown.ts';

/** More fields than this are cut; the JSON output holds them all. */
const MOST_FIELDS = 4;

type Shown = Exclude<PlannedObject['action'], 'unchanged'>;

const SIGNS: Readonly<Record<Shown, readonly [string, Style]>> = {
  create: ['+', 'add'],
  change: ['~', 'change'],
  delete: ['-', 'remove'],
  unknown: ['?', 'warn'],
};

export function installationRows(plan: InstallationPlan): readonly Row[] {
  return shownOf(plan).map((object) => {
    const [sign, style] = SIGNS[object.action];
    return { style, cells: [sign, object.action, object.object, detailOf(object), ''] };
  });
}

export function installationTable(plan: InstallationPlan): MarkdownTable {
  const rows = shownOf(plan).map((object) => tableRow([object.action, cell(object.object), cell(detailOf(object))]));
  return { title: `${cell(installationTitle(plan))}:`, head: ['', 'Object', 'Fields'], rows };
}

/** `The installation shop/keyferry itself, 7 objects unchanged`. */
export function installationTitle(plan: InstallationPlan): string {
  const unchanged = plan.objects.length - shownOf(plan).length;
  return `The installation ${plan.installation} itself, ${plural(unchanged, 'object')} unchanged`;
}

function shownOf({ objects }: InstallationPlan): readonly (PlannedObject & { readonly action: Shown })[] {
  return objects.filter(
    (object): object is PlannedObject & { readonly action: Shown } => object.action !== 'unchanged',
  );
}

function detailOf({ action, fields, setBy = {} }: PlannedObject): string {
  if (action === 'unknown') return 'cannot be read with these rights';
  const more = fields.length > MOST_FIELDS ? ` and ${fields.length - MOST_FIELDS} more` : '';
  const shown = fields.slice(0, MOST_FIELDS).map((field) => {
    const managers = setBy[field];
    return managers === undefined ? field : `${field} (set by ${managers.join(', ')})`;
  });
  return `${shown.join(', ')}${more}`;
}
