/**
 * Which cluster is meant: what the user gave, else what is lying around, in the order that kubectl's users expect.
 *
 * | given | the cluster is | in a pipeline |
 * | --- | --- | --- |
 * | `--kubeconfig` with the text of one, also in base64 | the one of this text | too |
 * | `--kubeconfig PATH` | the one of this file | too |
 * | `--in-cluster` | the one that this pod runs in | too |
 * | KUBECONFIG, one path or several | the one of these files together | too: a step before has set it |
 * | KUBERNETES_SERVICE_HOST and a mounted token, and no `--context` | the one that this pod runs in | no |
 * | ~/.kube/config is there | the one of this file | no |
 *
 * A variable that is misspelt in a workflow is an empty input, and a runner may be a pod of some cluster, or hold the
 * login of somebody who used it before: nobody has named that one.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { messageText, say, setting, type Message } from '../core/model/message.ts';
import { readText } from '../adapters/files/read-text.ts';
import { POD_FOLDER } from '../adapters/kubernetes/pod-folder.ts';
import type { Kubeconfig } from '../adapters/kubernetes/connection.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';
import type { Environment } from './environment.ts';
import { readGiven } from './kubeconfig-text.ts';

type Naming = Pick<Settings, 'kubeconfig'> & Partial<Pick<Settings, 'context' | 'inCluster'>>;

/** What was looked at where no cluster was named. */
export interface LyingAround {
  /** A mounted token, and the address of an API server. */
  readonly isPod: boolean;
  /** `~/.kube/config` is there. */
  readonly hasStandard: boolean;
}

/** Rejects with a PortError for a file that is not there, or a pod that is none. */
export async function findKubeconfig(
  { kubeconfig, context, inCluster }: Naming,
  environment: Environment,
  isOnlyNamed = false,
): Promise<readonly Kubeconfig[] | 'pod' | LyingAround> {
  if (kubeconfig !== undefined) return [await fromGiven(kubeconfig, environment)];
  const isPod = (environment['KUBERNETES_SERVICE_HOST'] ?? '') !== '' && existsSync(join(POD_FOLDER, 'token'));
  if (inCluster === true) {
    if (isPod) return 'pod';
    throw noPod();
  }
  const paths = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  if (paths.length > 0) return await Promise.all(paths.map(readKubeconfig));
  const standard = join(homeOf(environment), '.kube', 'config');
  const around = { isPod, hasStandard: existsSync(standard) };
  if (isOnlyNamed) return around;
  // A pod's own cluster has no contexts: whoever names one means a file.
  if (isPod && context === undefined) return 'pod';
  return around.hasStandard ? [await readKubeconfig(standard)] : around;
}

/** Whether this is a step of a workflow or a job of a pipeline, where only what was given names a cluster. */
export function isPipeline({ GITHUB_ACTIONS, GITLAB_CI, TF_BUILD }: Environment): boolean {
  return GITHUB_ACTIONS === 'true' || GITLAB_CI === 'true' || TF_BUILD?.toLowerCase() === 'true';
}

function noPod(): PortError {
  return refused(
    say`${setting('in-cluster')} was given, and this runs in no pod: KUBERNETES_SERVICE_HOST is not set, or no token is mounted`,
    'Name the cluster in another way, or let the pod have a ServiceAccount with automountServiceAccountToken.',
  );
}

/** Windows has no HOME, but shells of it do. An empty one would mean the working directory: other people's files. */
function homeOf({ HOME = '' }: Environment): string {
  return HOME === '' ? homedir() : HOME;
}

/** Nobody but a shell knows what `~` is, and an input of a workflow has seen none. */
function withHome(path: string, environment: Environment): string {
  return /^~[\\/]/u.test(path) ? join(homeOf(environment), path.slice(2)) : path;
}

async function fromGiven(text: string, environment: Environment): Promise<Kubeconfig> {
  const given = withHome(text, environment);
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

/** A pipe too (`<(…)`), and no more of it than a file of ours may have. */
async function readKubeconfig(path: string): Promise<Kubeconfig> {
  const read = await readText(path);
  if (typeof read === 'string') return { text: read, name: `the file ${path}`, folder: dirname(resolve(path)) };
  const isPath = existsSync(path) || readGiven(path, existsSync).kind === 'path';
  const code = /\((\w+)\)$/u.exec(messageText(read.what))?.[1] ?? 'unreadable';
  throw refused(
    isPath
      ? `the kubeconfig ${path} ${NO_KUBECONFIG[read.code] ?? `cannot be read (${code})`}`
      : `KUBECONFIG has something that is no path of a file that is there (${code}; not shown, for it may be secret)`,
    say`Check the path that ${setting('kubeconfig')} or KUBECONFIG gives.`,
  );
}

const NO_KUBECONFIG: Readonly<Record<string, string>> = {
  'manifest-no-file': 'is a device or socket, which is not read',
  'manifest-not-utf8': 'is not UTF-8 text',
  'manifest-too-large': 'is too large for one',
};

function refused(what: Message, fix: Message): PortError {
  return new PortError({ kind: 'Invalid', code: 'Kubeconfig', whole: true, what, fix });
}
