/** Opens a folder as a cluster together with its state: both sides of it share one state file. */
import { DirectoryCluster, type DirectoryClusterOptions } from './directory-cluster.ts';
import { DirectoryState } from './directory-state.ts';
import { StateFile } from './state-file.ts';

export interface Directory {
  readonly cluster: DirectoryCluster;
  readonly state: DirectoryState;
}

/** Touches nothing yet: the folder may be absent until the first write. */
export function openDirectory(options: DirectoryClusterOptions): Directory {
  const file = new StateFile(options.folder);
  return { cluster: new DirectoryCluster(options, file), state: new DirectoryState(file) };
}
