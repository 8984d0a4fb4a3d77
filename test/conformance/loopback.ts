/** One Azure on loopback for all cases; each case gets vaults of its own, so that nothing is left of another one's. */
import { cloudOf } from '../../src/adapters/azure/cloud.ts';
import type { VaultLogin } from '../../src/adapters/azure/azure-providers.ts';
import { KeyVaultServer, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import type { VaultEdits } from './load-case.ts';

const READER = { clientId: 'cccccccc-0000-0000-0000-000000000001', objectId: 'cccccccc-0000-0000-0000-000000000002' };
const TOKEN_LIFETIME_MS = 3_600_000;

export interface ConformanceAzure {
  readonly azure: LoopbackAzure;
  /** Always yields a token, whatever the store says about its login. */
  readonly login: VaultLogin;
  openVaults(vaults: VaultEdits): Promise<KeyVaultServer>;
  close(): Promise<void>;
}

export async function startConformanceAzure(): Promise<ConformanceAzure> {
  const routes: Record<string, number> = {};
  const azure = await startLoopbackAzure({ routes });
  const undo = azure.trustInProcess();
  return {
    azure,
    login: loginOfReader(azure),
    openVaults: async (vaults) => {
      const server = await KeyVaultServer.start({
        authority: azure.authority,
        tokenKeys: () => azure.entra.jwks(),
        tenantId: TENANT_ID,
      });
      for (const host of Object.keys(routes)) Reflect.deleteProperty(routes, host);
      for (const name of Object.keys(vaults)) routes[hostOf(name)] = server.port;
      server.edit(vaults);
      return server;
    },
    close: async () => {
      undo();
      await azure.close();
    },
  };
}

function hostOf(vault: string): string {
  return vault.includes('.') ? vault : `${vault}.vault.azure.net`;
}

function loginOfReader({ entra }: LoopbackAzure): VaultLogin {
  const identity = { ...READER, tenantId: TENANT_ID, kind: 'application' } as const;
  return {
    identityOf: async (store, provider) => {
      const cloud = cloudOf(store, provider);
      return { cloud, identity: { type: 'managed-identity', authorityHost: cloud.authorityHost } };
    },
    credentialFor: ({ cloud }) => ({
      getToken: async () => ({
        token: entra.issueToken({ identity, resource: cloud.vaultResource ?? 'https://vault.azure.net' }),
        expiresOnTimestamp: Date.now() + TOKEN_LIFETIME_MS,
      }),
    }),
  };
}
