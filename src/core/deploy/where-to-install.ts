/** Where an installation is to be, and which namespace documents without one are of. */
import { command, say, setting } from '../model/message.ts';
import { groupOf, GROUPS, isClusterWide } from '../model/kinds.ts';
import type { ManifestDocument } from '../model/document.ts';
import type { IntentHead } from '../model/intent.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import { installationProblems, type Installation } from './installation.ts';

export interface AskedPlace {
  readonly installation: { readonly name: string; readonly namespace?: string };
  /** Of documents without one, as asked for. */
  readonly namespace?: string;
  /** Of documents without one, as of a cluster's context: it says nothing of the installation. */
  readonly reading?: { readonly namespace?: string };
}

/** Where the installation is: as asked for, else the one namespace of the intents; no problem where there are none. */
export function findInstallation(
  { installation, namespace }: Pick<AskedPlace, 'installation' | 'namespace'>,
  intents: readonly Pick<IntentHead, 'ref'>[],
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
    fix: say`Say it with ${setting('installation-namespace')}.`,
  };
}

/** Deploying nothing would prune everything; that is what uninstall is for. */
export function emptyProblems(intents: readonly unknown[], problems: readonly Problem[]): readonly Problem[] {
  if (intents.length > 0 || hasErrors(problems)) return [];
  return [
    {
      severity: 'error',
      code: 'nothing-to-deploy',
      what: 'the manifests hold no ExternalSecret and no PushSecret',
      fix: say`Give all manifests of the installation; ${command('uninstall')} takes all of it away.`,
    },
  ];
}

export function documentsNamespace({ namespace, reading }: Pick<AskedPlace, 'namespace' | 'reading'>): {
  readonly namespace?: string;
} {
  const known = namespace ?? reading?.namespace;
  return known === undefined ? {} : { namespace: known };
}

/** The job has to take the same namespace for documents without one; its own says nothing of them. */
export function jobNamespace(
  asked: Pick<AskedPlace, 'namespace' | 'reading'>,
  documents: readonly ManifestDocument[],
): Readonly<Record<string, string>> {
  const { namespace } = documentsNamespace(asked);
  const isNeeded = asked.namespace !== undefined || documents.some(hasNoNamespace);
  return namespace === undefined || !isNeeded ? {} : { KEYFERRY_NAMESPACE: namespace };
}

function hasNoNamespace(document: ManifestDocument): boolean {
  const { kind, namespace } = document.head;
  return isIntent(document) && kind !== '' && !isClusterWide(kind) && namespace === undefined;
}

/** What goes into a deployment; the rest of the manifests is somebody else's to apply. */
export function isIntent({ head }: ManifestDocument): boolean {
  return GROUPS.includes(groupOf(head.apiVersion));
}
