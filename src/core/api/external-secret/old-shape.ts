/** The shape of a v1alpha1 ExternalSecret for its JSON Schema: what `old-versions.ts` reads. */
import { changedAt } from '../json-schema/older.ts';
import type { JsonSchema } from '../json-schema/rule.ts';

export function oldExternalSecretShape(spec: JsonSchema): JsonSchema {
  const withEngines = changedAt(spec, 'target.template.engineVersion', (field) => ({
    ...field,
    enum: ['v1', 'v2', null],
  }));
  return changedAt(withEngines, 'dataFrom', (list) => ({ ...list, items: remoteRefIn(spec) }));
}

function remoteRefIn(spec: JsonSchema): JsonSchema {
  const found: JsonSchema[] = [];
  changedAt(spec, 'data[].remoteRef', (remoteRef) => {
    found.push(remoteRef);
    return remoteRef;
  });
  return found[0] ?? {};
}
