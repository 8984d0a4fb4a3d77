/** Settings → where manifests come from, their placeholders filled where values are given. */
import { say, setting } from '../core/model/message.ts';
import { ManifestFiles } from '../adapters/files/manifest-files.ts';
import { readStream, readText } from '../adapters/files/read-text.ts';
import { documentsOf, parseDocuments } from '../core/api/documents.ts';
import type { ManifestTexts } from '../core/api/upgrade.ts';
import { nearest } from '../core/model/nearest.ts';
import { nothingFound } from '../core/api/nothing-found.ts';
import { storeNames } from '../core/api/store/store-names.ts';
import { plainIntents, type PlainIntents } from '../core/deploy/plain-inputs.ts';
import type { Reading } from '../core/api/manifests.ts';
import { fillPlaceholders, type PlaceholderValues } from '../core/api/placeholders.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

/** What values are filled in, and where. */
type Filling = Pick<Settings, 'values' | 'valuesEverywhere'>;

/** As they are written where no values are given; for looking at them alone. */
export function manifestsOf(settings: Filling & Pick<Settings, 'filename'>): ManifestSource {
  return filled(withSomething(filesOf(settings.filename)), settings);
}

/** Of an earlier time: there may be nothing in them, and that is no mistake. */
export function earlierManifestsOf({ base, ...filling }: Filling & Pick<Settings, 'base'>): ManifestSource {
  return filled(filesOf(base), filling);
}

/** How the manifests that the settings name are checked. `namespace` is that of the cluster's context. */
export function readingOf(
  { namespace: own, targetKinds }: Pick<Settings, 'namespace' | 'targetKinds'>,
  namespace?: string,
): Pick<Reading, 'namespace' | 'targetKinds'> {
  const given = own ?? namespace;
  return { targetKinds, ...(given === undefined ? {} : { namespace: given }) };
}

export function filesOf(paths: readonly string[]): ManifestSource {
  return new ManifestFiles({ paths, parse: documentsOf, readStdin: () => readStream(process.stdin) });
}

/** The files themselves, in the order in which they are read. */
export async function manifestTexts(paths: readonly string[]): Promise<ManifestTexts> {
  const texts: ManifestTexts['texts'][number][] = [];
  const parse = (file: string, text: string) => {
    texts.push({ file, text });
    return [];
  };
  const { problems } = await new ManifestFiles({ paths, parse, readStdin: () => readStream(process.stdin) }).load();
  return { texts, problems };
}

/** What a run or a deployment reads: the manifests, with the values that are given, or the intents that plain inputs say. */
export function deployedManifestsOf(settings: Settings): ManifestSource {
  const plain = plainIntentsOf(settings);
  if (plain !== undefined) return { load: () => Promise.resolve({ documents: plain.documents, problems: [] }) };
  return withStoreIdentities(manifestsOf(settings), settings);
}

/** Without values nothing is filled, and `$${NAME}` stays as it is. */
export function filled(source: ManifestSource, { values, valuesEverywhere }: Filling): ManifestSource {
  if (values === undefined) return source;
  return {
    load: async () => {
      const [{ documents, problems }, given] = await Promise.all([source.load(), readValues(values)]);
      return { documents: fillPlaceholders(documents, given, valuesEverywhere), problems };
    },
  };
}

/** What could not be read may be all that there is, and has its own problem. */
function withSomething(source: ManifestSource): ManifestSource {
  return {
    load: async () => {
      const loaded = await source.load();
      const problem = loaded.problems.length > 0 ? undefined : nothingFound(loaded.documents);
      return problem === undefined ? loaded : { ...loaded, problems: [problem] };
    },
  };
}

/** An identity for a store that is not there was meant for one that is: it would be read with another. */
function withStoreIdentities(source: ManifestSource, { storeIdentities, namespace }: Settings): ManifestSource {
  const named = Object.keys(storeIdentities);
  if (named.length === 0) return source;
  return {
    load: async () => {
      const loaded = await source.load();
      const stores = storeNames(loaded.documents, namespace);
      const stray = named.find((name) => !stores.includes(name));
      if (stray !== undefined && loaded.problems.length === 0) throw noSuchStore(stray, stores);
      return loaded;
    },
  };
}

function noSuchStore(name: string, stores: readonly string[]): PortError {
  const hint = nearest(name, stores) ?? stores.find((one) => one.split('/').at(-1) === name.split('/').at(-1));
  const known = stores.length === 0 ? 'The manifests hold no store.' : `The stores are ${stores.join(', ')}.`;
  return new PortError({
    kind: 'Invalid',
    code: 'Setting',
    whole: true,
    what: say`${setting('store-identities')} names the store ${name}, which is not in the manifests`,
    fix: hint === undefined ? known : `Did you mean ${hint}?`,
  });
}

/** `undefined` where the intents are in manifests. */
export function plainIntentsOf(settings: Settings): PlainIntents | undefined {
  const { vaultUrl, namespace, target, serviceAccount, azureTenantId, find, refreshInterval } = settings;
  const { jobClientId: clientId = settings.azureClientId } = settings;
  if (vaultUrl === undefined || namespace === undefined || target === undefined) return undefined;
  return plainIntents({
    vaultUrl,
    namespace,
    target,
    refreshInterval,
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(azureTenantId === undefined ? {} : { tenantId: azureTenantId }),
    ...(find === undefined ? {} : { find }),
  });
}

/** `given` is a path, or the YAML itself. Rejects with a PortError where it is no map of names to texts. */
export async function readValues(given: string): Promise<PlaceholderValues> {
  const text = given.includes('\n') || given.includes(': ') ? given : await textOf(given);
  const { documents, problems } = parseDocuments('the values', text);
  const value = documents.length === 1 && problems.length === 0 ? documents[0]?.value : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw noMap();
  const entries = Object.entries(value).map(([name, one]: readonly [string, unknown]) => {
    if (typeof one === 'string') return [name, one] as const;
    if (typeof one === 'number' || typeof one === 'boolean') return [name, String(one)] as const;
    throw noMap();
  });
  return Object.fromEntries(entries);
}

async function textOf(path: string): Promise<string> {
  const text = await readText(path);
  if (typeof text === 'string') return text;
  const { what, fix } = text;
  throw new PortError({
    kind: 'Invalid',
    code: 'Values',
    whole: true,
    what: say`${setting('values')}: ${what}`,
    fix: say`${fix} The values themselves are taken too: NAME: text, one a line.`,
  });
}

function noMap(): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'Values',
    whole: true,
    what: say`${setting('values')} is no YAML map of names to texts`,
    fix: 'Write NAME: text, one a line.',
  });
}
