/** A connection → the ports of a run in a real cluster. */
import type { KubernetesObject, TypedRef } from '../../core/model/kubernetes-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { Finalizers } from '../../ports/finalizers.ts';
import type { FanOuts } from '../../ports/fan-outs.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';
import type { Objects } from '../../ports/objects.ts';
import type { Publisher } from '../../ports/publisher.ts';
import type { State } from '../../ports/state.ts';
import type { Connection } from './connection.ts';
import { CustomResources, type Reach } from './custom-resources.ts';
import { CronJobEvents, EventPublisher } from './event-publisher.ts';
import { KubernetesCluster } from './kubernetes-cluster.ts';
import { KubernetesFanOuts } from './kubernetes-fan-outs.ts';
import { KubernetesObjects } from './kubernetes-objects.ts';
import { RecordedState } from './recorded-state.ts';
import { StateConfigMaps, type StateOwner } from './state-config-maps.ts';
import { ResourceFinalizers } from './resource-finalizers.ts';
import { StatusState } from './status-state.ts';

export interface KubernetesOptions {
  readonly clock: Clock;
  readonly home: 'files' | 'config-maps' | 'custom-resources';
  /** Custom resources of this namespace only. */
  readonly namespace?: string;
  /** Custom resources are read by name, as a deployment's job may: nothing is listed. */
  readonly byName?: boolean;
  readonly installation: { readonly name: string; readonly namespace?: string };
  /** Absent = whoever comes may use the records. */
  readonly stateOwner?: (installation: { readonly name: string; readonly namespace: string }) => StateOwner;
}

export interface KubernetesPorts {
  readonly connection: Connection;
  readonly cluster: Cluster;
  readonly state: State;
  readonly publisher: Publisher;
  readonly objects: Objects;
  /** Where the state is. */
  readonly installation: { readonly name: string; readonly namespace: string };
  /** How many ConfigMaps hold the state. */
  readonly stateCount: () => Promise<number>;
  /** The state of another installation in the same cluster. */
  readonly stateOf: (installation: { readonly name: string; readonly namespace: string }) => {
    readonly state: State;
    readonly stateCount: () => Promise<number>;
  };
  /** Only where the intents are custom resources. */
  readonly fanOuts?: FanOuts;
  readonly manifests?: ManifestSource;
  readonly finalizers?: Finalizers;
  /** A custom resource by its name; what it says is remembered, so that its status need not be asked for again. */
  readonly findResource?: (ref: TypedRef) => Promise<KubernetesObject | undefined>;
}

/** Files have nothing in the cluster that an Event could hang on. */
const SILENT: Publisher = { event: () => Promise.resolve() };

/** Sends nothing yet. */
export function openKubernetes(connection: Connection, options: KubernetesOptions): KubernetesPorts {
  const { name, namespace = connection.namespace ?? 'default' } = options.installation;
  const cluster = new KubernetesCluster(connection);
  const installation = { name, namespace };
  const maps = new StateConfigMaps(connection, installation, options.stateOwner?.(installation));
  const objects = new KubernetesObjects(connection);
  const stateOf: KubernetesPorts['stateOf'] = (other) => {
    const theirs = new StateConfigMaps(connection, other);
    return { state: new RecordedState(theirs), stateCount: () => theirs.count() };
  };
  const shared = { connection, cluster, objects, installation, stateCount: () => maps.count(), stateOf };
  if (options.home !== 'custom-resources') {
    const publisher = options.home === 'files' ? SILENT : new CronJobEvents(connection, installation, options.clock);
    return { ...shared, state: new RecordedState(maps), publisher };
  }
  const resources = new CustomResources(connection, reachOf(options));
  return {
    ...shared,
    state: new StatusState({ connection, resources, maps }),
    publisher: new EventPublisher(connection, resources, options.clock),
    manifests: resources,
    finalizers: new ResourceFinalizers(connection, resources),
    fanOuts: new KubernetesFanOuts(connection, resources),
    findResource: async ({ kind, namespace, name }) => {
      const found = await resources.find({ kind, name, ...(namespace === undefined ? {} : { namespace }) });
      return found as KubernetesObject | undefined;
    },
  };
}

function reachOf({ byName, namespace }: KubernetesOptions): Reach {
  if (byName === true) return 'by-name';
  return namespace === undefined ? 'cluster' : { namespace };
}
