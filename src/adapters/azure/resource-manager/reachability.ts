/** Why an API server of AKS does not answer, from what Resource Manager knows of the cluster. */
import { command, say } from '../../../core/model/message.ts';
import { isRecord, type Fields } from '../../../core/model/fields.ts';
import type { ManagedClusterId } from '../../../core/model/managed-cluster.ts';
import type { PortErrorDetails } from '../../../ports/errors.ts';

/** Undefined where the cluster should answer anybody. `code` is what Node said of the attempt. */
export function silenceWords(
  properties: Fields,
  { resourceGroup, name }: ManagedClusterId,
  code: string,
): PortErrorDetails | undefined {
  const words = { kind: 'Unavailable', whole: true } as const;
  const cluster = `--resource-group ${resourceGroup} --name ${name}`;
  const access = memberOf(properties, 'apiServerAccessProfile');
  if (memberOf(properties, 'powerState')['code'] === 'Stopped') {
    const fix = `Start it: az aks start ${cluster}. Its CronJobs do not run either while it is stopped.`;
    return { ...words, code: 'ClusterStopped', what: `cluster ${name} is stopped`, fix };
  }
  const state = properties['provisioningState'];
  if (state === 'Deleting' || state === 'Creating') {
    const what = `cluster ${name} is being ${state === 'Deleting' ? 'deleted' : 'created'} and does not answer (${code})`;
    return { ...words, code: 'ClusterNotReady', what, fix: 'Wait until that is done.' };
  }
  if (access['enablePrivateCluster'] === true) {
    return {
      ...words,
      code: 'PrivateCluster',
      what: `cluster ${name} is private, and could not be reached from this machine (${code})`,
      fix: say`Run on a machine inside its network: a runner of your own there, or GitHub's runners with a virtual network. For an installation alone, apply what ${command('render')} makes: az aks command invoke ${cluster} --command "kubectl apply --server-side -f all.yaml" --file all.yaml. What is installed refreshes Secrets without this machine.`,
    };
  }
  const ranges = rangesOf(access['authorizedIPRanges']);
  if (ranges.length === 0) return undefined;
  return {
    ...words,
    code: 'AuthorizedRanges',
    what: `cluster ${name} answers its authorised IP ranges only (${shortList(ranges)}), and did not answer this machine (${code})`,
    fix: `Run inside these ranges, or add the address of this machine to them, all in one list: az aks update ${cluster} --api-server-authorized-ip-ranges "${ranges.join(',')},ADDRESS/32". Hosted runners change their address: use one with a fixed address, or install once and let the CronJob refresh.`,
  };
}

function memberOf(properties: Fields, name: string): Fields {
  const member = properties[name];
  return isRecord(member) ? member : {};
}

function rangesOf(value: unknown): readonly string[] {
  const ranges: readonly unknown[] = Array.isArray(value) ? value : [];
  return ranges.filter((range): range is string => typeof range === 'string' && /^[0-9a-fA-F:./]{2,50}$/.test(range));
}

function shortList(ranges: readonly string[]): string {
  const shown = ranges.slice(0, 5).join(', ');
  return ranges.length > 5 ? `${shown} and ${ranges.length - 5} more` : shown;
}
