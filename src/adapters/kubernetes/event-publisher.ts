/** Events as the operator's recorder makes them: one object per message, counted when it recurs. */
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
/** Of each type on one CronJob in one pass: with more of them nobody would see the one that matters. */
const MOST_EVENTS = 50;

/** Where the intents are custom resources: on each of them. */
export class EventPublisher implements Publisher {
  readonly #recorder: Recorder;
  readonly #resources: CustomResources;

  constructor(connection: Connection, resources: CustomResources, clock: Clock) {
    this.#recorder = new Recorder(connection, clock);
    this.#resources = resources;
  }

  async event(ref: ObjectRef, event: ObjectEvent): Promise<void> {
    const object = await this.#resources.find(ref);
    if (object !== undefined) await this.#recorder.record(ref, object, event);
  }
}

/** Where they are in ConfigMaps: on the CronJob of the installation, each with the name of what it is about. */
export class CronJobEvents implements Publisher {
  readonly #connection: Connection;
  readonly #recorder: Recorder;
  readonly #ref: ObjectRef & { readonly namespace: string };
  readonly #published = { Normal: 0, Warning: 0 };
  #cronJob: Promise<Json | undefined> | undefined;

  constructor(
    connection: Connection,
    installation: { readonly name: string; readonly namespace: string },
    clock: Clock,
  ) {
    this.#connection = connection;
    this.#recorder = new Recorder(connection, clock);
    this.#ref = { kind: 'CronJob', ...installation };
  }

  async event(ref: ObjectRef, event: ObjectEvent): Promise<void> {
    this.#published[event.type] += 1;
    if (this.#published[event.type] > MOST_EVENTS) return;
    this.#cronJob ??= this.#read();
    const cronJob = await this.#cronJob;
    if (cronJob === undefined) return;
    const name = refText(ref);
    const message = event.message.startsWith(name) ? event.message : `${name}: ${event.message}`;
    await this.#recorder.record(this.#ref, cronJob, { ...event, message });
  }

  /** `undefined` = whoever runs the passes, it is no CronJob of this name. */
  async #read(): Promise<Json | undefined> {
    const { api, description: cluster, server } = this.#connection;
    const target = { apiVersion: 'batch/v1', ...this.#ref };
    try {
      return { ...(await api.read(target)), apiVersion: target.apiVersion };
    } catch (error) {
      const failure = toPortError(error, { cluster, server, object: refText(this.#ref) });
      if (failure.kind === 'NotFound') return undefined;
      throw failure;
    }
  }
}

class Recorder {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async record(ref: ObjectRef, object: Json, event: ObjectEvent): Promise<void> {
    const target = eventTarget(ref, object, event);
    try {
      await this.#publish(target, eventObject(ref, object, event), this.#clock.now());
    } catch (error) {
      const { description: cluster, server } = this.#connection;
      throw toPortError(error, { cluster, server, object: `an Event on ${refText(ref)}` });
    }
  }

  /** Two patches count one that recurs: the first says how many there were, so that no right to read Events is needed. */
  async #publish(target: Target, object: Json, now: Date): Promise<void> {
    const { api } = this.#connection;
    const time = wholeSeconds(now);
    try {
      await api.create(target, { ...object, firstTimestamp: time, lastTimestamp: time, count: 1 }, COMPONENT);
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.httpStatus !== 409) throw error;
      const { count = 1 } = (await api.mergePatch(target, { lastTimestamp: time }, COMPONENT)) as { count?: number };
      await api.mergePatch(target, { count: count + 1 }, COMPONENT);
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
