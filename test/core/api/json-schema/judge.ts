/** A validator that knows nothing of this program, with the published schemas. */
import { Ajv, type ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { jsonSchemaOf, servedVersions } from '../../../../src/core/api/json-schema/json-schema.ts';
import { fieldsOf } from '../../../../src/core/model/fields.ts';

const VALIDATORS: ReadonlyMap<string, ValidateFunction> = new Map(servedVersions().map(validatorOf));

function validatorOf(served: ReturnType<typeof servedVersions>[number]): [string, ValidateFunction] {
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
  });
  return [`${served.kind.group}/${served.version} ${served.kind.kind}`, ajv.compile(jsonSchemaOf(served))];
}

/** What the schema of its kind finds in a manifest, one line a fault; nothing for kinds without a schema. */
export function schemaFaults(manifest: unknown): readonly string[] | undefined {
  const { apiVersion, kind } = fieldsOf(manifest);
  const validate = VALIDATORS.get(`${String(apiVersion)} ${String(kind)}`);
  if (validate === undefined) return undefined;
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

export function manifestsIn(text: string): readonly unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS() as unknown);
}
