/** What is known of stores and namespaces before a store is opened. */
import { namesStore } from '../../core/model/intent.ts';
import { isClusterWide } from '../../core/model/kinds.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Store } from '../../core/model/store.ts';
import type { NamespaceLabels, StoreWorld } from '../../core/resolve/stores.ts';
import { asPortError } from '../../ports/errors.ts';
import type { Loaded } from './load.ts';
import type { ReadPorts } from './ports.ts';
import type { RunSettings } from './settings.ts';

export async function storeWorld(loaded: Loaded, ports: ReadPorts, settings: RunSettings): Promise<StoreWorld> {
  const stores = new Map(loaded.stores.map((store) => [refText(store.ref), store]));
  const labels = await namespaceLabels(loaded, loaded.stores, ports);
  return {
    stores,
    generators: new Map(loaded.generators.map((generator) => [refText(generator.ref), generator])),
    refused: new Set(loaded.refused.map(refText)),
    foreign: loaded.foreignStores,
    controllerClass: settings.controllerClass,
    namespaceLabels: (namespace) => labels.get(namespace),
  };
}

/** Namespaces are read only where a cluster store's conditions ask for them. */
async function namespaceLabels(
  loaded: Loaded,
  stores: readonly Store[],
  ports: ReadPorts,
): Promise<ReadonlyMap<string, NamespaceLabels>> {
  const conditioned = new Set(stores.filter((s) => s.conditions.length > 0).map((s) => s.ref.name));
  const asking = loaded.intents.filter((intent) =>
    intent.entries.filter(namesStore).some(({ store }) => isClusterWide(store.kind) && conditioned.has(store.name)),
  );
  const pushing = loaded.pushes.filter(({ stores: refs }) =>
    refs.some(
      ({ kind, name, labelSelector }) => isClusterWide(kind) && (labelSelector !== undefined || conditioned.has(name)),
    ),
  );
  const names =
    conditioned.size === 0 ? [] : [...new Set([...asking, ...pushing].map((intent) => intent.ref.namespace))];
  return new Map(await Promise.all(names.map(async (name) => [name, await readNamespace(name, ports)] as const)));
}

async function readNamespace(name: string, { cluster, logger }: ReadPorts): Promise<NamespaceLabels> {
  try {
    return (await cluster.getNamespace(name))?.labels;
  } catch (error) {
    const { kind, message } = asPortError(error);
    // Many conditions can be judged by the name alone; where not, their problem says so.
    logger[kind === 'Forbidden' ? 'debug' : 'warn'](`namespace ${name} could not be read: ${message}`);
    return kind === 'Forbidden' ? 'unreadable' : undefined;
  }
}
