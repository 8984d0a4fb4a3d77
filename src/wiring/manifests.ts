/** Settings → where manifests come from, their placeholders filled where values are given. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ManifestFiles } from '../adapters/files/manifest-files.ts';
import { parseDocuments } from '../core/api/documents.ts';
import { plainIntents, type PlainIntents } from '../core/deploy/plain-inputs.ts';
import { fillPlaceholders, type PlaceholderValues } from '../core/api/placeholders.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

export function manifestsOf(settings: Pick<Settings, 'filename' | 'values'>): ManifestSource {
  const files = new ManifestFiles({
    paths: settings.filename,
    parse: parseDocuments,
    readStdin: () => buffer(process.stdin),
  });
  const { values } = settings;
  return values === undefined ? files : filledWith(files, () => readValues(values));
}

/** What a run reads: the manifests, or the intents that plain inputs say. */
export function intentsOf(settings: Settings): ManifestSource {
  return settings.vaultUrl === undefined ? manifestsOf(settings) : deployedManifestsOf(settings);
}

/** As `intentsOf`, but a placeholder needs a value also where no values are given. */
export function deployedManifestsOf(settings: Settings): ManifestSource {
  const plain = plainIntentsOf(settings);
  if (plain !== undefined) return { load: () => Promise.resolve({ documents: plain.documents, problems: [] }) };
  const { filename, values } = settings;
  const given = values === undefined ? () => Promise.resolve({}) : () => readValues(values);
  return filledWith(manifestsOf({ filename, values: undefined }), given);
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

/** Every placeholder of the manifests must have a value. */
export function filledWith(source: ManifestSource, valuesOf: () => Promise<PlaceholderValues>): ManifestSource {
  return {
    load: async () => {
      const [loaded, values] = await Promise.all([source.load(), valuesOf()]);
      const filled = fillPlaceholders(loaded.documents, values);
      return { documents: filled.documents, problems: [...loaded.problems, ...filled.problems] };
    },
  };
}

/** `given` is a path, or the YAML itself. Rejects with a PortError where it is no map of names to texts. */
export async function readValues(given: string): Promise<PlaceholderValues> {
  const text = given.includes('\n') || given.includes(': ') ? given : await readText(given);
  const { documents, problems } = parseDocuments('--values', text);
  const value = documents.length === 1 && problems.length === 0 ? documents[0]?.value : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw noMap();
  const entries = Object.entries(value).map(([name, one]: readonly [string, unknown]) => {
    if (typeof one === 'string') return [name, one] as const;
    if (typeof one === 'number' || typeof one === 'boolean') return [name, String(one)] as const;
    throw noMap();
  });
  return Object.fromEntries(entries);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as { readonly code?: string }).code ?? 'unreadable';
    throw new PortError({
      kind: 'Invalid',
      code: 'Values',
      whole: true,
      what: `the file ${path} of --values cannot be read (${code})`,
      fix: 'Check the path, or give the values themselves: NAME: text, one a line.',
    });
  }
}

function noMap(): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'Values',
    whole: true,
    what: '--values is no YAML map of names to texts',
    fix: 'Write NAME: text, one a line.',
  });
}
