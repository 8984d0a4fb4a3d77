/** Settings → what `render` and `deploy` are asked for. */
import { realpath } from 'node:fs/promises';
import { say, setting } from '../core/model/message.ts';
import { dirname, join } from 'node:path';
import { readAtMost } from '../adapters/files/bounded-bytes.ts';
import type { PodSettings } from '../core/deploy/cron-job.ts';
import type { Engine } from '../core/deploy/engine-config.ts';
import type { Settings } from '../core/settings/parse.ts';
import { pairsOf, tolerationOf } from '../core/settings/pod-forms.ts';
import { podWarnings } from '../core/settings/pod-rules.ts';
import { differsFromDefault, propertyOf, variableOf } from '../core/settings/setting.ts';
import { settingsOf } from '../core/settings/table.ts';
import type { RenderRequest } from '../commands/render.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { allowedLoginsOf } from './allowed-logins.ts';
import type { Environment } from './environment.ts';
import { deployedManifestsOf, plainIntentsOf, readingOf } from './manifests.ts';
import { packEngine } from './pack-engine.ts';

/** Twenty times as much as it has. */
const LARGEST_ENGINE_BYTES = 64 * 1024 * 1024;

export interface DeploymentSource {
  readonly manifests: ManifestSource;
  readonly request: RenderRequest;
}

/** Reads the engine; the manifests are read when they are loaded. Rejects with a PortError for what cannot be. */
export async function deploymentSourceOf(
  settings: Settings,
  environment: Environment,
  version: string,
): Promise<DeploymentSource> {
  const { engineImage, installationNamespace, namespace } = settings;
  return {
    manifests: deployedManifestsOf(settings),
    request: {
      installation: {
        name: settings.installation,
        ...(installationNamespace === undefined ? {} : { namespace: installationNamespace }),
      },
      ...(namespace === undefined ? {} : { namespace }),
      reading: readingOf(settings),
      home: settings.home === 'custom-resources' ? settings.home : 'config-maps',
      clusterRights: settings.clusterRights,
      controllerClass: settings.controllerClass,
      logins: allowedLoginsOf(settings),
      extras: plainIntentsOf(settings)?.extras ?? [],
      pod: podOf(settings),
      warnings: podWarnings(settings.podEnv),
      ...(engineImage === undefined ? { engine: await readEngine(environment) } : {}),
      version,
      jobVariables: jobVariablesOf(settings),
    },
  };
}

/** Each was looked at where it was read. */
function podOf(settings: Settings): PodSettings {
  const { jobClientId = settings.azureClientId, azureTenantId, caConfigMap } = settings;
  const { memory, memoryRequest, cpuLimit, cpuRequest } = settings;
  return {
    image: settings.engineImage ?? settings.image,
    imagePullSecrets: settings.imagePullSecret,
    environment: pairsOf(settings.podEnv),
    ...(caConfigMap === undefined ? {} : { caConfigMap }),
    tolerations: settings.toleration.map(tolerationOf),
    nodeSelector: pairsOf(settings.nodeSelector),
    labels: pairsOf(settings.podLabel),
    annotations: pairsOf(settings.podAnnotation),
    ...(memory === undefined ? {} : { memory }),
    ...(memoryRequest === undefined ? {} : { memoryRequest }),
    ...(cpuLimit === undefined ? {} : { cpuLimit }),
    ...(cpuRequest === undefined ? {} : { cpuRequest }),
    ...(jobClientId === undefined ? {} : { azureClientId: jobClientId }),
    ...(azureTenantId === undefined ? {} : { azureTenantId }),
  };
}

/** What a deployment is told about its job, in the order of the variables of its pods. */
const OF_THE_JOB = [
  'log-level',
  'token-audience',
  'login-hosts',
  'registry-hosts',
  'token-audiences',
  'target-kinds',
  'key-vault-api-version',
  'controller-class',
  'store-identities',
  'max-deletes',
  'max-delete-share',
  'max-updates',
  'max-update-share',
];

/** Only what differs from the default, so that pods of different versions take their own. */
function jobVariablesOf(settings: Settings): Readonly<Record<string, string>> {
  const storeIdentities = Object.entries(settings.storeIdentities).map(([store, clientId]) => `${store}=${clientId}`);
  const values: Readonly<Record<string, unknown>> = { ...settings, storeIdentities };
  return Object.fromEntries(
    OF_THE_JOB.flatMap((name) => settingsOf('job').filter((setting) => setting.name === name))
      .filter((setting) => differsFromDefault(setting, values[propertyOf(setting)]))
      .map((setting) => [variableOf(setting), String(values[propertyOf(setting)])]),
  );
}

/**
 * The job's bundle beside the running one (`dist/cli/index.js` → `dist/job/index.js`), or in `build/` where the sources
 * run.
 *
 * The place is that of the program that was started: a path made from `import.meta.url` is one that bundlers rewrite.
 */
async function readEngine(environment: Environment): Promise<Engine> {
  const program = dirname(await realpath(process.argv[1] ?? '.'));
  const places = [
    environment['KEYFERRY_ENGINE'],
    join(program, '../job/index.js'),
    join(program, '../../build/job/index.js'),
    join(program, '../../dist/job/index.js'),
  ];
  for (const place of places) {
    if (place === undefined || place === '') continue;
    const content = await readAtMost(place, LARGEST_ENGINE_BYTES).catch(() => undefined);
    if (content instanceof Uint8Array) return packEngine(content);
  }
  throw new PortError({
    kind: 'NotFound',
    code: 'NoEngine',
    whole: true,
    what: 'the engine of the job is not beside this program',
    fix: say`From a clone, build it first: npm run build. Or give ${setting('engine-image')}.`,
  });
}
