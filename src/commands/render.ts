/** `render`: checked manifests → every object that `deploy` would apply. Asks no cluster. */
import type { Installation } from '../core/deploy/installation.ts';
import { installationProblems } from '../core/deploy/installation.ts';
import { deploymentOf, type Deployment, type DeploymentInput } from '../core/deploy/deployment.ts';
import type { PullIntent } from '../core/model/intent.ts';
import { hasErrors, type Problem } from '../core/model/problem.ts';
import { load } from '../engine/load.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

export interface RenderRequest extends Pick<DeploymentInput, 'extras' | 'pod' | 'engine' | 'version' | 'jobVariables'> {
  readonly installation: { readonly name: string; readonly namespace?: string };
  /** Of documents that name none. */
  readonly namespace?: string;
  readonly controllerClass: string;
}

export interface Rendered {
  /** Absent where a problem is an error: nothing is to be applied then. */
  readonly deployment?: Deployment;
  readonly installation?: Installation;
  readonly intents: readonly PullIntent[];
  readonly problems: readonly Problem[];
}

const NOTHING_REMEMBERED: DeploymentInput['remembered'] = { leftBehind: [], stateCount: 1 };

/** `remember` says what the cluster still holds of earlier deployments; offline it is not asked. */
export async function render(
  source: ManifestSource,
  request: RenderRequest,
  remember?: (installation: Installation, intents: readonly PullIntent[]) => Promise<DeploymentInput['remembered']>,
): Promise<Rendered> {
  const loaded = await source.load();
  const checked = await load(
    { load: () => Promise.resolve(loaded) },
    { only: [], controllerClass: request.controllerClass, ...namespaceOf(request) },
  );
  const { intents, stores, problems } = checked;
  const found = findInstallation(request, intents);
  const all = [...problems, ...('problems' in found ? found.problems : []), ...emptyProblems(intents, problems)];
  if (hasErrors(all) || 'problems' in found) return { intents, problems: all };
  const { installation } = found;
  const documents = loaded.documents.filter(({ value }) => isIntent(value));
  const remembered = (await remember?.(installation, intents)) ?? NOTHING_REMEMBERED;
  const jobVariables = { ...request.jobVariables, ...jobNamespace(request) };
  const deployment = deploymentOf({ ...request, installation, documents, intents, stores, remembered, jobVariables });
  return { deployment, installation, intents, problems: all };
}

function namespaceOf({ namespace }: RenderRequest): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

/** The job has to take the same namespace for documents without one. */
function jobNamespace({ namespace }: RenderRequest): Readonly<Record<string, string>> {
  return namespace === undefined ? {} : { KEYFERRY_NAMESPACE: namespace };
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
      fix: 'Give all manifests of the installation; keyferry uninstall takes it away.',
    },
  ];
}

function isIntent(value: unknown): boolean {
  const { apiVersion } = (value ?? {}) as { readonly apiVersion?: unknown };
  return typeof apiVersion === 'string' && /^([^/]*\.)?external-secrets\.io\//u.test(apiVersion);
}
