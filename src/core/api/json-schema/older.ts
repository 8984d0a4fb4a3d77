/** The shape of a spec in an older version: without what is newer, and with what stood elsewhere. */
import { isRecord, withoutFields } from '../../model/fields.ts';
import type { NewerField } from '../newer-fields.ts';
import type { JsonSchema } from './rule.ts';

export function withoutNewer(spec: JsonSchema, newer: readonly NewerField[]): JsonSchema {
  return newer.reduce((made, field) => changedAt(made, field.path, (found) => before(found, field)), spec);
}

/** Nothing where the field itself is newer; else without what it could not hold. */
function before(found: JsonSchema, { holds, before: earlier }: NewerField): JsonSchema | undefined {
  if (holds === undefined) return undefined;
  const words = Array.isArray(found['enum']) ? { enum: found['enum'].filter((word) => !holds(word)) } : {};
  return { ...found, ...words, ...earlier };
}

/** `path` as `data[].remoteRef`; a field that is not there stays so, and one that becomes nothing goes. */
export function changedAt(
  schema: JsonSchema,
  path: string,
  change: (found: JsonSchema) => JsonSchema | undefined,
): JsonSchema {
  const [first = '', ...rest] = path.split('.');
  const name = first.replace(/\[\]$/u, '');
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const found = properties[name];
  if (!isRecord(found)) return schema;
  const below = rest.length === 0 ? change : (one: JsonSchema) => changedAt(one, rest.join('.'), change);
  const changed = first.endsWith('[]') && rest.length > 0 ? withItems(found, below) : below(found);
  const kept = changed === undefined ? withoutFields(properties, name) : { ...properties, [name]: changed };
  return { ...schema, properties: kept };
}

function withItems(list: JsonSchema, change: (found: JsonSchema) => JsonSchema | undefined): JsonSchema {
  return isRecord(list['items']) ? { ...list, items: change(list['items']) } : list;
}
