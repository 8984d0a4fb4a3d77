/** AKS clusters as Resource Manager describes them, and the kubeconfigs that it hands out. */
import { stringify } from 'yaml';
import type { Json } from './json.ts';
import { present } from './json.ts';

/** The application that stands for every API server of AKS, in all clouds. */
export const AKS_SERVER_ID = '6dae42f8-4368-4678-94ff-3960e28e3630';

/** A cluster; what is absent is as with `az aks create --enable-aad`. */
export interface ManagedClusterCase {
  /** `https://aks-shop-1a2b3c4d.hcp.westeurope.azmk8s.io:443`. */
  readonly server: string;
  /** PEM of the authority that signed the API server's certificate. */
  readonly authority: string;
  /** null = no Entra integration: whoever may list credentials gets a client certificate. */
  readonly entra?: EntraIntegration | null;
  /** What local accounts log in with; PEM. */
  readonly local?: { readonly certificate: string; readonly privateKey: string; readonly token?: string };
  readonly disableLocalAccounts?: boolean;
  readonly power?: 'Running' | 'Stopped';
  readonly provisioning?: string;
  readonly privateCluster?: boolean;
  readonly authorizedIPRanges?: readonly string[];
  /** A namespace of the context. */
  readonly namespace?: string;
  /** Sent in the place of the kubeconfig, as it is, base64 or not. */
  readonly rawCredential?: string;
}

export interface EntraIntegration {
  readonly azureRbac?: boolean;
  readonly tenantId?: string;
  readonly serverId?: string;
  readonly environment?: string;
  /** Other login programs: what stands in `exec`. */
  readonly exec?: Json;
}

export interface ManagedClusterName {
  readonly resourceGroup: string;
  readonly name: string;
}

/** `undefined` where local accounts would be needed and are off. */
export function userKubeconfig(
  cluster: ManagedClusterCase,
  name: ManagedClusterName,
  tenantId: string,
): string | undefined {
  const { entra = {} } = cluster;
  if (entra === null) return adminKubeconfig(cluster, name, 'clusterUser');
  return kubeconfig(cluster, name, { kind: 'clusterUser', user: { exec: entra.exec ?? kubelogin(entra, tenantId) } });
}

export function adminKubeconfig(
  cluster: ManagedClusterCase,
  name: ManagedClusterName,
  kind: 'clusterUser' | 'clusterAdmin' = 'clusterAdmin',
): string | undefined {
  const { local, disableLocalAccounts } = cluster;
  if (disableLocalAccounts === true || local === undefined) return undefined;
  const user = present({
    'client-certificate-data': Buffer.from(local.certificate).toString('base64'),
    'client-key-data': Buffer.from(local.privateKey).toString('base64'),
    token: local.token,
  });
  return kubeconfig(cluster, name, { kind, user });
}

/** github.com/Azure/kubelogin: what AKS writes for clusters with Entra integration. */
function kubelogin(entra: EntraIntegration, tenantId: string): Json {
  return {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    args: [
      'get-token',
      '--environment',
      entra.environment ?? 'AzurePublicCloud',
      '--server-id',
      entra.serverId ?? AKS_SERVER_ID,
      '--client-id',
      '80faf920-1908-4b52-b5ef-a8e7bedfc67a',
      '--tenant-id',
      entra.tenantId ?? tenantId,
      '--login',
      'devicecode',
    ],
    command: 'kubelogin',
    env: null,
    installHint: '\nkubelogin is not installed which is required to connect to AAD enabled cluster.\n',
    provideClusterInfo: false,
  };
}

interface Login {
  readonly kind: 'clusterUser' | 'clusterAdmin';
  readonly user: Json;
}

function kubeconfig(cluster: ManagedClusterCase, name: ManagedClusterName, { kind, user }: Login): string {
  const userName = `${kind}_${name.resourceGroup}_${name.name}`;
  const context = present({ cluster: name.name, user: userName, namespace: cluster.namespace });
  return stringify({
    apiVersion: 'v1',
    clusters: [
      {
        cluster: {
          'certificate-authority-data': Buffer.from(cluster.authority).toString('base64'),
          server: cluster.server,
        },
        name: name.name,
      },
    ],
    contexts: [{ context, name: name.name }],
    'current-context': name.name,
    kind: 'Config',
    preferences: {},
    users: [{ name: userName, user }],
  });
}

/** `properties` of the cluster. */
export function propertiesOf(cluster: ManagedClusterCase, tenantId: string): Json {
  const { entra = {}, privateCluster = false, authorizedIPRanges } = cluster;
  const { hostname } = new URL(cluster.server);
  const access = present({ enablePrivateCluster: privateCluster ? true : undefined, authorizedIPRanges });
  return present({
    provisioningState: cluster.provisioning ?? 'Succeeded',
    powerState: { code: cluster.power ?? 'Running' },
    currentKubernetesVersion: '1.34.1',
    fqdn: privateCluster ? undefined : hostname,
    privateFQDN: privateCluster ? hostname : undefined,
    disableLocalAccounts: cluster.disableLocalAccounts ?? false,
    aadProfile:
      entra === null
        ? undefined
        : { managed: true, enableAzureRBAC: entra.azureRbac ?? false, tenantID: entra.tenantId ?? tenantId },
    apiServerAccessProfile: Object.keys(access).length === 0 ? undefined : access,
  });
}
