/** The page of the manual on annotations under `keyferry.dev/`, from the tables that check them. */
import type { AnnotationRow, AnnotationTable } from '../src/core/api/annotations.ts';
import { PULL_ANNOTATION_TABLE } from '../src/core/api/external-secret/extras.ts';
import { PUSH_ANNOTATION_TABLE } from '../src/core/api/push-secret/extras.ts';

/** The whole page. */
export function annotationsReference(): string {
  return `${[INTRODUCTION, ...[PULL_ANNOTATION_TABLE, PUSH_ANNOTATION_TABLE].flatMap(sections)].join('\n\n')}\n`;
}

const INTRODUCTION = `# Annotations

<!-- Written by npm run docs from the tables of annotations in src/core/api. Change the tables, not this page. -->

What Keyferry has beside External Secrets Operator, in \`metadata.annotations\` under \`keyferry.dev/\`: the operator ignores them, and a manifest stays valid for both. A value that means nothing is an error (\`annotation-value\`), a name that is not here a warning (\`unknown-annotation\`).`;

function sections({ kinds, rows }: AnnotationTable): readonly string[] {
  return [`## ${kinds}`, ...rows.map(section)];
}

function section(row: AnnotationRow): string {
  const facts = [`- Values: ${row.values}`, `- Default: ${row.default}`];
  return [`### \`${row.name}\``, row.does, facts.join('\n')].join('\n\n');
}
