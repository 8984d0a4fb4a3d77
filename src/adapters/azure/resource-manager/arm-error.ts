/**
 * Resource Manager's refusals in words that say what to do.
 *
 * Whoever has no right is told the same of a cluster that exists and of one that does not, so the words leave both open.
 */
import { say, setting } from '../../../core/model/message.ts';
import { managedClusterPath, type ManagedClusterId } from '../../../core/model/managed-cluster.ts';
import { PortError, type PortErrorDetails } from '../../../ports/errors.ts';
import { callerOf } from '../caller.ts';
import type { ArmRefusal } from './arm-answer.ts';

/** What was asked of it. */
export interface ArmRequest {
  readonly cluster: ManagedClusterId;
  /** `management.azure.com`. */
  readonly host: string;
  readonly tenantId: string;
  /** Who asked, where that is known. */
  readonly clientId?: string;
}

type Words = Omit<PortErrorDetails, 'whole' | 'code'>;

const CLUSTER_USER = 'Azure Kubernetes Service Cluster User Role';

export function armError(refusal: ArmRefusal, request: ArmRequest): PortError {
  const { code, status, correlationId } = refusal;
  const words = wordsOf(refusal, request);
  const trace = correlationId === undefined ? '' : ` Correlation id ${correlationId}.`;
  return new PortError({ ...words, fix: say`${words.fix}${trace}`, code: code || `HTTP${status}`, whole: true });
}

function wordsOf(refusal: ArmRefusal, request: ArmRequest): Words {
  const { status, code } = refusal;
  if (status === 429) return throttledWords(request);
  if (status === 407) return proxyWords(request);
  if (status >= 500 || status === 408) return serverWords(refusal, request);
  if (code === '') return strangerWords(refusal, request);
  if (status === 401) return unauthenticatedWords(refusal, request);
  if (status === 403) return forbiddenWords(refusal, request);
  if (status === 404) return notFoundWords(refusal, request);
  if (status === 409) return busyWords(refusal, request);
  return invalidWords(refusal, request);
}

function throttledWords({ cluster }: ArmRequest): Words {
  return {
    kind: 'Throttled',
    what: `Azure Resource Manager refused the request for ${nameOf(cluster)}: too many requests, also after waiting`,
    fix: 'Other programs use this subscription too; run again later.',
  };
}

function proxyWords({ host }: ArmRequest): Words {
  return {
    kind: 'Unauthenticated',
    what: 'the proxy before Azure Resource Manager asks for a login (HTTP 407)',
    fix: `Put user and password into HTTPS_PROXY, or name ${host} in NO_PROXY.`,
  };
}

function serverWords({ status, code }: ArmRefusal, { cluster }: ArmRequest): Words {
  return {
    kind: 'Unavailable',
    what: `Azure Resource Manager failed to answer for ${nameOf(cluster)} (HTTP ${status}${code === '' ? '' : `, ${code}`})`,
    fix: 'Run again later; see the status page of Azure if it lasts.',
  };
}

function strangerWords({ status }: ArmRefusal, { host }: ArmRequest): Words {
  return {
    kind: 'Malformed',
    what: `something else answered in place of Azure Resource Manager (HTTP ${status}, not in its form)`,
    fix: `A proxy or gateway stands between: let ${host} pass there, or name it in NO_PROXY.`,
  };
}

function unauthenticatedWords({ code, tenantId: right }: ArmRefusal, request: ArmRequest): Words {
  const { cluster, host, tenantId } = request;
  if (code === 'InvalidAuthenticationTokenTenant') {
    return {
      kind: 'Unauthenticated',
      what: `the subscription of ${nameOf(cluster)} belongs to ${right === undefined ? 'another tenant' : `tenant ${right}`}, the token is of tenant ${tenantId}`,
      fix: say`Set ${setting('azure-tenant-id')} to ${right ?? 'that tenant'}, and use an identity that exists there.`,
    };
  }
  if (code === 'InvalidAuthenticationTokenAudience') {
    const fix = say`Set ${setting('azure-environment')} to the cloud of the cluster.`;
    return { kind: 'Unauthenticated', what: `${host} refused the token: it is for another cloud (${code})`, fix };
  }
  return {
    kind: 'Unauthenticated',
    what: `Azure Resource Manager refused the token (${code})`,
    fix: say`Run again; if it stays, check ${setting('azure-tenant-id')} and the clock of this machine.`,
  };
}

function forbiddenWords({ code, objectId, action }: ArmRefusal, { cluster, clientId }: ArmRequest): Words {
  if (code !== 'AuthorizationFailed') {
    return {
      kind: 'Forbidden',
      what: `Azure Resource Manager does not let this identity reach ${nameOf(cluster)} (${code})`,
      fix: 'A policy, a lock or a deny assignment of the subscription forbids it: ask its administrator.',
    };
  }
  const who = callerOf(objectId, clientId);
  const did = action === undefined ? '' : ` (${action})`;
  const command = `az role assignment create --role "${CLUSTER_USER}" ${who.roleFlags} --scope "${managedClusterPath(cluster)}"`;
  return {
    kind: 'Forbidden',
    what: `${who.name} may not fetch the kubeconfig of ${nameOf(cluster)}${did}`,
    fix: `Give it "${CLUSTER_USER}" on that cluster: ${command}. A new assignment can take ten minutes. Check the id of the cluster too: without a right, Azure says the same of clusters that do not exist.`,
  };
}

function notFoundWords({ code }: ArmRefusal, { cluster, tenantId }: ArmRequest): Words {
  const { subscriptionId, resourceGroup, name } = cluster;
  switch (code) {
    case 'SubscriptionNotFound':
      return {
        kind: 'NotFound',
        what: say`subscription ${subscriptionId} of ${setting('aks-cluster')} does not exist for an identity of tenant ${tenantId}`,
        fix: say`Check the subscription, ${setting('azure-tenant-id')}, and ${setting('azure-environment')} if it is in another cloud.`,
      };
    case 'ResourceGroupNotFound':
      return {
        kind: 'NotFound',
        what: say`resource group "${resourceGroup}" of ${setting('aks-cluster')} does not exist in subscription ${subscriptionId}`,
        fix: 'Correct the id. The group of the cluster itself is meant, not the one of its nodes (MC_…).',
      };
    default:
      return {
        kind: 'NotFound',
        what: `there is no AKS cluster "${name}" in resource group "${resourceGroup}" (${code})`,
        fix: `Correct the id: az aks list --subscription ${subscriptionId} --query "[].id" --output tsv prints those that there are.`,
      };
  }
}

function busyWords({ code }: ArmRefusal, { cluster }: ArmRequest): Words {
  return {
    kind: 'Unavailable',
    what: `${nameOf(cluster)} is being changed, and gives no kubeconfig meanwhile (${code})`,
    fix: 'Run again in some minutes.',
  };
}

function invalidWords({ code, status, isAboutLocalAccounts }: ArmRefusal, { cluster, host }: ArmRequest): Words {
  if (isAboutLocalAccounts) {
    return {
      kind: 'Forbidden',
      what: `${nameOf(cluster)} has its local accounts switched off, and no Entra integration in their place: nobody can log in`,
      fix: `Integrate it: az aks update --resource-group ${cluster.resourceGroup} --name ${cluster.name} --enable-aad --enable-azure-rbac.`,
    };
  }
  if (/ApiVersion|NoRegisteredProvider|InvalidResourceType/.test(code)) {
    return {
      kind: 'Invalid',
      what: `${host} does not serve AKS as this program asks for it (${code})`,
      fix: say`Check ${setting('azure-environment')}; until that cloud is ready, give a kubeconfig.`,
    };
  }
  return {
    kind: 'Invalid',
    what: `Azure Resource Manager does not understand the request for ${nameOf(cluster)} (${code}, HTTP ${status})`,
    fix: say`Check ${setting('aks-cluster')}.`,
  };
}

function nameOf({ name }: ManagedClusterId): string {
  return `AKS cluster ${name}`;
}
