/** `render`: checked manifests → every object that `deploy` would apply. Asks no cluster. */
import type { Reading } from '../core/api/manifests.ts';
import { clusterRightsProblems } from '../core/deploy/cluster-rights.ts';
import type { DeployedIntents } from '../core/deploy/deployed-intents.ts';
import { inServedVersion, oursOf, type Sorted } from '../core/deploy/custom-resources.ts';
import type { Installation } from '../core/deploy/installation.ts';
import { deploymentOf, type Deployment, type DeploymentInput } from '../core/deploy/deployment.ts';
import { memoryProblems } from '../core/deploy/pod-resources.ts';
import { listingProblems, readOnlyProblems } from '../core/deploy/push-rights.ts';
import { givenObjects, type GivenObjects } from '../core/api/given-objects.ts';
import { secretsLeftOut } from '../core/deploy/secrets-left-out.ts';
import {
  documentsNamespace,
  emptyProblems,
  findInstallation,
  isIntent,
  jobNamespace,
} from '../core/deploy/where-to-install.ts';
import type { ManifestDocument } from '../core/model/document.ts';
import type { AllowedLogins } from '../core/model/login-hosts.ts';
import { hasErrors, type Problem } from '../core/model/problem.ts';
import { isManaged } from '../core/resolve/stores.ts';
import { OFFLINE, type ClusterFacts } from '../engine/installation/cluster-facts.ts';
import { pushProblems } from '../engine/sync/manifest-problems.ts';
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

export interface RenderedDeployment extends DeployedIntents {
  /** Absent where a problem is an error: nothing is to be applied then. */
  readonly deployment?: Deployment;
  readonly installation?: Installation;
  /** What the cluster remembers; absent as the deployment is. */
  readonly remembered?: DeploymentInput['remembered'];
  readonly problems: readonly Problem[];
}

export async function render(
  source: ManifestSource,
  request: RenderRequest,
  cluster: ClusterFacts = OFFLINE,
): Promise<RenderedDeployment> {
  const { documents, sorted, problems, given } = await check(source, request, cluster);
  const { intents, pushes, clusterPushes } = sorted;
  const deployed = { intents, pushes, clusterPushes };
  const found = findInstallation(request, [...intents, ...pushes]);
  const ofPods = [...(request.warnings ?? []), ...memoryProblems(request.pod, deployed)];
  const all = [
    ...problems,
    ...ofPods,
    ...('problems' in found ? found.problems : []),
    ...emptyProblems([...intents, ...pushes, ...clusterPushes], problems),
  ];
  if (hasErrors(all) || 'problems' in found) return { ...deployed, problems: all };
  const { installation } = found;
  const remembered = await cluster.remembered(installation, deployed);
  const deployment = deploymentOf({
    ...request,
    ...sorted,
    installation,
    documents: documents.filter(isIntent),
    serviceAccounts: given.serviceAccounts,
    remembered,
    ...documentsNamespace(request),
    jobVariables: { ...request.jobVariables, ...jobNamespace(request, documents) },
  });
  return { deployment, installation, ...deployed, remembered, problems: all };
}

interface CheckedDocuments {
  readonly documents: readonly ManifestDocument[];
  readonly sorted: Sorted;
  readonly given: GivenObjects;
  readonly problems: readonly Problem[];
}

async function check(source: ManifestSource, request: RenderRequest, cluster: ClusterFacts): Promise<CheckedDocuments> {
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
  const problems = [
    ...unserved,
    ...checked.problems,
    ...pushProblems(checked),
    ...sorted.problems,
    ...needs,
    ...listingProblems(sorted),
    ...readOnlyProblems(
      sorted,
      sorted.stores.filter((store) => isManaged(store, request)),
    ),
    ...secretsLeftOut(objects),
  ];
  return { documents, sorted, problems, given: objects };
}

/** In ConfigMaps the intents of others stay, and the job passes them over. */
function sortedFor({ home, controllerClass }: RenderRequest, loaded: Loaded): Sorted {
  const { intents, pushes, clusterPushes, stores, generators } = loaded;
  if (home === 'config-maps') return { intents, pushes, clusterPushes, stores, generators, problems: [] };
  return oursOf(loaded, controllerClass);
}

function namespaceOf({ namespace }: RenderRequest): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}
