/**
 * The resource id of an AKS cluster, as a person gives it.
 *
 * Azure compares the words of an id without case. Parts are checked by Azure's naming rules, so that nothing in them
 * can change the path of a request.
 */
import type { Message } from '../model/message.ts';
import { say, setting } from '../model/message.ts';
import { managedClusterPath, type ManagedClusterId } from '../model/managed-cluster.ts';

export interface WrongId {
  readonly what: Message;
  readonly fix: Message;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Microsoft Learn, naming rules: 1–90 letters, digits, `-`, `_`, `.`, `(`, `)`, no dot at the end. */
const RESOURCE_GROUP = /^[\p{L}\p{N}\-_.()]{0,89}[\p{L}\p{N}\-_()]$/u;
/** Microsoft Learn, naming rules: 1–63 letters, digits, `-`, `_`, letters and digits at both ends. */
const CLUSTER = /^[a-z0-9]([a-z0-9\-_]{0,61}[a-z0-9])?$/i;
/** Three parts of names; a text around them tells a link or a part of the cluster. */
const SOMEWHERE =
  /\/?subscriptions\/([^/?#\s"']+)\/resourcegroups\/([^/?#\s"']+)\/providers\/microsoft\.containerservice\/managedclusters\/([^/?#\s"']+)/i;
const SHAPE =
  '/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/NAME';

export function parseAksCluster(text: string): ManagedClusterId | WrongId {
  const found = SOMEWHERE.exec(decoded(text));
  if (found === null) return noId(text);
  const [whole, subscriptionId = '', resourceGroup = '', name = ''] = found;
  const id = { subscriptionId, resourceGroup, name };
  const wrong = wrongPart(id);
  if (wrong !== undefined) return wrong;
  if (whole === text && whole.startsWith('/')) return id;
  return { what: `"${text}" is more, or less, than the id of a cluster`, fix: `Write ${managedClusterPath(id)}.` };
}

/** Links of the portal may have their slashes encoded. */
function decoded(text: string): string {
  return text.replaceAll(/%2f/gi, '/').replaceAll(/%20/g, ' ');
}

function wrongPart({ subscriptionId, resourceGroup, name }: ManagedClusterId): WrongId | undefined {
  if (!GUID.test(subscriptionId)) {
    const fix = `Put its id there: az account show --subscription "${subscriptionId}" --query id --output tsv prints it.`;
    return { what: `has the subscription "${subscriptionId}", which is no id`, fix };
  }
  if (!RESOURCE_GROUP.test(resourceGroup)) {
    return { what: `has the resource group "${resourceGroup}", and none can be called so`, fix: 'Correct the name.' };
  }
  if (CLUSTER.test(name)) return undefined;
  return { what: `has the cluster "${name}", and none can be called so`, fix: 'Correct the name.' };
}

function noId(text: string): WrongId {
  if (/\/connectedclusters\//i.test(text)) {
    return {
      what: 'is the id of an Arc-connected cluster, not of AKS',
      fix: say`Give ${setting('kubeconfig')} for such a cluster.`,
    };
  }
  const type = /\/providers\/([\w.]+\/\w+)\//i.exec(text)?.[1];
  if (type !== undefined) {
    return { what: `is the id of a ${type}, not of a cluster`, fix: `The id of a cluster has the form ${SHAPE}.` };
  }
  const [group, subscription] = [
    /\/resourcegroups\/([^/\s]+)/i.exec(text)?.[1],
    /subscriptions\/([^/\s]+)/i.exec(text)?.[1],
  ];
  if (group !== undefined && subscription !== undefined) {
    const id = { subscriptionId: subscription, resourceGroup: group, name: 'NAME' };
    return { what: `"${text}" names no cluster`, fix: `Write ${managedClusterPath(id)}.` };
  }
  return { what: `"${text}" is not the resource id of a cluster`, fix: `${whereToFindIt(text)} has it: ${SHAPE}.` };
}

/** A bare name, or a group with a name, goes into the command that prints the id. */
function whereToFindIt(text: string): string {
  const [name, group, ...rest] = text.split('/').toReversed();
  const isName = rest.length === 0 && CLUSTER.test(name ?? '') && RESOURCE_GROUP.test(group ?? 'GROUP');
  const [cluster, resourceGroup] = isName ? [name ?? '', group ?? 'GROUP'] : ['NAME', 'GROUP'];
  return `az aks show --resource-group ${resourceGroup} --name ${cluster} --query id --output tsv`;
}
