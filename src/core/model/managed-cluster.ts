/** An AKS cluster, by the parts of its resource id. */
export interface ManagedClusterId {
  /** A GUID. */
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The resource id as Azure writes it. */
export function managedClusterPath({ subscriptionId, resourceGroup, name }: ManagedClusterId): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}
