/** The annotations of a table as JSON Schema says them: what each is for, and what may be written. */
import type { AnnotationRow, AnnotationTable } from '../annotations.ts';
import { ofForm, type JsonSchema } from './rule.ts';

export function annotationsSchema({ rows }: AnnotationTable): JsonSchema {
  return { properties: Object.fromEntries(rows.map((row) => [row.name, schemaOf(row)])) };
}

function schemaOf(row: AnnotationRow): JsonSchema {
  const words = onlyWords(row);
  return {
    type: 'string',
    description: plain(`${row.does} Values: ${row.values}. Default: ${row.default}.`),
    ...(words.length === 0 ? {} : { ...ofForm(`^(?:${words.join('|')})$`), examples: words }),
    ...(row.form === undefined ? {} : ofForm(row.form)),
  };
}

/** Where nothing but these may be written: an annotation that takes any text has no words, whatever is listed. */
function onlyWords({ values, isValid }: AnnotationRow): readonly string[] {
  if (!/^`[\w-]+`(?:, `[\w-]+`)*$/u.test(values)) return [];
  const words = values.replaceAll('`', '').split(', ');
  return words.every((word) => isValid(word)) ? words : [];
}

/** Without what only the manual shows: where more is said, other links, and code. */
function plain(markdown: string): string {
  return markdown
    .replace(/: \[[^\]]*\]\([^)]*\)/gu, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replaceAll('`', '');
}
