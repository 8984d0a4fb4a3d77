import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { openDirectory } from '../../src/adapters/directory/open-directory.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { describeCluster, type OpenCluster } from './cluster-contract.ts';
import { describeState } from './state-contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function openFolder(showValues: boolean): Promise<OpenCluster> {
  const folder = await temporaryFolder();
  const { cluster } = openDirectory({ folder: folder.path, showValues });
  return { cluster, given: async (object) => writeByHand(folder.path, object), close: folder.remove };
}

async function writeByHand(folder: string, object: KubernetesObject): Promise<void> {
  await writeFile(join(folder, `${object.kind}-${object.metadata.name}.yaml`), stringify(object));
}

describeCluster({ name: 'folder with values', issuesTokens: false, open: async () => openFolder(true) });
describeCluster({ name: 'folder without values', issuesTokens: false, open: async () => openFolder(false) });

describeState({
  name: 'folder',
  open: async () => {
    const folder = await temporaryFolder();
    const open = (): ReturnType<typeof openDirectory>['state'] => openDirectory({ folder: folder.path }).state;
    return { state: open(), reopen: open, given: async () => undefined, close: folder.remove };
  },
});
