/**
 * Intents that a deployment put into ConfigMaps: read through the API by the names that the pod spec gives, and used only
 * if they are what was deployed. They are read once: a pod ends on the intents that it was started with, whatever
 * another deployment takes away meanwhile.
 *
 * Where they are custom resources, the ConfigMaps say which ones, and each is read by its name: a team's rights may not
 * reach further. One that cannot be read is a problem of its own, and stops no other.
 */
import { command, say } from '../../core/model/message.ts';
import pLimit from 'p-limit';
import type { Installation } from '../../core/deploy/installation.ts';
import { pinnedText, readIntents, type StoredIntents } from '../../core/deploy/intents-config.ts';
import { intentsDigestOf, pinsOf, type IntentsPin } from '../../core/deploy/intents-pins.ts';
import { withValue, type ManifestDocument } from '../../core/model/document.ts';
import type { KubernetesObject } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import { asPortError, PortError } from '../../ports/errors.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';
import type { Objects } from '../../ports/objects.ts';
import { together } from '../limits.ts';
import { findCronJob } from './installed-cron-job.ts';

/** ConfigMaps that are read at once: each may be a megabyte. */
const CONFIG_MAPS_AT_ONCE = 4;

type ObjectReader = Pick<Objects, 'read'>;

/** The texts of the ConfigMaps: what a pod keeps of them while it lives. */
export class PinnedIntents {
  readonly #objects: ObjectReader;
  readonly #namespace: string;
  readonly #pins: () => Promise<readonly IntentsPin[]>;
  #texts: Promise<readonly PinnedText[]> | undefined;
  #digest = '';

  /** Pins from elsewhere than the pod spec are asked for when they are needed. */
  constructor(
    objects: ObjectReader,
    { namespace }: Pick<Installation, 'namespace'>,
    pins: () => Promise<readonly IntentsPin[]>,
  ) {
    this.#objects = objects;
    this.#namespace = namespace;
    this.#pins = pins;
  }

  /** Of the intents that were read; '' before. */
  get digest(): string {
    return this.#digest;
  }

  /** Reads them, the first time. Rejects with a PortError where one is not what was deployed; then it may be tried again. */
  async texts(): Promise<readonly PinnedText[]> {
    const reading = (this.#texts ??= this.#read());
    try {
      return await reading;
    } catch (error) {
      if (this.#texts === reading) this.#texts = undefined;
      throw error;
    }
  }

  async #read(): Promise<readonly PinnedText[]> {
    const pins = await this.#pins();
    const texts = await pLimit(CONFIG_MAPS_AT_ONCE).map(pins, (pin) => this.#readOne(pin));
    this.#digest = intentsDigestOf(pins);
    return texts;
  }

  async #readOne(pin: IntentsPin): Promise<PinnedText> {
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: this.#namespace, name: pin.name };
    const configMap = await this.#objects.read(ref);
    if (configMap === undefined) throw absent(`${this.#namespace}/${pin.name}`);
    const text = pinnedText(configMap, pin);
    if (typeof text !== 'string') throw refused(text.problem);
    return { text, metadata: { name: pin.name, namespace: this.#namespace } };
  }
}

interface PinnedText extends Pick<KubernetesObject, 'metadata'> {
  readonly text: string;
}

export class StoredIntentsSource implements ManifestSource {
  readonly #objects: ObjectReader;
  readonly #intents: PinnedIntents;

  /** `objects` reads the custom resources. */
  constructor(objects: ObjectReader, intents: PinnedIntents) {
    this.#objects = objects;
    this.#intents = intents;
  }

  /** Of the intents that were loaded last; '' before. */
  get digest(): string {
    return this.#intents.digest;
  }

  async load(): Promise<Awaited<ReturnType<ManifestSource['load']>>> {
    const all = (await this.#intents.texts()).map(storedIn);
    const found = await Promise.all(all.map((one) => this.#documentsOf(one)));
    return {
      documents: found.flatMap(({ documents }) => documents),
      problems: found.flatMap(({ problems }) => problems),
    };
  }

  async #documentsOf({ home, documents }: StoredIntents): Promise<Awaited<ReturnType<ManifestSource['load']>>> {
    if (home === 'config-maps') return { documents, problems: [] };
    const read = await together(documents, (document) => this.#resource(document));
    return {
      documents: read.flatMap((one) => ('document' in one ? [one.document] : [])),
      problems: read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
    };
  }

  /** Messages still name the line of the manifest. */
  async #resource(
    stored: ManifestDocument,
  ): Promise<{ readonly document: ManifestDocument } | { readonly problem: Problem }> {
    const ref = { name: '', ...stored.head };
    try {
      const value = await this.#objects.read(ref);
      return value === undefined
        ? { problem: gone(stored) }
        : { document: { ...withValue(stored, value), home: 'cluster' } };
    } catch (error) {
      const failure = asPortError(error);
      if (failure.whole) throw failure;
      return { problem: unreadable(stored, failure) };
    }
  }
}

/** Which intents an installation has, for whoever looks from outside: as its pods are told. */
export async function pinsIn(objects: ObjectReader, installation: Installation): Promise<readonly IntentsPin[]> {
  return pinsOrRefusal(await findCronJob(objects, installation), installation);
}

export function pinsOrRefusal(
  cronJob: KubernetesObject | undefined,
  { namespace, name }: Installation,
): readonly IntentsPin[] {
  const pins = cronJob === undefined ? [] : pinsOf(cronJob);
  if (pins.length > 0) return pins;
  const what = cronJob === undefined ? 'does not exist' : 'does not say which ConfigMaps hold its intents';
  throw new PortError({
    kind: 'NotFound',
    code: 'NoIntents',
    whole: true,
    what: `CronJob ${namespace}/${name} ${what}`,
    fix: say`Deploy again: ${command('deploy', { setting: 'filename', short: 'f', placeholder: 'MANIFESTS' })}.`,
  });
}

function storedIn({ text, metadata }: PinnedText): StoredIntents {
  const stored = readIntents(text, { metadata });
  if ('problem' in stored) throw refused(stored.problem);
  return stored;
}

function absent(name: string): PortError {
  return new PortError({
    kind: 'NotFound',
    code: 'NoIntents',
    whole: true,
    what: `ConfigMap ${name}, which holds the intents, does not exist`,
    fix: say`Deploy again: ${command('deploy', { setting: 'filename', short: 'f', placeholder: 'MANIFESTS' })}.`,
  });
}

function gone(document: ManifestDocument): Problem {
  return {
    ...about(document),
    code: 'resource-gone',
    what: 'was deleted from the cluster, and the deployment still has it',
    fix: 'Deploy again, with it or without it.',
  };
}

function unreadable(document: ManifestDocument, { what, fix }: PortError): Problem {
  return { ...about(document), code: 'resource-unreadable', what, fix };
}

function about({ head: { kind, namespace, name = '' }, origin }: ManifestDocument) {
  const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  return { severity: 'error' as const, at, ...(origin === undefined ? {} : { origin }) };
}

function refused({ code, at, what, fix }: Problem): PortError {
  const details = {
    kind: 'Invalid',
    whole: true,
    what: say`${at === undefined ? '' : `${refText(at)} `}${what}`,
    fix,
  } as const;
  return code === 'tampered-intents'
    ? new PortError({ ...details, code: 'TamperedIntents' })
    : new PortError({ ...details, code: 'UnreadableIntents' });
}
