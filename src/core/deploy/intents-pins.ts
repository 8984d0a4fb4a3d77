/**
 * Which ConfigMaps hold the intents of a pod, each with the digest of what is in it. The list stands in the pod spec, so
 * that only who may change that decides what the job reads; a ConfigMap that says something else is not used.
 */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { fieldsOf } from '../model/fields.ts';
import { digestOf } from './installation.ts';

export interface IntentsPin {
  /** Of the ConfigMap, in the installation's namespace. */
  readonly name: string;
  /** SHA-256 of the text in it, hex. */
  readonly digest: string;
}

/** The variable of the container: `NAME=DIGEST,NAME=DIGEST`. */
export const INTENTS_VARIABLE = 'KEYFERRY_INTENTS';

const PIN = /^(?<name>[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?)=(?<digest>[0-9a-f]{64})$/u;

export function pinText({ name, digest }: IntentsPin): string {
  return `${name}=${digest}`;
}

/** `undefined` where it is no pin. */
export function pinIn(text: string): IntentsPin | undefined {
  const { name, digest } = PIN.exec(text)?.groups ?? {};
  return name === undefined || digest === undefined ? undefined : { name, digest };
}

/** One digest for all: says which intents a pass has seen. */
export function intentsDigestOf(pins: readonly IntentsPin[]): string {
  return digestOf(pins.map(pinText).join('\n'));
}

/** The pins in the pod spec of a CronJob; none where it has no list, or one that this program did not write. */
export function pinsOf(cronJob: KubernetesObject): readonly IntentsPin[] {
  const jobSpec = fieldsOf(fieldsOf(fieldsOf(cronJob['spec'])['jobTemplate'])['spec']);
  const { containers } = fieldsOf(fieldsOf(jobSpec['template'])['spec']);
  const variables = listOf(containers).flatMap((container) => listOf(fieldsOf(container)['env']));
  const { value } = fieldsOf(variables.find((one) => fieldsOf(one)['name'] === INTENTS_VARIABLE));
  const pins = typeof value === 'string' ? value.split(',').map(pinIn) : [];
  return pins.every((pin) => pin !== undefined) ? pins : [];
}

/** Has another deployment replaced what a pod was started with? */
export function isReplaced(own: readonly IntentsPin[], cronJob: KubernetesObject): boolean {
  const now = pinsOf(cronJob);
  return now.length > 0 && intentsDigestOf(now) !== intentsDigestOf(own);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
