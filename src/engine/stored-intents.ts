/**
 * Intents that a deployment put into ConfigMaps: read through the API, never from a mount, so that they are the newest.
 *
 * Where they are custom resources, the ConfigMaps say which ones, and each is read by its name: a team's rights may not
 * reach further. One that cannot be read is a problem of its own, and stops no other.
 */
import pLimit from 'p-limit';
import { names, type Installation } from '../core/deploy/installation.ts';
import { readIntentsConfig, type StoredIntents } from '../core/deploy/intents-config.ts';
import type { ManifestDocument } from '../core/model/document.ts';
import { typedRefOf, type KubernetesObject } from '../core/model/kubernetes-object.ts';
import { asPortError, PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { Objects } from '../ports/objects.ts';
import { problemText, type Problem } from '../core/model/problem.ts';

/** Custom resources that are read at once. */
const CONCURRENCY = 16;

export class StoredIntentsSource implements ManifestSource {
  readonly #objects: Pick<Objects, 'read'>;
  readonly #installation: Installation;
  #digest = '';

  constructor(objects: Pick<Objects, 'read'>, installation: Installation) {
    this.#objects = objects;
    this.#installation = installation;
  }

  /** Of the intents that were loaded last; '' before. */
  get digest(): string {
    return this.#digest;
  }

  async load(): Promise<Awaited<ReturnType<ManifestSource['load']>>> {
    const first = await this.#read(0);
    const others = Array.from({ length: first.count - 1 }, (_, index) => this.#read(index + 1));
    const all = [first, ...(await Promise.all(others))];
    // A deployment that is just being applied: some are new, some are old.
    if (all.some(({ digest }) => digest !== first.digest)) throw this.#inBetween();
    this.#digest = first.digest;
    const documents: readonly ManifestDocument[] = all.flatMap((one) => one.documents);
    if (first.home === 'config-maps') return { documents, problems: [] };
    const read = await pLimit(CONCURRENCY).map(documents, (document) => this.#resource(document));
    return {
      documents: read.flatMap((one) => ('document' in one ? [one.document] : [])),
      problems: read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
    };
  }

  /** Messages still name the line of the manifest. */
  async #resource(
    head: ManifestDocument,
  ): Promise<{ readonly document: ManifestDocument } | { readonly problem: Problem }> {
    const ref = typedRefOf(head.value as KubernetesObject);
    try {
      const value = await this.#objects.read(ref);
      return value === undefined ? { problem: gone(head) } : { document: { ...head, value, home: 'cluster' } };
    } catch (error) {
      const failure = asPortError(error);
      if (failure.whole) throw failure;
      return { problem: unreadable(head, failure) };
    }
  }

  async #read(index: number): Promise<StoredIntents> {
    const { namespace } = this.#installation;
    const name = names.intents(this.#installation, index);
    const configMap = await this.#objects.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
    if (configMap === undefined) throw this.#absent(name);
    const stored = readIntentsConfig(configMap);
    if ('problem' in stored) throw refused(problemText(stored.problem));
    return stored;
  }

  #absent(name: string): PortError {
    const { namespace } = this.#installation;
    return new PortError({
      kind: 'NotFound',
      code: 'NoIntents',
      whole: true,
      what: `ConfigMap ${namespace}/${name}, which holds the intents, does not exist`,
      fix: 'Deploy again: keyferry deploy -f MANIFESTS.',
    });
  }

  #inBetween(): PortError {
    return new PortError({
      kind: 'Conflict',
      code: 'IntentsChanging',
      whole: true,
      what: 'the intents are being deployed right now',
      fix: 'The next pass reads them whole.',
    });
  }
}

function gone(head: ManifestDocument): Problem {
  return {
    ...about(head),
    code: 'resource-gone',
    what: 'was deleted from the cluster, and the deployment still has it',
    fix: 'Deploy again, with it or without it.',
  };
}

function unreadable(head: ManifestDocument, { what, fix }: PortError): Problem {
  return { ...about(head), code: 'resource-unreadable', what, fix };
}

function about({ value, origin }: ManifestDocument) {
  const { kind, namespace, name } = typedRefOf(value as KubernetesObject);
  const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  return { severity: 'error' as const, at, ...(origin === undefined ? {} : { origin }) };
}

function refused(text: string): PortError {
  const [what = '', ...fix] = text.split('. ');
  return new PortError({ kind: 'Invalid', code: 'UnreadableIntents', whole: true, what, fix: fix.join('. ') });
}
