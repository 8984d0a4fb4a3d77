/** A team that installs into its own namespace: the built command line, with the rights of a namespace admin. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBundle, type Ended } from '../bundle/bundle.ts';
import { eventually } from '../cluster/cluster-user.ts';
import { joinTeam } from '../cluster/team.ts';
import { NODE_IMAGE, type NodeWorld } from './node-world.ts';

const USER = 'user-0';

export interface Installer {
  /** `keyferry ARGUMENTS`, in a folder of its own. */
  readonly keyferry: (...args: readonly string[]) => Promise<Ended>;
  /** `keyferry deploy` of these documents, with the node's image where no other is named. */
  readonly deploy: (manifests: string, ...args: readonly string[]) => Promise<Ended>;
  /** Happens with the world at the latest. */
  readonly close: () => Promise<void>;
  /** `keyferry suspend`, and an end to what the schedule may have started before: it strikes at any minute. */
  readonly suspend: () => Promise<void>;
}

export async function openInstaller({ admin, namespace, closeLater }: NodeWorld): Promise<Installer> {
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-installer-'));
  const close = () => rm(folder, { recursive: true, force: true });
  closeLater(close);
  const kubeconfig = await joinTeam({ admin, namespace, user: USER, folder });
  const environment = { CI: 'true', HOME: folder, KUBECONFIG: kubeconfig };
  const keyferry = (...args: readonly string[]): Promise<Ended> =>
    startBundle('cli', { args, cwd: folder, environment }).ended;
  return {
    keyferry,
    close,
    suspend: async () => {
      const { code, stderr } = await keyferry('suspend');
      if (code !== 0) throw new Error(stderr);
      for (const { metadata } of await admin.list('Job', namespace))
        await admin.delete('Job', namespace, metadata.name);
      await eventually('no pod is left', async () =>
        (await admin.list('Pod', namespace)).length === 0 ? true : undefined,
      );
    },
    deploy: async (manifests, ...args) => {
      await writeFile(join(folder, 'manifests.yaml'), manifests);
      const image = args.includes('--engine-image') ? [] : ['--image', NODE_IMAGE];
      return await keyferry('deploy', '-f', 'manifests.yaml', '--wait-timeout', '100', ...image, ...args);
    },
  };
}
