/** The shop of the engine's tests in a real API server: one namespace, one store, an identity of its own. */
import { DEFAULT_AZURE_SETTINGS } from '../../src/adapters/azure/settings.ts';
import { openKubernetes } from '../../src/adapters/kubernetes/open-kubernetes.ts';
import { systemClock } from '../../src/adapters/node/clock.ts';
import { systemRandom } from '../../src/adapters/node/random.ts';
import { createProviders } from '../../src/adapters/providers.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import { RecordingLogger, RecordingMasker, type KubernetesObject } from '../fakes/index.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import type { ClusterUser } from './cluster-user.ts';
import { trustServiceAccounts } from './service-account-trust.ts';
import { adminUser, connection, emptyNamespace } from './world.ts';

export const SERVICE_ACCOUNT = 'workload-identity-sa';

export interface RealShop {
  readonly azure: LoopbackAzure;
  readonly admin: ClusterUser;
  readonly namespace: string;
  /** The manifests: the store and an ExternalSecret for each name, target and key of that name. */
  readonly manifests: (...names: readonly string[]) => string;
  /** Ports of a new run as a user of the control plane. */
  readonly ports: (manifests: string, user?: string) => Ports;
  /** Values of a Secret as text; `undefined` = there is none. */
  readonly secret: (name: string) => Promise<Readonly<Record<string, string>> | undefined>;
  /** Everything away but the namespace and the ServiceAccount. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openRealShop(namespace: string): Promise<RealShop> {
  const admin = adminUser();
  const azure = await startLoopbackAzure();
  const undo = azure.trustInProcess();
  await trustServiceAccounts(azure, admin, { clientId: MANAGED_CLIENT_ID, namespace, name: SERVICE_ACCOUNT });
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const reset = async (): Promise<void> => {
    await emptyNamespace(admin, namespace);
    await admin.apply(serviceAccount(namespace));
    azure.vaults.clearLog();
  };
  await reset();
  return {
    azure,
    admin,
    namespace,
    manifests: (...names) =>
      [store(namespace), ...names.map((name) => externalSecret(namespace, name))].map(yaml).join(''),
    ports: (manifests, user = 'admin') => portsOf({ azure, namespace, manifests, user }),
    secret: async (name) => textsOf(await admin.find('Secret', namespace, name)),
    reset,
    close: async () => {
      undo();
      admin.close();
      await azure.close();
    },
  };
}

interface Run {
  readonly azure: LoopbackAzure;
  readonly namespace: string;
  readonly manifests: string;
  readonly user: string;
}

function portsOf({ azure, namespace, manifests, user }: Run): Ports {
  const clock = systemClock;
  const logger = new RecordingLogger();
  const installation = { name: 'keyferry', namespace };
  const { cluster, state, publisher } = openKubernetes(connection(user), { clock, home: 'files', installation });
  return {
    manifests: { load: async () => parseDocuments('manifests.yaml', manifests) },
    cluster,
    state,
    publisher,
    clock,
    random: systemRandom,
    logger,
    providers: createProviders({
      cluster,
      clock,
      logger,
      masker: new RecordingMasker(),
      environment: azure.environment(),
      settings: { ...DEFAULT_AZURE_SETTINGS, identity: 'service-account' },
    }),
  };
}

function serviceAccount(namespace: string): KubernetesObject {
  const annotations = { 'azure.workload.identity/client-id': MANAGED_CLIENT_ID };
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: SERVICE_ACCOUNT, namespace, annotations } };
}

function store(namespace: string): object {
  const azurekv = {
    tenantId: TENANT_ID,
    vaultUrl: 'https://kv-shop.vault.azure.net',
    authType: 'WorkloadIdentity',
    serviceAccountRef: { name: SERVICE_ACCOUNT },
  };
  const metadata = { name: 'vault', namespace };
  return { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata, spec: { provider: { azurekv } } };
}

function externalSecret(namespace: string, name: string): object {
  const data = [{ secretKey: 'value', remoteRef: { key: name } }];
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: { refreshInterval: '1h', secretStoreRef: { name: 'vault' }, data },
  };
}

/** JSON is YAML. */
function yaml(document: object): string {
  return `---\n${JSON.stringify(document)}\n`;
}

function textsOf(secret: KubernetesObject | undefined): Readonly<Record<string, string>> | undefined {
  if (secret === undefined) return undefined;
  const data = (secret['data'] ?? {}) as Readonly<Record<string, string>>;
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => [key, Buffer.from(text, 'base64').toString('utf8')]),
  );
}
