/** What the Azure tests share: stores in few words, a cluster of Secrets and ServiceAccounts, tokens, a context. */
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { LiveSecret } from '../../../src/core/model/secret.ts';
import type { AzureKeyVaultProvider, Store } from '../../../src/core/model/store.ts';
import type { Cluster, ServiceAccount } from '../../../src/ports/cluster.ts';
import { PortError } from '../../../src/ports/errors.ts';
import { DEFAULT_AZURE_SETTINGS, type AzureContext, type AzureSettings } from '../../../src/adapters/azure/settings.ts';
import { FakeClock, RecordingLogger, RecordingMasker } from '../../fakes/index.ts';
import { storeOf } from '../../builders/store.ts';

export const TENANT = '00000000-0000-0000-0000-0000000000aa';
export const CLIENT = '11111111-1111-1111-1111-111111111111';

export function azureStore(
  provider: Partial<AzureKeyVaultProvider> = {},
  ref: Store['ref'] = { kind: 'SecretStore', namespace: 'shop', name: 'kv' },
): Store & { readonly provider: AzureKeyVaultProvider } {
  return storeOf(ref, {
    type: 'azurekv',
    vaultUrl: 'https://kv-shop.vault.azure.net',
    authType: 'WorkloadIdentity',
    environmentType: 'PublicCloud',
    ...provider,
  });
}

export function clusterStore(provider: Partial<AzureKeyVaultProvider> = {}): ReturnType<typeof azureStore> {
  return azureStore(provider, { kind: 'ClusterSecretStore', name: 'kv' });
}

/** Secrets by `namespace/name`; ServiceAccount annotations and tokens likewise. Everything else is a bug of the test. */
export class TinyCluster implements Cluster {
  readonly description = 'cluster test';
  readonly secrets: Record<string, Readonly<Record<string, string>>> = {};
  readonly serviceAccounts: Record<string, Readonly<Record<string, string>>> = {};
  readonly asked: string[] = [];
  token: (namespace: string, name: string, audiences: readonly string[]) => Promise<string> = () =>
    Promise.reject(new Error('no token was expected'));

  async getSecret(ref: { readonly namespace?: string; readonly name: string }): Promise<LiveSecret | undefined> {
    const id = `${ref.namespace ?? ''}/${ref.name}`;
    this.asked.push(`secret ${id}`);
    const data = this.secrets[id];
    if (data === undefined) return undefined;
    const entries = Object.entries(data).map(([key, text]) => [key, SecretValue.ofText(text)] as const);
    return { data: new Map(entries) } as unknown as LiveSecret;
  }

  async getConfigMap(): Promise<undefined> {
    return undefined;
  }

  async getServiceAccount(namespace: string, name: string): Promise<ServiceAccount | undefined> {
    this.asked.push(`serviceaccount ${namespace}/${name}`);
    const annotations = this.serviceAccounts[`${namespace}/${name}`];
    return annotations && { ref: { kind: 'ServiceAccount', namespace, name }, annotations };
  }

  requestToken(namespace: string, name: string, audiences: readonly string[]): Promise<string> {
    this.asked.push(`token ${namespace}/${name} ${audiences.join(',')}`);
    return this.token(namespace, name, audiences);
  }

  listSecrets = never;
  selectSecrets = never;
  createSecret = never;
  updateSecret = never;
  deleteSecret = never;
  getNamespace = never;
  listNamespaces = never;
}

function never(): never {
  throw new Error('not expected');
}

export interface TestContext extends AzureContext {
  readonly cluster: TinyCluster;
  readonly clock: FakeClock;
  readonly masker: RecordingMasker;
  readonly logger: RecordingLogger;
}

export function testContext(
  settings: Partial<AzureSettings> = {},
  environment: Readonly<Record<string, string>> = {},
): TestContext {
  return {
    cluster: new TinyCluster(),
    clock: new FakeClock(new Date()),
    masker: new RecordingMasker(),
    logger: new RecordingLogger(),
    environment,
    settings: { ...DEFAULT_AZURE_SETTINGS, ...settings },
    random: () => 0.5,
  };
}

/** An unsigned token; enough where nobody checks the signature. */
export function unsignedToken(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.signature`;
}

/** What a rejected promise holds; fails the test when it holds anything but a PortError. */
export async function portError(promise: Promise<unknown>): Promise<PortError> {
  const outcome = await promise.then(
    () => 'resolved',
    (error: unknown) => error,
  );
  if (outcome instanceof PortError) return outcome;
  throw new Error(`expected a PortError, got ${String(outcome)}`, { cause: outcome });
}
