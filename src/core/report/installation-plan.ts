/** What deploying would do to the objects of an installation, as rows. What is unchanged is counted only. */
import type { InstallationPlan, PlannedObject } from '../model/installation-plan.ts';
import { plural } from '../model/plural.ts';
import { listed, textTable, type Look, type Row, type Style } from './text-table.ts';
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

/** Its title, and below it what is not unchanged. */
export function installationSection(plan: InstallationPlan, look: Look): string {
  const rows = shownOf(plan).map((object): Row => {
    const [sign, style] = SIGNS[object.action];
    return { style, sign, cells: [object.action, object.object, (room) => detailOf(object, room)] };
  });
  const table = textTable({ heads: ['ACTION', 'OBJECT', 'FIELDS'], giving: [2, 1], rows }, look);
  return [`${installationTitle(plan)}.`, ...(table === '' ? [] : ['', table])].join('\n');
}

export function installationTable(plan: InstallationPlan): MarkdownTable {
  const rows = shownOf(plan).map((object) => tableRow([object.action, object.object, detailOf(object)]));
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

function detailOf({ action, fields, setBy = {} }: PlannedObject, room?: number): string {
  if (action === 'unknown') return 'cannot be read with these rights';
  const shown = fields.map((field) => {
    const managers = setBy[field];
    return managers === undefined ? field : `${field} (set by ${managers.join(', ')})`;
  });
  return listed(shown, room, '', MOST_FIELDS);
}
