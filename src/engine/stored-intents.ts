/** Intents that a deployment put into ConfigMaps: read through the API, never from a mount, so that they are the newest. */
import { names, type Installation } from '../core/deploy/installation.ts';
import { readIntentsConfig, type StoredIntents } from '../core/deploy/intents-config.ts';
import type { ManifestDocument } from '../core/model/document.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { Objects } from '../ports/objects.ts';
import { problemText } from '../core/model/problem.ts';

export class StoredIntentsSource implements ManifestSource {
  readonly #objects: Objects;
  readonly #installation: Installation;
  #digest = '';

  constructor(objects: Objects, installation: Installation) {
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
    return { documents, problems: [] };
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

function refused(text: string): PortError {
  const [what = '', ...fix] = text.split('. ');
  return new PortError({ kind: 'Invalid', code: 'UnreadableIntents', whole: true, what, fix: fix.join('. ') });
}
