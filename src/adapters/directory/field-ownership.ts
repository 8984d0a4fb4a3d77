/**
 * Which field manager owns which key, as the API server works it out in `metadata.managedFields`.
 *
 * Only the level that this program asks for: keys of data, labels and annotations. Never holds or hashes a value.
 *
 * | write | key is new or differs | key is the same | key is gone |
 * | --- | --- | --- | --- |
 * | create (server-side apply) | owned by the manager, operation Apply | | |
 * | replace (PUT), merge patch | taken from all others, owned by the manager, operation Update | keeps its owners | loses all owners |
 */
import type { OwnedFields } from '../../core/model/secret.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import { compareText } from '../../core/model/object-ref.ts';

/** One entry of `metadata.managedFields`. */
export interface FieldOwner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly data: readonly string[];
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
}

/** The fields that have owners. */
export interface OwnableFields {
  readonly data: ReadonlyMap<string, SecretValue>;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
}

const NOTHING: OwnableFields = { data: new Map(), labels: new Map(), annotations: new Map() };

/** Everything that a new object holds belongs to the manager that made it. */
export function ownersAfterCreate(
  content: OwnableFields,
  manager: string,
  operation: FieldOwner['operation'],
): readonly FieldOwner[] {
  return ownersAfterWrite([], NOTHING, content, { manager, operation });
}

/** The owners after `manager` replaced `before` by `after`. */
export function ownersAfterUpdate(
  owners: readonly FieldOwner[],
  before: OwnableFields,
  after: OwnableFields,
  manager: string,
): readonly FieldOwner[] {
  return ownersAfterWrite(owners, before, after, { manager, operation: 'Update' });
}

/** One entry per manager name, whatever the operation; keys sorted. */
export function mergeOwners(owners: readonly FieldOwner[]): readonly OwnedFields[] {
  const managers = [...new Set(owners.map((owner) => owner.manager))].sort(compareText);
  return managers.map((manager) => {
    const own = owners.filter((owner) => owner.manager === manager);
    return {
      manager,
      data: sortedUnion(own.map((owner) => owner.data)),
      labels: sortedUnion(own.map((owner) => owner.labels)),
      annotations: sortedUnion(own.map((owner) => owner.annotations)),
    };
  });
}

type Writer = Pick<FieldOwner, 'manager' | 'operation'>;
interface Keys {
  readonly data: readonly string[];
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
}

function ownersAfterWrite(
  owners: readonly FieldOwner[],
  before: OwnableFields,
  after: OwnableFields,
  writer: Writer,
): readonly FieldOwner[] {
  const kept = mapFields((field) => unchangedKeys(before[field], after[field]));
  const written = mapFields((field) => [...after[field].keys()].filter((key) => !kept[field].includes(key)));
  const isWriter = (owner: FieldOwner): boolean =>
    owner.manager === writer.manager && owner.operation === writer.operation;
  const known = owners.some(isWriter) ? owners : [...owners, { ...writer, data: [], labels: [], annotations: [] }];
  return known
    .map((owner) => ({
      manager: owner.manager,
      operation: owner.operation,
      ...mapFields((field) => {
        const stays = owner[field].filter((key) => kept[field].includes(key));
        return isWriter(owner) ? sortedUnion([stays, written[field]]) : stays;
      }),
    }))
    .filter((owner) => owner.data.length + owner.labels.length + owner.annotations.length > 0);
}

function mapFields(keysOf: (field: keyof Keys) => readonly string[]): Keys {
  return { data: keysOf('data'), labels: keysOf('labels'), annotations: keysOf('annotations') };
}

function unchangedKeys(
  before: ReadonlyMap<string, SecretValue | string>,
  after: ReadonlyMap<string, SecretValue | string>,
): readonly string[] {
  return [...after].filter(([key, value]) => sameValue(before.get(key), value)).map(([key]) => key);
}

function sameValue(before: SecretValue | string | undefined, after: SecretValue | string): boolean {
  if (before === undefined) return false;
  if (typeof before === 'string' || typeof after === 'string') return before === after;
  return before.equals(after);
}

function sortedUnion(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort(compareText);
}
