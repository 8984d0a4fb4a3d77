/**
 * Which cluster is meant: what the user gave, else what is lying around, in the order that kubectl's users expect.
 *
 * | given | the cluster is |
 * | --- | --- |
 * | `--kubeconfig` with the text of one, also in base64 | the one of this text |
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
import { readGiven } from './kubeconfig-text.ts';

/** `undefined` = no cluster was named, and none is lying around. Rejects with a PortError for a file that is not there. */
export async function findKubeconfig(
  { kubeconfig }: Pick<Settings, 'kubeconfig'>,
  environment: Environment,
): Promise<readonly Kubeconfig[] | 'pod' | undefined> {
  if (kubeconfig !== undefined) {
    return [await fromGiven(kubeconfig)];
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

async function fromGiven(given: string): Promise<Kubeconfig> {
  const read = readGiven(given, existsSync);
  switch (read.kind) {
    case 'text':
      return { text: read.text, name: 'the kubeconfig' };
    case 'path':
      return await readKubeconfig(read.path);
    case 'folded':
      throw refused(
        'the kubeconfig is on one line: it lost its line breaks on the way',
        'In a workflow write kubeconfig: ${{ secrets.NAME }}, or a block that begins with | and not with >. Its base64 is taken too.',
      );
    case 'unknown':
      throw refused(
        `the kubeconfig is neither a file that is there nor the text of one, nor base64 of it (${given.length} characters; not shown, for it may be secret)`,
        'Give the path of a kubeconfig, or its text.',
      );
  }
}

async function readKubeconfig(path: string): Promise<Kubeconfig> {
  try {
    return { text: await readFile(path, 'utf8'), name: `the file ${path}`, folder: dirname(resolve(path)) };
  } catch (error) {
    const code = (error as { readonly code?: string }).code ?? 'unreadable';
    const isPath = existsSync(path) || readGiven(path, existsSync).kind === 'path';
    throw refused(
      isPath
        ? `the kubeconfig ${path} cannot be read (${code})`
        : `KUBECONFIG has something that is no path of a file that is there (${code}; not shown, for it may be secret)`,
      'Check the path that --kubeconfig or KUBECONFIG gives.',
    );
  }
}

function refused(what: string, fix: string): PortError {
  return new PortError({ kind: 'Invalid', code: 'Kubeconfig', whole: true, what, fix });
}
