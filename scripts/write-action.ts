/**
 * `npm run docs`: writes action.yml, and the tables of inputs, outputs and settings between markers of the manual,
 * from the table of settings. Same table, same bytes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { FILE_SETTINGS, JOB_DEFAULTS, JOB_SETTINGS } from '../job/settings.ts';
import { ACTION_INPUTS, ACTION_OUTPUTS, type ActionInput } from '../src/action/input-table.ts';
import { inWordsOf } from '../src/core/model/message.ts';
import { variableOf, type Setting } from '../src/core/settings/setting.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Pages with generated parts: `<!-- inputs -->` … `<!-- /inputs -->`, likewise outputs and job-settings. */
export const PAGES_WITH_TABLES = ['docs/reference/action.md', 'docs/reference/job.md'];

/** The whole of action.yml. */
export function actionYaml(): string {
  const action = {
    name: 'Keyferry',
    description:
      'Keeps Kubernetes Secrets in step with Azure Key Vault from External Secrets manifests, without an operator.',
    branding: { icon: 'anchor', color: 'blue' },
    inputs: Object.fromEntries(ACTION_INPUTS.map((input) => [input.name, yamlOf(input)])),
    outputs: Object.fromEntries(ACTION_OUTPUTS.map(({ name, description }) => [name, { description }])),
    runs: { using: 'node24', main: 'dist/action/index.js', post: 'dist/action/index.js' },
  };
  const note = '# Written by npm run docs from src/action/input-table.ts. Change the table, not this file.\n';
  return `${note}${stringify(action, { lineWidth: 0, singleQuote: true })}`;
}

function yamlOf({ description, default: fallback }: ActionInput) {
  return { description, ...(fallback === undefined ? {} : { default: fallback }) };
}

/** The page with its generated parts written anew; what is around them stays. */
export function withTables(page: string): string {
  return Object.entries(TABLES).reduce((text, [name, table]) => replacePart(text, name, table()), page);
}

const TABLES: Readonly<Record<string, () => string>> = {
  inputs: () =>
    tableOf(
      ['Input', 'Meaning', 'Default'],
      ACTION_INPUTS.map(({ name, description, default: fallback }) => [
        code(name),
        description,
        fallback === undefined ? '' : code(fallback),
      ]),
    ),
  outputs: () =>
    tableOf(
      ['Output', 'Meaning'],
      ACTION_OUTPUTS.map(({ name, description }) => [code(name), description]),
    ),
  'job-settings': () =>
    tableOf(
      ['Variable', 'File', 'Meaning', 'Default'],
      JOB_SETTINGS.map((setting) => [
        code(variableOf(setting)),
        FILE_SETTINGS.includes(setting) ? code(setting.name) : 'none',
        inCode(setting.description).replace(' May be repeated.', ' Several: one a line, or separated by commas.'),
        settingDefault(setting),
      ]),
    ),
};

const inCode = inWordsOf(({ setting }) => `\`${variableOf({ name: setting })}\``);

function settingDefault(setting: Setting): string {
  const ofJob = JOB_DEFAULTS[variableOf(setting)];
  if (ofJob !== undefined) return code(String(ofJob));
  if (setting.kind === 'flag') return code('false');
  return 'default' in setting ? code(String(setting.default)) : '';
}

function code(text: string): string {
  return `\`${text}\``;
}

function replacePart(page: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from === -1 || to === -1) return page;
  return `${page.slice(0, from)}${start}\n\n${content}\n\n${page.slice(to)}`;
}

/** A Markdown table, aligned as the formatter aligns it. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('*', '\\*')));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

if (import.meta.main) {
  await writeFile(join(ROOT, 'action.yml'), actionYaml());
  for (const file of PAGES_WITH_TABLES) {
    const path = join(ROOT, file);
    await writeFile(path, withTables(await readFile(path, 'utf8')));
  }
}
