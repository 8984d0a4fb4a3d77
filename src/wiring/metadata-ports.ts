/** Settings → the ports of a plan without values: what they bring holds none. Not for the job, which needs them all. */
import { openVaultMetadata } from '../adapters/azure/vault-metadata.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { ReadPorts } from '../engine/sync/ports.ts';
import { withoutValues } from '../engine/sync/without-values.ts';
import { readPortsOf, type RunContext, type ReadingOf } from './ports.ts';

/** A real cluster is asked for metadata only; a folder is read whole, and its values are dropped at once. */
export async function metadataPortsOf(
  settings: Settings,
  outside: RunContext,
  reading: Pick<ReadingOf, 'connection' | 'manifests'>,
): Promise<ReadPorts> {
  return await readPortsOf(settings, outside, {
    ...reading,
    cluster: async ({ cluster, real }) => {
      if (real === undefined) return withoutValues(cluster);
      const { secretMetadata } = await import(/* webpackMode: "eager" */ '../adapters/kubernetes/secret-metadata.ts');
      return withoutValues(cluster, secretMetadata(real.connection));
    },
    openVault: openVaultMetadata,
  });
}
