/**
 * Settings → an AKS cluster, reached with an identity alone: Azure's kubeconfig and tokens, Kubernetes' client.
 *
 * Entries that may reach one hand it down; the job, which is inside its cluster, does not, and so does not carry it.
 */
import { openManagedCluster } from '../adapters/azure/resource-manager/managed-cluster.ts';
import type { Connection } from '../adapters/kubernetes/connection.ts';
import { systemClock } from '../adapters/node/clock.ts';
import type { ManagedClusterId } from '../core/model/managed-cluster.ts';
import type { Settings } from '../core/settings/parse.ts';
import { azureSettingsOf } from './azure-settings.ts';
import type { RunContext } from './ports.ts';

export type ConnectToAks = (id: ManagedClusterId, settings: Settings, outside: RunContext) => Promise<Connection>;

/** Asks Entra and Resource Manager; nothing of the cluster yet. Rejects with a PortError. */
export const connectToAks: ConnectToAks = async (id, settings, { environment, logger, masker }) => {
  const { aksClientId = settings.azureClientId } = settings;
  const shared = { environment, logger, masker, clock: systemClock, random: Math.random };
  const azureSettings = {
    ...azureSettingsOf(settings),
    ...(aksClientId === undefined ? {} : { azureClientId: aksClientId }),
  };
  const cluster = openManagedCluster({ ...shared, settings: azureSettings }, id, settings.azureEnvironment);
  const text = await cluster.kubeconfig();
  const { connectToManagedCluster } = await import(
    /* webpackMode: "eager" */ '../adapters/kubernetes/managed-cluster.ts'
  );
  const { resourceGroup, name } = id;
  const integrate = `az aks update --resource-group ${resourceGroup} --name ${name} --enable-aad --enable-azure-rbac`;
  return connectToManagedCluster(
    { text, name: `the kubeconfig of AKS cluster ${name}`, integrate },
    cluster.login,
    shared,
  );
};
