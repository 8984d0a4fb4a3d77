/** Intents with no YAML by hand: what the published guide builds in seven steps, from a vault's address and a few names. */
import { say, setting, type Message } from '../model/message.ts';
import { type ManifestDocument, documentOf } from '../model/document.ts';
import { EXTERNAL_SECRETS } from '../model/kinds.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Problem } from '../model/problem.ts';
import type { SettingName } from '../model/setting-names.ts';

export interface PlainInputs {
  readonly vaultUrl: string;
  readonly namespace: string;
  /** The ServiceAccount that stands for the managed identity; it is made. Absent = the job's own. */
  readonly serviceAccount?: string;
  readonly clientId?: string;
  readonly tenantId?: string;
  /** RE2, searched in the names of the vault's secrets; absent = all of them. */
  readonly find?: string;
  /** Name of the Secret, and of its ExternalSecret. */
  readonly target: string;
  /** Go's duration, as 30s or 1h. */
  readonly refreshInterval: string;
}

const STORE = 'azure-secret-store';

export interface PlainIntents {
  readonly documents: readonly ManifestDocument[];
  readonly extras: readonly KubernetesObject[];
}

export function plainIntents(inputs: PlainInputs): PlainIntents {
  const documents = [storeOf(inputs), externalSecretOf(inputs)].map((value) =>
    documentOf({ value, locate: () => undefined, home: 'file' }),
  );
  return {
    documents,
    extras: inputs.serviceAccount === undefined ? [] : [serviceAccountOf(inputs, inputs.serviceAccount)],
  };
}

/** What is missing of plain inputs, where any of them is given. */
export function plainInputProblems(given: {
  readonly vaultUrl: string | undefined;
  readonly namespace: string | undefined;
  readonly target: string | undefined;
  readonly find: string | undefined;
  readonly all: boolean;
}): readonly Problem[] {
  const missing = (name: SettingName, fix: Message): Problem => ({
    severity: 'error',
    code: 'setting',
    what: say`${setting(name)} is missing`,
    fix,
  });
  const { vaultUrl, namespace, target, find, all } = given;
  return [
    ...(vaultUrl === undefined
      ? [
          missing(
            'vault-url',
            say`Give it with ${setting('find')} or ${setting('all')} and ${setting('target')}, or leave these out.`,
          ),
        ]
      : []),
    ...(namespace === undefined ? [missing('namespace', 'Say where the Secret is to be.')] : []),
    ...(target === undefined ? [missing('target', 'Say what the Secret is to be called.')] : []),
    ...((find === undefined) === !all
      ? [missing('find', say`Give either ${setting('find')} PATTERN or ${setting('all')}.`)]
      : []),
  ];
}

/** ESO 2.9 refuses a tenant in two places, so it stands at the ServiceAccount where there is one. */
function storeOf({ vaultUrl, namespace, serviceAccount, tenantId }: PlainInputs): object {
  return {
    apiVersion: `${EXTERNAL_SECRETS}/v1`,
    kind: 'SecretStore',
    metadata: { name: STORE, namespace },
    spec: {
      provider: {
        azurekv: {
          ...(tenantId === undefined || serviceAccount !== undefined ? {} : { tenantId }),
          vaultUrl,
          authType: 'WorkloadIdentity',
          ...(serviceAccount === undefined ? {} : { serviceAccountRef: { name: serviceAccount } }),
        },
      },
    },
  };
}

function externalSecretOf({ namespace, target, find, refreshInterval }: PlainInputs): object {
  return {
    apiVersion: `${EXTERNAL_SECRETS}/v1`,
    kind: 'ExternalSecret',
    metadata: { name: target, namespace },
    spec: {
      refreshInterval,
      secretStoreRef: { kind: 'SecretStore', name: STORE },
      target: { name: target, creationPolicy: 'Owner' },
      dataFrom: [{ find: { name: find === undefined ? {} : { regexp: find } } }],
    },
  };
}

function serviceAccountOf({ namespace, clientId, tenantId }: PlainInputs, name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name,
      namespace,
      annotations: {
        ...(clientId === undefined ? {} : { 'azure.workload.identity/client-id': clientId }),
        ...(tenantId === undefined ? {} : { 'azure.workload.identity/tenant-id': tenantId }),
      },
    },
  };
}
