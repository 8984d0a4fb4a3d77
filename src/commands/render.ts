/** `render`: checked manifests → every object that `deploy` would apply. Asks no cluster. */
import type { Reading } from '../core/api/manifests.ts';
import { clusterRightsProblems } from '../core/deploy/cluster-rights.ts';
import { inServedVersion, NEWEST, oursOf, type Served, type Sorted } from '../core/deploy/custom-resources.ts';
import type { Installation } from '../core/deploy/installation.ts';
import { installationProblems } from '../core/deploy/installation.ts';
import { deploymentOf, type Deployment, type DeploymentInput } from '../core/deploy/deployment.ts';
import { memoryProblems } from '../core/deploy/pod-resources.ts';
import { givenObjects, type GivenObjects } from '../core/api/given-objects.ts';
import { secretsLeftOut } from '../core/deploy/secrets-left-out.ts';
import type { ManifestDocument } from '../core/model/document.ts';
import { groupOf, GROUPS, isClusterWide } from '../core/model/kinds.ts';
import type { PullIntent } from '../core/model/intent.ts';
import type { AllowedLogins } from '../core/model/login-hosts.ts';
import { hasErrors, type Problem } from '../core/model/problem.ts';
import { load, type Loaded } from '../engine/sync/load.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

type FromOutside = 'home' | 'clusterRights' | 'controllerClass' | 'namespace' | 'extras' | 'pod' | 'engine';

export interface RenderRequest extends Pick<DeploymentInput, FromOutside | 'version' | 'jobVariables'> {
  readonly installation: { readonly name: string; readonly namespace?: string };
  /** Where the job's stores may log in; absent = at the known clouds only. */
  readonly logins?: AllowedLogins;
  /** Of the settings: what was taken, and is worth a word. */
  readonly warnings?: readonly Problem[];
  /** How the manifests are read; its namespace, as of a cluster's context, says nothing of the installation. */
  readonly reading?: Reading;
}

/** What is asked of the cluster on the way; offline nothing is. */
export interface RenderCluster {
  readonly served: () => Promise<Served>;
  /** What the cluster still holds of earlier deployments. */
  readonly remembered: (
    installation: Installation,
    intents: readonly PullIntent[],
  ) => Promise<DeploymentInput['remembered']>;
}

export interface Rendered {
  /** Absent where a problem is an error: nothing is to be applied then. */
  readonly deployment?: Deployment;
  readonly installation?: Installation;
  readonly intents: readonly PullIntent[];
  readonly problems: readonly Problem[];
}

const OFFLINE: RenderCluster = {
  served: () => Promise.resolve(NEWEST),
  remembered: () => Promise.resolve({ leftBehind: [], stateCount: 1 }),
};

export async function render(
  source: ManifestSource,
  request: RenderRequest,
  cluster: RenderCluster = OFFLINE,
): Promise<Rendered> {
  const { documents, sorted, problems, given } = await check(source, request, cluster);
  const { intents } = sorted;
  const found = findInstallation(request, intents);
  const ofPods = [...(request.warnings ?? []), ...memoryProblems(request.pod, intents.length)];
  const all = [
    ...problems,
    ...ofPods,
    ...('problems' in found ? found.problems : []),
    ...emptyProblems(intents, problems),
  ];
  if (hasErrors(all) || 'problems' in found) return { intents, problems: all };
  const { installation } = found;
  const deployment = deploymentOf({
    ...request,
    ...sorted,
    installation,
    documents: documents.filter(isIntent),
    serviceAccounts: given.serviceAccounts,
    remembered: await cluster.remembered(installation, intents),
    ...documentsNamespace(request),
    jobVariables: { ...request.jobVariables, ...jobNamespace(request, documents) },
  });
  return { deployment, installation, intents, problems: all };
}

interface CheckedDocuments {
  readonly documents: readonly ManifestDocument[];
  readonly sorted: Sorted;
  readonly given: GivenObjects;
  readonly problems: readonly Problem[];
}

async function check(
  source: ManifestSource,
  request: RenderRequest,
  cluster: RenderCluster,
): Promise<CheckedDocuments> {
  const { home, controllerClass, clusterRights, logins } = request;
  const given = await source.load();
  const { documents, problems: unserved } =
    home === 'custom-resources'
      ? inServedVersion(given.documents, await cluster.served())
      : { documents: given.documents, problems: [] };
  const checked = await load(
    { load: () => Promise.resolve({ documents, problems: given.problems }) },
    {
      only: [],
      controllerClass,
      home,
      ...(logins === undefined ? {} : { logins }),
      ...namespaceOf(request),
      ...request.reading,
    },
  );
  const sorted = sortedFor(request, checked);
  const needs = clusterRights ? [] : clusterRightsProblems({ ...sorted, home });
  const objects = givenObjects(documents, request.namespace);
  const problems = [...unserved, ...checked.problems, ...sorted.problems, ...needs, ...secretsLeftOut(objects)];
  return { documents, sorted, problems, given: objects };
}

/** In ConfigMaps the intents of others stay, and the job passes them over. */
function sortedFor({ home, controllerClass }: RenderRequest, { intents, stores, foreignStores }: Loaded): Sorted {
  if (home === 'config-maps') return { intents, stores, problems: [] };
  return oursOf({ intents, stores, foreignStores }, controllerClass);
}

function namespaceOf({ namespace }: RenderRequest): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

function documentsNamespace({ namespace, reading }: RenderRequest): { readonly namespace?: string } {
  const known = namespace ?? reading?.namespace;
  return known === undefined ? {} : { namespace: known };
}

/** The job has to take the same namespace for documents without one; its own says nothing of them. */
function jobNamespace(
  request: RenderRequest,
  documents: readonly ManifestDocument[],
): Readonly<Record<string, string>> {
  const { namespace } = documentsNamespace(request);
  const isNeeded = request.namespace !== undefined || documents.some(hasNoNamespace);
  return namespace === undefined || !isNeeded ? {} : { KEYFERRY_NAMESPACE: namespace };
}

function hasNoNamespace(document: ManifestDocument): boolean {
  const { kind, namespace } = document.head;
  return isIntent(document) && kind !== '' && !isClusterWide(kind) && namespace === undefined;
}

/** Where the installation is: as asked for, else the one namespace of the intents; no problem where there are none. */
export function findInstallation(
  { installation, namespace }: Pick<RenderRequest, 'installation' | 'namespace'>,
  intents: readonly PullIntent[],
): { readonly installation: Installation } | { readonly problems: readonly Problem[] } {
  const used = [...new Set(intents.map(({ ref }) => ref.namespace))];
  const chosen = installation.namespace ?? namespace ?? (used.length === 1 ? used[0] : undefined);
  if (chosen === undefined) return { problems: used.length === 0 ? [] : [severalNamespaces(used)] };
  const found = { name: installation.name, namespace: chosen };
  const problems = installationProblems(found);
  return problems.length === 0 ? { installation: found } : { problems };
}

function severalNamespaces(used: readonly string[]): Problem {
  return {
    severity: 'error',
    code: 'no-installation-namespace',
    what: `the manifests are of several namespaces (${used.join(', ')}), so it is open where the job is to be`,
    fix: 'Say it with --installation-namespace.',
  };
}

/** Deploying nothing would prune everything; that is what uninstall is for. */
function emptyProblems(intents: readonly PullIntent[], problems: readonly Problem[]): readonly Problem[] {
  if (intents.length > 0 || hasErrors(problems)) return [];
  return [
    {
      severity: 'error',
      code: 'nothing-to-deploy',
      what: 'the manifests hold no ExternalSecret',
      fix: 'Give all manifests of the installation; keyferry uninstall takes all of it away.',
    },
  ];
}

function isIntent({ head }: ManifestDocument): boolean {
  return GROUPS.includes(groupOf(head.apiVersion));
}
