/** Settings → the adapters of a command-line run. */
import { buffer } from 'node:stream/consumers';
import { DEFAULT_AZURE_SETTINGS } from '../adapters/azure/settings.ts';
import { openDirectory } from '../adapters/directory/open-directory.ts';
import { ManifestFiles } from '../adapters/files/manifest-files.ts';
import { systemClock } from '../adapters/node/clock.ts';
import { jsonLogger } from '../adapters/node/json-logger.ts';
import { systemRandom } from '../adapters/node/random.ts';
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { textLogger } from '../adapters/node/text-logger.ts';
import { createProviders } from '../adapters/providers.ts';
import { parseDocuments } from '../core/api/documents.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { TemplateInputs } from '../commands/template.ts';
import type { Ports } from '../engine/ports.ts';
import { templateEnvironment } from '../engine/template-inputs.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../engine/settings.ts';
import { PortError } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { LiveLine, type Screen } from './terminal.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export function manifestsOf(settings: Settings): ManifestSource {
  return filesOf(settings.filename);
}

function filesOf(paths: readonly string[]): ManifestSource {
  return new ManifestFiles({ paths, parse: parseDocuments, readStdin: () => buffer(process.stdin) });
}

export function templateInputsOf(settings: Settings): TemplateInputs {
  return {
    manifests: manifestsOf(settings),
    values: filesOf([settings.values ?? '']),
    ...(settings.expect === undefined ? {} : { expected: filesOf([settings.expect]) }),
    environment: templateEnvironment({ clock: systemClock, random: systemRandom }),
    only: settings.only,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
  };
}

/** On a terminal one live line; elsewhere, and where the user asks for a format or level, one line per object. */
export function loggerFor(settings: Settings, masker: RedactingMasker, screen: Screen, ci: boolean): Logger {
  const isPlain = settings.logFormat === 'text' && settings.logLevel === 'info';
  if (screen.isTTY && !ci && isPlain) return new LiveLine(screen, () => systemClock.now().getTime());
  const options = { level: settings.logLevel, sink: screen, redact: (text: string) => masker.redact(text) };
  return settings.logFormat === 'json' ? jsonLogger({ ...options, clock: systemClock }) : textLogger(options);
}

export function portsOf(settings: Settings, environment: Environment, logger: Logger, masker: RedactingMasker): Ports {
  const { cluster, state } = openCluster(settings);
  return {
    manifests: manifestsOf(settings),
    cluster,
    state,
    providers: createProviders({
      cluster,
      clock: systemClock,
      masker,
      logger,
      environment,
      settings: {
        ...DEFAULT_AZURE_SETTINGS,
        identity: settings.identity,
        audience: settings.tokenAudience,
        storeIdentities: settings.storeIdentities,
        ...(settings.azureClientId === undefined ? {} : { azureClientId: settings.azureClientId }),
        ...(settings.azureTenantId === undefined ? {} : { azureTenantId: settings.azureTenantId }),
        ...(settings.keyVaultApiVersion === undefined ? {} : { serviceVersion: settings.keyVaultApiVersion }),
      },
    }),
    publisher: { event: () => Promise.resolve() },
    clock: systemClock,
    random: systemRandom,
    logger,
  };
}

function openCluster(settings: Settings): Pick<Ports, 'cluster' | 'state'> {
  if (settings.directory !== undefined) {
    return openDirectory({ folder: settings.directory, showValues: settings.showValues });
  }
  throw new PortError({
    kind: 'Invalid',
    what: 'no cluster was named',
    fix: 'Give --directory FOLDER: a folder that holds Secrets as YAML files.',
  });
}

export function runSettingsOf(settings: Settings): RunSettings {
  return {
    ...DEFAULT_SETTINGS,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
    only: settings.only,
    mode: settings.due ? 'due' : 'always',
    controllerClass: settings.controllerClass,
    deletionLimits: settings.force ? undefined : { count: settings.maxDeletes, share: settings.maxDeleteShare / 100 },
    prune: settings.prune,
  };
}
