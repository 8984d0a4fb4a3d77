/**
 * Which cluster is meant: what the user gave, else what is lying around, in the order that kubectl's users expect.
 *
 * | given | the cluster is |
 * | --- | --- |
 * | `--kubeconfig` with line breaks, or beginning with `{` | the one of this text |
 * | `--kubeconfig PATH` | the one of this file |
 * | KUBECONFIG, one path or several | the one of these files together |
 * | KUBERNETES_SERVICE_HOST and a mounted token | the one that this pod runs in |
 * | ~/.kube/config is there | the one of this file |
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { POD_FOLDER } from '../adapters/kubernetes/pod-folder.ts';
import type { Kubeconfig } from '../adapters/kubernetes/connection.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';
import type { Environment } from './environment.ts';

/** `undefined` = no cluster was named, and none is lying around. Rejects with a PortError for a file that is not there. */
export async function findKubeconfig(
  { kubeconfig }: Pick<Settings, 'kubeconfig'>,
  environment: Environment,
): Promise<readonly Kubeconfig[] | 'pod' | undefined> {
  if (kubeconfig !== undefined) {
    return isText(kubeconfig) ? [{ text: kubeconfig, name: 'the kubeconfig' }] : [await readKubeconfig(kubeconfig)];
  }
  const paths = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  if (paths.length > 0) return await Promise.all(paths.map(readKubeconfig));
  if ((environment['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && existsSync(join(POD_FOLDER, 'token'))) return 'pod';
  const standard = join(homeOf(environment), '.kube', 'config');
  return existsSync(standard) ? [await readKubeconfig(standard)] : undefined;
}

/** Windows has no HOME, but shells of it do. An empty one would mean the working directory: other people's files. */
function homeOf({ HOME = '' }: Environment): string {
  return HOME === '' ? homedir() : HOME;
}

function isText(given: string): boolean {
  return given.includes('\n') || given.trimStart().startsWith('{');
}

async function readKubeconfig(path: string): Promise<Kubeconfig> {
  try {
    return { text: await readFile(path, 'utf8'), name: `the file ${path}`, folder: dirname(resolve(path)) };
  } catch (error) {
    const code = (error as { readonly code?: string }).code ?? 'unreadable';
    throw new PortError({
      kind: 'Invalid',
      code: 'Kubeconfig',
      whole: true,
      what: `the kubeconfig ${path} cannot be read (${code})`,
      fix: 'Check the path that --kubeconfig or KUBECONFIG gives.',
    });
  }
}
