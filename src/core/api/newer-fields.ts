/**
 * Fields and words that older versions of a kind do not have. Their API server drops such a field in silence, so that a
 * manifest would mean something else there.
 */
import { fieldsOf } from '../model/fields.ts';
import { versionOf } from '../model/kinds.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, type Subject } from './check.ts';
import type { JsonSchema } from './json-schema/rule.ts';

export type ApiVersion = 'v1beta1' | 'v1';

export interface NewerField {
  /** As `data[].remoteRef.nullBytePolicy`, below `spec`. */
  readonly path: string;
  /** Where the field is older than some of what it may hold. */
  readonly holds?: (value: unknown) => boolean;
  /** Of such a field: what JSON Schema says of it before; nothing where its words are listed. */
  readonly before?: JsonSchema;
  /** The first version that has it. */
  readonly since: ApiVersion;
}

/** Later versions take them in any case. */
const TARGETS: readonly unknown[] = ['Data', 'Annotations', 'Labels'];

/** ESO 0.4 to 2.9: the definitions. */
export const NEWER_EXTERNAL_SECRET_FIELDS: readonly NewerField[] = [
  { path: 'dataFrom[].extract', since: 'v1beta1' },
  { path: 'dataFrom[].find', since: 'v1beta1' },
  { path: 'dataFrom[].rewrite', since: 'v1beta1' },
  { path: 'dataFrom[].sourceRef', since: 'v1beta1' },
  { path: 'data[].sourceRef', since: 'v1beta1' },
  { path: 'data[].remoteRef.metadataPolicy', since: 'v1beta1' },
  { path: 'data[].remoteRef.decodingStrategy', since: 'v1beta1' },
  { path: 'dataFrom[].metadataPolicy', since: 'v1beta1' },
  { path: 'dataFrom[].decodingStrategy', since: 'v1beta1' },
  { path: 'target.creationPolicy', holds: (value) => value === 'Orphan', since: 'v1beta1' },
  { path: 'target.deletionPolicy', since: 'v1beta1' },
  { path: 'target.template.mergePolicy', since: 'v1beta1' },
  { path: 'target.template.templateFrom[].target', since: 'v1beta1' },
  { path: 'target.template.templateFrom[].literal', since: 'v1beta1' },
  { path: 'target.template.templateFrom[].configMap.items[].templateAs', since: 'v1beta1' },
  { path: 'target.template.templateFrom[].secret.items[].templateAs', since: 'v1beta1' },
  { path: 'refreshPolicy', since: 'v1beta1' },
  { path: 'target.creationPolicy', holds: (value) => value === 'CreateOrMerge', since: 'v1' },
  { path: 'target.manifest', since: 'v1' },
  { path: 'syncWindows', since: 'v1' },
  { path: 'target.template.metadata.finalizers', since: 'v1' },
  {
    path: 'target.template.templateFrom[].target',
    holds: (value) => !TARGETS.includes(value),
    before: { enum: [...TARGETS, null] },
    since: 'v1',
  },
  { path: 'target.template.templateFrom[].valuesDecodingStrategy', since: 'v1' },
  { path: 'dataFrom[].rewrite[].merge', since: 'v1' },
  { path: 'data[].remoteRef.nullBytePolicy', since: 'v1' },
  { path: 'dataFrom[].extract.nullBytePolicy', since: 'v1' },
  { path: 'dataFrom[].find.nullBytePolicy', since: 'v1' },
  { path: 'dataFrom[].nullBytePolicy', since: 'v1' },
];

export const NEWER_STORE_FIELDS: readonly NewerField[] = [
  { path: 'conditions', since: 'v1beta1' },
  { path: 'refreshInterval', since: 'v1beta1' },
  {
    path: 'refreshInterval',
    holds: (value) => typeof value === 'string',
    before: { type: ['number', 'null'] },
    since: 'v1',
  },
  { path: 'provider.azurekv.environmentType', since: 'v1beta1' },
  { path: 'provider.azurekv.customCloudConfig', since: 'v1beta1' },
  { path: 'provider.azurekv.useAzureSDK', since: 'v1beta1' },
  { path: 'provider.azurekv.authSecretRef.tenantId', since: 'v1beta1' },
  { path: 'provider.azurekv.authSecretRef.clientCertificate', since: 'v1beta1' },
];

const VERSIONS = ['v1alpha1', 'v1beta1', 'v1'];

export function isNewerThan({ since }: Pick<NewerField, 'since'>, version: string): boolean {
  return VERSIONS.indexOf(since) > VERSIONS.indexOf(version);
}

export function newerThanExternalSecret(subject: Subject): readonly Problem[] {
  return newerFields(subject, NEWER_EXTERNAL_SECRET_FIELDS);
}

export function newerThanStore(subject: Subject): readonly Problem[] {
  return newerFields(subject, NEWER_STORE_FIELDS);
}

function newerFields(subject: Subject, table: readonly NewerField[]): readonly Problem[] {
  const { head, value, written = { apiVersion: head.apiVersion, value } } = subject.document;
  const version = versionOf(written.apiVersion);
  const newer = table.filter((field) => isNewerThan(field, version));
  const root = (subject.placed?.(['spec']) ?? ['spec']).join('.');
  const [spec] = fieldsAt(written.value, root);
  return newer.flatMap(({ path, holds }) =>
    fieldsAt(spec?.value, path)
      .filter((found) => holds?.(found.value) ?? true)
      .map((found) => newerThan(subject, ['spec', ...found.path], version)),
  );
}

function newerThan(subject: Subject, path: FieldPath, version: string): Problem {
  const [group] = subject.document.head.apiVersion.split('/');
  return fieldProblem(subject, path, {
    ...(version === 'v1alpha1' ? { code: 'newer-than-v1alpha1' } : { code: 'newer-than-v1beta1' }),
    what: `does not exist in ${version}`,
    fix: `Write apiVersion: ${group ?? ''}/v1.`,
  });
}

interface FoundField {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** Every field that a path with `[]` means, and that holds something. */
export function fieldsAt(value: unknown, path: string): readonly FoundField[] {
  const steps = path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));
  const found = steps.reduce<readonly FoundField[]>(
    (all, step) => all.flatMap((one) => below(one, step)),
    [{ path: [], value }],
  );
  return found.filter((one) => one.value !== undefined && one.value !== null);
}

function below({ path, value }: FoundField, step: string): readonly FoundField[] {
  if (step !== '[]') return [{ path: [...path, step], value: fieldsOf(value)[step] }];
  return Array.isArray(value) ? value.map((item: unknown, index) => ({ path: [...path, index], value: item })) : [];
}
