/** Ports over an in-memory cluster and the real Azure adapter against loopback Azure, as in a GitHub job. */
import type { OpenVault } from '../../src/adapters/azure/azure-providers.ts';
import { createRegistryTokens } from '../../src/adapters/azure/container-registry/access-token.ts';
import { openKeyVault } from '../../src/adapters/azure/key-vault.ts';
import { openVaultMetadata } from '../../src/adapters/azure/vault-metadata.ts';
import { DEFAULT_AZURE_SETTINGS } from '../../src/adapters/azure/settings.ts';
import { RedactingMasker } from '../../src/adapters/node/redacting.ts';
import { createProviders } from '../../src/adapters/providers.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import type { Ports, ReadPorts } from '../../src/engine/sync/ports.ts';
import { withoutValues } from '../../src/engine/sync/without-values.ts';
import type { ClusterReader } from '../../src/ports/cluster.ts';
import {
  FakeClock,
  FakeRandom,
  InMemoryCluster,
  RecordedState,
  RecordingLogger,
  RecordingPublisher,
  type KubernetesObject,
} from '../fakes/index.ts';
import { MANAGED_CLIENT_ID, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';

export interface AzureWorld {
  readonly cluster: InMemoryCluster;
  readonly state: RecordedState;
  readonly publisher: RecordingPublisher;
  readonly logger: RecordingLogger;
  readonly clock: FakeClock;
  /** Ports of a new run: tokens and clients are new, cluster and state stay. */
  readonly ports: (manifests: string) => Ports;
  /** Those of a plan without values. */
  readonly metadataPorts: (manifests: string) => ReadPorts;
}

/** Time stands still at the real now, because tokens carry real times; waiting only moves it. */
export function azureWorld(azure: LoopbackAzure, objects: readonly KubernetesObject[] = []): AzureWorld {
  const clock = new FakeClock(new Date());
  const random = new FakeRandom();
  const cluster = new InMemoryCluster({ clock });
  cluster.applyAll(objects);
  const [state, publisher, logger] = [new RecordedState(), new RecordingPublisher(), new RecordingLogger()];
  const contextOf = (seen: ClusterReader) => ({
    cluster: seen,
    clock,
    masker: new RedactingMasker(),
    logger,
    environment: azure.environment(),
    settings: { ...DEFAULT_AZURE_SETTINGS, azureClientId: MANAGED_CLIENT_ID, azureTenantId: TENANT_ID },
  });
  const readPorts = (manifests: string, openVault: OpenVault, seen: ClusterReader): Omit<ReadPorts, 'fanOuts'> => ({
    manifests: { load: async () => parseDocuments('manifests.yaml', manifests) },
    cluster: seen,
    state,
    providers: createProviders({ openVault, ...contextOf(seen) }),
    generators: createRegistryTokens(contextOf(seen)),
    clock,
    random,
    logger,
  });
  return {
    cluster,
    state,
    publisher,
    logger,
    clock,
    ports: (manifests) => ({ ...readPorts(manifests, openKeyVault, cluster), cluster, state, publisher }),
    metadataPorts: (manifests) => readPorts(manifests, openVaultMetadata, withoutValues(cluster)),
  };
}
