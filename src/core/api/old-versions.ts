/**
 * Manifests in versions that no cluster serves any more → the same in the newest one, for files are kept for years. Every
 * field is told under the name and the line that it was written with.
 *
 * | v1alpha1 | v1 |
 * | --- | --- |
 * | `dataFrom[]` is a remoteRef | `dataFrom[].extract` |
 * | `template.engineVersion` is v1, also where nothing is said | v2: `template-engine.ts` tells what it cannot say |
 * | all else | the same |
 *
 * Resources of a cluster are never in one: the API server gives them in a version that it serves.
 */
import { withValue, type ManifestDocument } from '../model/document.ts';
import { fieldsOf, isRecord, type Fields } from '../model/fields.ts';
import { apiVersionsOf, kindNamed, versionOf } from '../model/kinds.ts';
import type { FieldPath } from '../model/origin.ts';

export function inNewestVersion(document: ManifestDocument): ManifestDocument {
  const { apiVersion, kind } = document.head;
  const row = kindNamed(kind);
  const [newest] = row === undefined ? [] : apiVersionsOf(row);
  if (newest === undefined || row?.retired?.includes(versionOf(apiVersion)) !== true) return document;
  const { value } = document;
  const pathOf = pathIn(value);
  const written = { apiVersion, value, pathOf };
  const locate = (path: FieldPath) => document.locate(pathOf(path));
  return { ...withValue(document, { ...fieldsOf(value), apiVersion: newest, ...newSpec(value) }), locate, written };
}

/** The spec of a store is what it was. */
function newSpec(value: unknown): Fields {
  const { spec } = fieldsOf(value);
  if (!isRecord(spec)) return {};
  return { spec: { ...spec, ...newDataFrom(spec), ...newTarget(spec) } };
}

function newDataFrom({ dataFrom }: Fields): Fields {
  return Array.isArray(dataFrom) ? { dataFrom: dataFrom.map(newEntry) } : {};
}

/** One that names its source as later versions do is told, and stays. */
function newEntry(entry: unknown): unknown {
  return isRecord(entry) && isOldEntry(entry) ? { extract: entry } : entry;
}

/** One that is a remoteRef itself. */
export function isOldEntry(entry: Fields): boolean {
  return !SOURCES.some((name) => Object.hasOwn(entry, name));
}

const SOURCES = ['extract', 'find', 'sourceRef', 'rewrite'];

function newTarget({ target }: Fields): Fields {
  const { template, ...rest } = fieldsOf(target);
  if (!isRecord(template)) return {};
  const { engineVersion, ...kept } = template;
  const engine = engineVersion === undefined ? {} : { engineVersion: engineVersion === 'v1' ? 'v2' : engineVersion };
  return { target: { ...rest, template: { ...kept, ...engine } } };
}

/** Only what stands below an entry of `dataFrom` has moved; a path of the old version itself stays. */
function pathIn(value: unknown): (path: FieldPath) => FieldPath {
  const { dataFrom } = fieldsOf(fieldsOf(value)['spec']);
  const entries: readonly unknown[] = Array.isArray(dataFrom) ? dataFrom : [];
  return (path) => {
    const [spec, list, index, extract, ...rest] = path;
    const hasMoved = spec === 'spec' && list === 'dataFrom' && typeof index === 'number' && extract === 'extract';
    return hasMoved && isOldEntry(fieldsOf(entries[index])) ? [spec, list, index, ...rest] : path;
  };
}
