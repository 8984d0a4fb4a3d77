/**
 * The CronJob, and one Job of it to run now.
 *
 * Least of everything: a numeric user that is not root, a read-only root with an empty /tmp, no capability, the default
 * seccomp profile. The workload-identity label stands only where a store uses the pod's own identity, since its webhook
 * lets no labelled pod through while it is down.
 */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Store } from '../model/store.ts';
import { ENGINE_FOLDER, engineCommand, TAMPERED_EXIT_CODE, type Engine } from './engine-config.ts';
import { digestOf, labelsOf, names, type Installation } from './installation.ts';
import { INTENTS_VARIABLE, intentsDigestOf, pinText, type IntentsPin } from './intents-pins.ts';
import { heapFlags, resourcesOf, type AskedResources } from './pod-resources.ts';
import type { PassSchedule } from './schedule.ts';
import { CONTAINER } from './sidecars.ts';

/** What a user may say about the pods; everything else follows. */
export interface PodSettings extends AskedResources {
  /** Any image with Node 24 as `node`. */
  readonly image: string;
  readonly imagePullSecrets: readonly string[];
  /** `NAME=VALUE`, as HTTPS_PROXY. Never secrets: they stand in the pod spec. */
  readonly environment: Readonly<Record<string, string>>;
  /** A ConfigMap whose `ca.crt` Node is to trust as well. */
  readonly caConfigMap?: string;
  readonly tolerations: readonly object[];
  /** Beside Linux. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Beside Keyferry's own. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Of the workload identity; mounted stores need it. */
  readonly azureClientId?: string;
  readonly azureTenantId?: string;
}

export interface CronJobInput {
  readonly installation: Installation;
  /** In both directions. */
  readonly intentCount: number;
  readonly stores: readonly Store[];
  readonly schedule: PassSchedule;
  readonly pod: PodSettings;
  /** Absent = the image holds the engine. */
  readonly engine?: Engine;
  readonly version: string;
  /** Where the job finds the intents. */
  readonly home: 'config-maps' | 'custom-resources';
  /** Which ConfigMaps those are, and what is in them: the pod believes nothing else. */
  readonly pins: readonly IntentsPin[];
  /** Settings of the job by variable, as KEYFERRY_LOG_LEVEL. */
  readonly jobVariables: Readonly<Record<string, string>>;
}

export const VERSION_ANNOTATION = 'keyferry.dev/version';
export const INTENTS_ANNOTATION = 'keyferry.dev/intents-digest';
const USER = 65532;
/** Exit codes of the job and its loader after which another attempt cannot help. */
const HOPELESS = [3, TAMPERED_EXIT_CODE];
const PASS_SECONDS = 600;

export function serviceAccountOf(input: CronJobInput): KubernetesObject {
  const { installation, pod } = input;
  const annotations = {
    ...(pod.azureClientId === undefined ? {} : { 'azure.workload.identity/client-id': pod.azureClientId }),
    ...(pod.azureTenantId === undefined ? {} : { 'azure.workload.identity/tenant-id': pod.azureTenantId }),
  };
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: installation.name,
      namespace: installation.namespace,
      labels: labelsOf(installation, 'identity'),
      ...(usesMountedIdentity(input.stores) && Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
  };
}

export function cronJobOf(input: CronJobInput): KubernetesObject {
  const { installation, schedule, version, pins } = input;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: installation.name,
      namespace: installation.namespace,
      labels: labelsOf(installation, 'job'),
      annotations: { [VERSION_ANNOTATION]: version, [INTENTS_ANNOTATION]: intentsDigestOf(pins) },
    },
    spec: {
      schedule: schedule.cron,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { metadata: { labels: labelsOf(installation, 'job') }, spec: jobSpec(input) },
    },
  };
}

/** One Job of the CronJob as it is in the cluster, to run now; `kubectl create job --from` makes the same. */
export function jobOf(cronJob: KubernetesObject, name: string): KubernetesObject {
  const { jobTemplate } = cronJob['spec'] as {
    readonly jobTemplate: { readonly metadata?: object; readonly spec: object };
  };
  const { namespace, uid } = cronJob.metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...jobTemplate.metadata,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'CronJob', name: cronJob.metadata.name, uid: uid ?? '', controller: true },
      ],
    },
    spec: { ...jobTemplate.spec, ttlSecondsAfterFinished: 3600 },
  };
}

function jobSpec(input: CronJobInput): object {
  const { schedule } = input;
  return {
    backoffLimit: 2,
    activeDeadlineSeconds: schedule.windowMinutes * 60 + PASS_SECONDS,
    podFailurePolicy: {
      rules: [
        { action: 'FailJob', onExitCodes: { containerName: CONTAINER, operator: 'In', values: HOPELESS } },
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      ],
    },
    template: { metadata: podMetadata(input), spec: podSpec(input) },
  };
}

function podMetadata(input: CronJobInput): object {
  const { annotations = {} } = input.pod;
  return { labels: podLabels(input), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
}

function podLabels({ installation, stores, pod }: CronJobInput): Readonly<Record<string, string>> {
  const labels = { ...pod.labels, ...labelsOf(installation, 'job') };
  return usesMountedIdentity(stores) ? { ...labels, 'azure.workload.identity/use': 'true' } : labels;
}

/** Stores that name no ServiceAccount use the pod's. */
function usesMountedIdentity(stores: readonly Store[]): boolean {
  return stores.some(({ usesPodIdentity }) => usesPodIdentity);
}

function podSpec(input: CronJobInput): object {
  const { installation, pod, engine, intentCount } = input;
  const resources = resourcesOf(pod, intentCount);
  const volumes = volumesOf(input);
  return {
    restartPolicy: 'Never',
    serviceAccountName: installation.name,
    enableServiceLinks: false,
    nodeSelector: { ...pod.nodeSelector, 'kubernetes.io/os': 'linux' },
    ...(pod.tolerations.length === 0 ? {} : { tolerations: pod.tolerations }),
    ...(pod.imagePullSecrets.length === 0 ? {} : { imagePullSecrets: pod.imagePullSecrets.map((name) => ({ name })) }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: CONTAINER,
        image: pod.image,
        imagePullPolicy: 'IfNotPresent',
        ...(engine === undefined ? {} : { command: engineCommand(engine, heapFlags(resources)) }),
        env: Object.entries(variablesOf(input)).map(([name, value]) => ({ name, value })),
        resources,
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        terminationMessagePolicy: 'FallbackToLogsOnError',
        volumeMounts: volumes.map(({ mount }) => mount),
      },
    ],
    volumes: volumes.map(({ volume }) => volume),
  };
}

/** Custom resources are pruned by who deploys: the Secret goes with its resource. */
function variablesOf(input: CronJobInput): Readonly<Record<string, string>> {
  const { installation, home, pins, pod, schedule, jobVariables } = input;
  return {
    KEYFERRY_HOME: home,
    KEYFERRY_INSTALLATION: installation.name,
    KEYFERRY_INSTALLATION_NAMESPACE: installation.namespace,
    [INTENTS_VARIABLE]: pins.map(pinText).join(','),
    ...(home === 'custom-resources' ? { KEYFERRY_DEPLOYED: 'true' } : { KEYFERRY_PRUNE: 'true' }),
    ...(schedule.windowMinutes === 0 ? {} : { KEYFERRY_WINDOW: String(schedule.windowMinutes) }),
    ...(schedule.startDelaySeconds ? { KEYFERRY_START_DELAY: String(schedule.startDelaySeconds) } : {}),
    ...(pod.azureClientId === undefined ? {} : { KEYFERRY_AZURE_CLIENT_ID: pod.azureClientId }),
    ...(pod.azureTenantId === undefined ? {} : { KEYFERRY_AZURE_TENANT_ID: pod.azureTenantId }),
    ...(pod.caConfigMap === undefined ? {} : { NODE_EXTRA_CA_CERTS: '/ca/ca.crt' }),
    ...jobVariables,
    ...pod.environment,
    ...nodeOptions(input),
  };
}

/** The command of an image that holds the engine is its own: flags reach its Node by the variable. A user's come last, and win. */
function nodeOptions({ engine, pod, intentCount }: CronJobInput): Readonly<Record<string, string>> {
  if (engine !== undefined) return {};
  const { NODE_OPTIONS: given } = pod.environment;
  const flags = heapFlags(resourcesOf(pod, intentCount));
  return { NODE_OPTIONS: [...flags, ...(given === undefined ? [] : [given])].join(' ') };
}

interface MountedVolume {
  readonly volume: object;
  readonly mount: object;
}

function volumesOf({ installation, engine, pod }: CronJobInput): readonly MountedVolume[] {
  return [
    { volume: { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }, mount: { name: 'tmp', mountPath: '/tmp' } },
    ...(engine === undefined
      ? []
      : [
          {
            volume: { name: 'engine', configMap: { name: names.engine(installation, digestOf(engine.packed)) } },
            mount: { name: 'engine', mountPath: ENGINE_FOLDER, readOnly: true },
          },
        ]),
    ...(pod.caConfigMap === undefined
      ? []
      : [
          {
            volume: { name: 'ca', configMap: { name: pod.caConfigMap } },
            mount: { name: 'ca', mountPath: '/ca', readOnly: true },
          },
        ]),
  ];
}
