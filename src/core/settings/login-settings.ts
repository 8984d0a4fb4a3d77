/** Rows of the table: which cluster is meant, and who logs in there and to the vaults. Rules between them: login-rules.ts. */
import { say, setting } from '../model/message.ts';
import { FROM_OUTSIDE, IN_CLUSTER, READS, READS_VAULTS } from '../model/command-names.ts';
import type { Setting } from './setting.ts';

export const CLUSTER_SETTINGS = [
  {
    name: 'kubeconfig',
    kind: 'text',
    placeholder: 'PATH',
    commands: IN_CLUSTER,
    description:
      'Kubeconfig of the cluster: a path, or the text itself. Without it KUBECONFIG; outside of a pipeline also the pod that this runs in, else ~/.kube/config.',
  },
  {
    name: 'context',
    kind: 'text',
    placeholder: 'NAME',
    commands: IN_CLUSTER,
    description: 'Context of the kubeconfig, where it is not the current one.',
  },
  {
    name: 'in-cluster',
    kind: 'flag',
    commands: FROM_OUTSIDE,
    description:
      'The cluster is the one that this runs in, as a runner in a pod: the ServiceAccount of the pod logs in. In a pipeline it has to be asked for.',
  },
  {
    name: 'aks-cluster',
    kind: 'text',
    placeholder: 'ID',
    commands: FROM_OUTSIDE,
    description:
      'Resource id of an AKS cluster (/subscriptions/…/managedClusters/NAME), in the place of a kubeconfig: logs in with the identity alone.',
  },
  {
    name: 'aks-client-id',
    kind: 'text',
    placeholder: 'ID',
    commands: FROM_OUTSIDE,
    description: say`Client id that logs in to ${setting('aks-cluster')}, where it is not ${setting('azure-client-id')}.`,
  },
  {
    name: 'azure-environment',
    kind: 'choice',
    choices: ['PublicCloud', 'USGovernmentCloud', 'ChinaCloud'],
    default: 'PublicCloud',
    commands: FROM_OUTSIDE,
    description: say`Cloud of ${setting('aks-cluster')}; stores name theirs themselves.`,
  },
] as const satisfies readonly Setting[];

export const IDENTITY_SETTINGS = [
  {
    name: 'identity',
    kind: 'choice',
    choices: ['auto', 'github', 'azure-pipelines', 'token-variable', 'token-file', 'service-account', 'azure-cli'],
    default: 'auto',
    commands: IN_CLUSTER,
    description: 'Where WorkloadIdentity stores, and the login to an AKS cluster, get their token from.',
  },
  {
    name: 'token-variable',
    kind: 'text',
    placeholder: 'NAME',
    commands: FROM_OUTSIDE,
    description: 'Name of the variable that holds the token, as id_tokens of GitLab make one.',
  },
  {
    name: 'token-file',
    kind: 'text',
    placeholder: 'PATH',
    commands: FROM_OUTSIDE,
    description: 'File that holds the token, in the place of AZURE_FEDERATED_TOKEN_FILE.',
  },
  {
    name: 'service-connection-id',
    kind: 'text',
    placeholder: 'ID',
    commands: FROM_OUTSIDE,
    description:
      'Azure Pipelines: the service connection whose identity is meant. Without it AZURESUBSCRIPTION_SERVICE_CONNECTION_ID.',
  },
  {
    name: 'azure-client-id',
    kind: 'text',
    placeholder: 'ID',
    commands: [...IN_CLUSTER, 'render'],
    description:
      'Client id of the managed identity for stores that do not say which, and for the login to an AKS cluster.',
  },
  {
    name: 'azure-tenant-id',
    kind: 'text',
    placeholder: 'ID',
    commands: [...IN_CLUSTER, 'render'],
    description:
      'Tenant for stores that do not say which, and for the login to an AKS cluster; with github and azure-cli the vault is asked otherwise.',
  },
  {
    name: 'store-identities',
    kind: 'list',
    placeholder: 'STORE=ID',
    commands: READS_VAULTS,
    description: 'Client id for one store: NAMESPACE/NAME=ID, or NAME=ID for a ClusterSecretStore. May be repeated.',
  },
  {
    name: 'token-audience',
    kind: 'text',
    placeholder: 'AUDIENCE',
    default: 'api://AzureADTokenExchange',
    commands: [...IN_CLUSTER, 'render', 'validate'],
    description: 'Audience of the token that is exchanged with Entra.',
  },
  {
    name: 'token-audiences',
    kind: 'list',
    placeholder: 'AUDIENCE',
    commands: READS,
    description: say`Further audiences that serviceAccountRef.audiences of a store may ask for; without it those of Entra and ${setting('token-audience')}. May be repeated.`,
  },
  {
    name: 'login-hosts',
    kind: 'list',
    placeholder: 'HOST',
    commands: READS,
    description:
      'Login hosts of clouds of your own (Azure Stack), as HOST or HOST:PORT. Tokens and client secrets are sent to these and to those of the known clouds only, whatever a manifest says. May be repeated.',
  },
  {
    name: 'registry-hosts',
    kind: 'list',
    placeholder: 'HOST',
    commands: READS,
    description:
      'Container registries of your own that ACRAccessToken may log in to, as HOST or HOST:PORT. Tokens are sent to these and to the registries of the known clouds only, whatever a manifest says. May be repeated.',
  },
  {
    name: 'key-vault-api-version',
    kind: 'text',
    placeholder: 'VERSION',
    default: '7.4',
    commands: READS_VAULTS,
    description: 'Key Vault REST version, where a cloud wants another one.',
  },
] as const satisfies readonly Setting[];
