/** Settings → the cluster a run writes to, where it remembers its outcomes, and where the intents are if not in files. */
import { openDirectory } from '../adapters/directory/open-directory.ts';
import type { ConnectionOptions } from '../adapters/kubernetes/connection.ts';
import type { KubernetesPorts } from '../adapters/kubernetes/open-kubernetes.ts';
import { systemClock } from '../adapters/node/clock.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';
import { findKubeconfig } from './kubeconfig.ts';
import type { Outside } from './ports.ts';

/** Rejects with a PortError of kind `Invalid` where no cluster is named, or its kubeconfig is of no use. */
export async function openCluster(settings: Settings, outside: Outside): Promise<KubernetesPorts> {
  if (settings.directory !== undefined) {
    const { cluster, state } = openDirectory({ folder: settings.directory, showValues: settings.showValues });
    return { cluster, state, publisher: { event: () => Promise.resolve() } };
  }
  const found = await findKubeconfig(settings, outside.environment);
  if (found === undefined) throw noCluster();
  return await openRealCluster(settings, found, outside);
}

/** The client for real clusters takes long to load, so it is loaded only where it is needed; in a bundle it is in the same file. */
async function openRealCluster(
  settings: Settings,
  found: Exclude<Awaited<ReturnType<typeof findKubeconfig>>, undefined>,
  { environment, logger, masker }: Outside,
): Promise<KubernetesPorts> {
  const { connectByKubeconfig, connectInCluster } = await import(
    /* webpackMode: "eager" */ '../adapters/kubernetes/connection.ts'
  );
  const { openKubernetes } = await import(/* webpackMode: "eager" */ '../adapters/kubernetes/open-kubernetes.ts');
  const options: ConnectionOptions = { environment, logger, masker, clock: systemClock, random: Math.random };
  const connection =
    found === 'pod' ? connectInCluster(options) : connectByKubeconfig(found, settings.context, options);
  const { namespace, installation, installationNamespace, home } = settings;
  return openKubernetes(connection, {
    clock: systemClock,
    home,
    ...(namespace === undefined ? {} : { namespace }),
    installation: {
      name: installation,
      ...(installationNamespace === undefined ? {} : { namespace: installationNamespace }),
    },
  });
}

function noCluster(): PortError {
  return new PortError({
    kind: 'Invalid',
    what: 'no cluster was named',
    fix: 'Give --kubeconfig PATH, or --directory FOLDER: a folder that holds Secrets as YAML files.',
  });
}
