/** The custom resources of an in-memory cluster as manifests: uid, generation and status are real. */
import { documentOf } from '../../src/core/model/document.ts';
import type { ManifestSource } from '../../src/ports/manifest-source.ts';
import type { InMemoryCluster } from './in-memory-cluster.ts';
import { copyOf } from './kubernetes-object.ts';

export class InMemoryManifestSource implements ManifestSource {
  readonly #cluster: InMemoryCluster;

  constructor(cluster: InMemoryCluster) {
    this.#cluster = cluster;
  }

  /** Everything of the groups external-secrets.io and generators.external-secrets.io, by kind, namespace and name. */
  async load(): Promise<Awaited<ReturnType<ManifestSource['load']>>> {
    const documents = this.#cluster
      .objects()
      .filter((object) => /^([^/]*\.)?external-secrets\.io\//u.test(object.apiVersion ?? ''))
      .map((value) => documentOf({ value: copyOf(value), locate: () => undefined, home: 'cluster' }));
    return { documents, problems: [] };
  }
}
