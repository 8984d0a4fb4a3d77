/**
 * Which repository an installation was deployed from. Two that take the default name in one namespace would be one
 * installation, and each deployment would delete the Secrets of the other.
 *
 * It stands on the inventory, the one object that only deployments write. A repository that was renamed or moved to
 * another owner keeps its id.
 */
import { say, setting } from '../model/message.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Problem } from '../model/problem.ts';
import { names, type Installation } from './installation.ts';

export interface Repository {
  /** `https://github.com/contoso/shop`. */
  readonly url: string;
  /** GitHub's number for it; absent where the run does not know it. */
  readonly id?: string;
}

const URL_ANNOTATION = 'keyferry.dev/repository';
const ID_ANNOTATION = 'keyferry.dev/repository-id';
/** Who may write the inventory may write anything there, and it is shown. */
const SHOWN = /^https:\/\/[\w.:-]{1,200}(?:\/[\w.-]{1,100}){2}$/u;

export function repositoryAnnotations({ url, id }: Repository): Readonly<Record<string, string>> {
  return { [URL_ANNOTATION]: url, ...(id === undefined ? {} : { [ID_ANNOTATION]: id }) };
}

/** `undefined` = nobody who deployed it had a repository, or it was released. */
export function repositoryOf({ metadata: { annotations = {} } }: KubernetesObject): Repository | undefined {
  return recordedIn(annotations);
}

function recordedIn(annotations: Readonly<Record<string, string>>): Repository | undefined {
  const { [URL_ANNOTATION]: url, [ID_ANNOTATION]: id } = annotations;
  if (url === undefined) return undefined;
  return { url, ...(id === undefined ? {} : { id }) };
}

/** The same of records that a run keeps which installs nothing (`sync`, the engine runner). */
export function otherRepositoryOfState(
  annotations: Readonly<Record<string, string>>,
  own: Repository,
  { namespace, name }: Installation,
): Pick<Problem, 'what' | 'fix'> | undefined {
  const recorded = recordedIn(annotations);
  if (recorded === undefined || isSame(recorded, own)) return undefined;
  const release = `kubectl annotate configmap ${name}-state-0 --namespace ${namespace} ${URL_ANNOTATION}- ${ID_ANNOTATION}-`;
  return {
    what: `what is remembered as ${name} in namespace ${namespace}, and the Secrets it tells of, belong to ${shown(recorded)}; this run is of ${own.url}`,
    fix: say`Nothing was changed. Give this repository a name of its own: ${setting('installation')} NAME. If those manifests have moved here, release it first: ${release}`,
  };
}

/** What `own` may not do to an installation that `recorded` deployed; `undefined` = it may, or nobody can know. */
export function otherRepository(
  recorded: Repository | undefined,
  own: Repository | undefined,
  installation: Installation,
): Problem | undefined {
  if (recorded === undefined || own === undefined || isSame(recorded, own)) return undefined;
  const { namespace, name } = installation;
  const release = `kubectl annotate configmap ${names.inventory(installation)} --namespace ${namespace} ${URL_ANNOTATION}- ${ID_ANNOTATION}-`;
  return {
    severity: 'error',
    code: 'other-repository',
    at: { kind: 'CronJob', namespace, name },
    what: `installation ${name}, and the Secrets that it made, belong to ${shown(recorded)}; this run is of ${own.url}`,
    fix: say`Nothing was changed. Give the manifests of this repository an installation of their own: ${setting('installation')} NAME. If those manifests have moved here, release it first: ${release}`,
  };
}

function shown({ url }: Repository): string {
  return SHOWN.test(url) ? url : 'another repository';
}

/** GitHub: owner and name are the same in any case; numbers of two servers say nothing about each other. */
function isSame(one: Repository, other: Repository): boolean {
  const [a, b] = [one.url.toLowerCase(), other.url.toLowerCase()];
  if (one.id === undefined || other.id === undefined) return a === b;
  return one.id === other.id && serverOf(a) === serverOf(b);
}

function serverOf(url: string): string {
  return url.split('/', 3).join('/');
}
