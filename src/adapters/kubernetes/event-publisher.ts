/** Events on custom resources, as the operator's recorder makes them: one object per message, counted when it recurs. */
import { createHash } from 'node:crypto';
import type { ObjectEvent } from '../../core/model/condition.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { wholeSeconds } from '../../core/model/sync-record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Publisher } from '../../ports/publisher.ts';
import type { Connection } from './connection.ts';
import type { CustomResources } from './custom-resources.ts';
import { ApiRefusal, type Json, type Target } from './object-api.ts';
import { metadataOf } from './secret-object.ts';
import { toPortError } from './to-port-error.ts';

/** Kubernetes: the longest message of an Event, in characters. */
const LONGEST_MESSAGE = 1024;
const COMPONENT = 'keyferry';

export class EventPublisher implements Publisher {
  readonly #connection: Connection;
  readonly #resources: CustomResources;
  readonly #clock: Clock;

  constructor(connection: Connection, resources: CustomResources, clock: Clock) {
    this.#connection = connection;
    this.#resources = resources;
    this.#clock = clock;
  }

  async event(ref: ObjectRef, event: ObjectEvent): Promise<void> {
    const object = await this.#resources.find(ref);
    if (object === undefined) return;
    const target = eventTarget(ref, object, event);
    try {
      await this.#publish(target, eventObject(ref, object, event), this.#clock.now());
    } catch (error) {
      const { description: cluster, server } = this.#connection;
      throw toPortError(error, { cluster, server, object: `an Event on ${refText(ref)}` });
    }
  }

  async #publish(target: Target, object: Json, now: Date): Promise<void> {
    const { api } = this.#connection;
    const time = wholeSeconds(now);
    try {
      await api.create(target, { ...object, firstTimestamp: time, lastTimestamp: time, count: 1 }, COMPONENT);
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.httpStatus !== 409) throw error;
      const { count } = (await api.read(target)) as { readonly count?: number };
      await api.mergePatch(target, { lastTimestamp: time, count: (count ?? 1) + 1 }, COMPONENT);
    }
  }
}

/** Kubernetes keeps Events on cluster-scoped objects in the namespace default. */
function eventTarget(ref: ObjectRef, object: Json, { type, reason, message }: ObjectEvent): Target {
  const said = [metadataOf(object).uid, type, reason, message].join('\n');
  const mark = createHash('sha256').update(said).digest('hex').slice(0, 16);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    namespace: ref.namespace ?? 'default',
    name: `${ref.name.slice(0, 236)}.${mark}`,
  };
}

function eventObject(ref: ObjectRef, object: Json, { type, reason, message }: ObjectEvent): Json {
  const { uid = '', resourceVersion = '' } = metadataOf(object);
  return {
    involvedObject: { apiVersion: object['apiVersion'], ...ref, uid, resourceVersion },
    type,
    reason,
    message: message.slice(0, LONGEST_MESSAGE),
    source: { component: COMPONENT },
    reportingComponent: COMPONENT,
  };
}
