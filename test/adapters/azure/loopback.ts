/** One Azure on loopback for a test file, and stores opened against it as in a GitHub job. */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { createAzureProviders } from '../../../src/adapters/azure/azure-providers.ts';
import type { AzureSettings } from '../../../src/adapters/azure/settings.ts';
import type { AzureKeyVaultProvider, Store } from '../../../src/core/model/store.ts';
import type { FetchedObject } from '../../../src/core/model/vault.ts';
import type { Provider, ProviderFactory } from '../../../src/ports/provider.ts';
import {
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  type LoopbackAzure,
  type LoopbackAzureOptions,
} from '../../servers/index.ts';
import { azureStore, testContext, type TestContext } from './support.ts';

export interface Loopback {
  readonly azure: () => LoopbackAzure;
  /** A run of its own: factory, context, and a way to open stores. */
  readonly run: (settings?: Partial<AzureSettings>, environment?: Readonly<Record<string, string>>) => Run;
}

export interface Run {
  readonly context: TestContext;
  readonly factory: ProviderFactory;
  readonly open: (provider?: Partial<AzureKeyVaultProvider>, ref?: Store['ref']) => Promise<Provider>;
}

/** Starts the servers once per file and forgets logs and faults before each test. */
export function useLoopback(options: LoopbackAzureOptions): Loopback {
  let azure: LoopbackAzure;
  let undo: () => void;
  beforeAll(async () => {
    azure = await startLoopbackAzure(options);
    undo = azure.trustInProcess();
  });
  beforeEach(() => {
    azure.vaults.clearLog();
    azure.vaults.permissions.clear();
    azure.vaults.faults.clear();
    azure.entra.faults.clear();
    azure.entra.log.length = 0;
    azure.github.requests.length = 0;
    azure.proxy.connects.length = 0;
  });
  afterAll(async () => {
    undo();
    await azure.close();
  });
  return { azure: () => azure, run: (settings, environment = azure.environment()) => newRun(settings, environment) };
}

function newRun(settings: Partial<AzureSettings> = {}, environment: Readonly<Record<string, string>> = {}): Run {
  const context = testContext({ azureClientId: MANAGED_CLIENT_ID, ...settings }, environment);
  const factory = createAzureProviders(context);
  return { context, factory, open: (provider, ref) => factory.open(azureStore(provider, ref), 'shop') };
}

export function textOf(found: FetchedObject | undefined): string | undefined {
  return found?.value && Buffer.from(found.value.reveal()).toString('utf8');
}
