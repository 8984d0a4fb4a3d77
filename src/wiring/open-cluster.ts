/** Settings → the cluster a run writes to, and where it remembers its outcomes. */
import { openDirectory } from '../adapters/directory/open-directory.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Ports } from '../engine/ports.ts';
import { PortError } from '../ports/errors.ts';

/** Rejects with a PortError of kind `Invalid` where no cluster is named. */
export function openCluster(settings: Settings): Promise<Pick<Ports, 'cluster' | 'state'>> {
  if (settings.directory === undefined) return Promise.reject(noCluster());
  return Promise.resolve(openDirectory({ folder: settings.directory, showValues: settings.showValues }));
}

function noCluster(): PortError {
  return new PortError({
    kind: 'Invalid',
    what: 'no cluster was named',
    fix: 'Give --directory FOLDER: a folder that holds Secrets as YAML files.',
  });
}
