/** What the Azure adapter is told from outside. It never looks at `process.env` on its own account. */
import { KNOWN_CLOUDS_ONLY, type AllowedLogins } from '../../core/model/login-hosts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterReader } from '../../ports/cluster.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Masker } from '../../ports/masker.ts';

/** Where the proof for a WorkloadIdentity store comes from; `auto` takes what is there. */
export type IdentitySetting =
  'auto' | 'github' | 'azure-pipelines' | 'token-variable' | 'token-file' | 'service-account' | 'azure-cli';

export interface AzureSettings {
  readonly identity: IdentitySetting;
  /** Audience of GitHub's and the cluster's tokens; must equal the one in the federated credential. */
  readonly audience: string;
  /** Where proofs of identity may be sent, and whom they may be made out to, beside Entra. */
  readonly logins: AllowedLogins;
  /** Client id for WorkloadIdentity stores that name none. */
  readonly azureClientId?: string;
  readonly azureTenantId?: string;
  /** Name of the variable that holds a token, as GitLab's `id_tokens` make them. */
  readonly tokenVariable?: string;
  /** A file with a token, in the place of AZURE_FEDERATED_TOKEN_FILE. */
  readonly tokenFile?: string;
  /** Azure Pipelines: the service connection whose identity is meant; else AZURESUBSCRIPTION_SERVICE_CONNECTION_ID. */
  readonly serviceConnectionId?: string;
  /** `namespace/name` of a SecretStore, or `name` of a ClusterSecretStore, to client id, for WorkloadIdentity; wins over what is written. */
  readonly storeIdentities: Readonly<Record<string, string>>;
  /** Key Vault's REST version. 7.4 is served in every cloud; sovereign clouds get newer ones late. */
  readonly serviceVersion: string;
  /** Reads at a time, per vault. */
  readonly concurrency: number;
  readonly requestTimeoutMs: number;
  /** Time for one request including its repetitions. */
  readonly deadlineMs: number;
}

export const DEFAULT_AZURE_SETTINGS: AzureSettings = {
  identity: 'auto',
  audience: 'api://AzureADTokenExchange',
  logins: KNOWN_CLOUDS_ONLY,
  storeIdentities: {},
  serviceVersion: '7.4',
  concurrency: 16,
  requestTimeoutMs: 30_000,
  deadlineMs: 120_000,
};

/** What it takes to have tokens of Entra. */
export interface EntraContext {
  /** Absent where the cluster is only being reached: it cannot be asked for tokens yet. */
  readonly cluster?: Pick<ClusterReader, 'requestToken'>;
  readonly clock: Clock;
  readonly masker: Masker;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly settings: AzureSettings;
  /** From 0 up to 1; spreads the waits of processes that were throttled together. */
  readonly random: () => number;
}

export interface AzureContext extends EntraContext {
  readonly cluster: ClusterReader;
}
