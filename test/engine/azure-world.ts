/** Ports over an in-memory cluster and the real Azure adapter against loopback Azure, as in a GitHub job. */
import { DEFAULT_AZURE_SETTINGS } from '../../src/adapters/azure/settings.ts';
import { RedactingMasker } from '../../src/adapters/node/redacting.ts';
import { createProviders } from '../../src/adapters/providers.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import type { Ports } from '../../src/engine/ports.ts';
import {
  FakeClock,
  FakeRandom,
  InMemoryCluster,
  RecordedState,
  RecordingLogger,
  RecordingPublisher,
  type KubernetesObject,
} from '../fakes/index.ts';
import { MANAGED_CLIENT_ID, type LoopbackAzure } from '../servers/index.ts';

export interface AzureWorld {
  readonly cluster: InMemoryCluster;
  readonly state: RecordedState;
  readonly publisher: RecordingPublisher;
  readonly logger: RecordingLogger;
  /** Ports of a new run: tokens and clients are new, cluster and state stay. */
  readonly ports: (manifests: string) => Ports;
}

/** Time stands still at the real now, because tokens carry real times; waiting only moves it. */
export function azureWorld(azure: LoopbackAzure, objects: readonly KubernetesObject[] = []): AzureWorld {
  const clock = new FakeClock(new Date());
  const random = new FakeRandom();
  const cluster = new InMemoryCluster({ clock });
  cluster.applyAll(objects);
  const [state, publisher, logger] = [new RecordedState(), new RecordingPublisher(), new RecordingLogger()];
  const newProviders = () =>
    createProviders({
      cluster,
      clock,
      masker: new RedactingMasker(),
      logger,
      environment: azure.environment(),
      settings: { ...DEFAULT_AZURE_SETTINGS, azureClientId: MANAGED_CLIENT_ID },
    });
  return {
    cluster,
    state,
    publisher,
    logger,
    ports: (manifests) => ({
      manifests: { load: async () => parseDocuments('manifests.yaml', manifests) },
      cluster,
      state,
      providers: newProviders(),
      publisher,
      clock,
      random,
      logger,
    }),
  };
}
