/**
 * Labels and annotations by which deployment tools know what is theirs.
 *
 * They say it of the ExternalSecret. On its Secret they would say the same of an object that stands in nobody's
 * manifests: the tool prunes it, or calls the application out of sync. ESO 2.9 copies them. What a template writes is
 * meant, and so is what configures a tool (`argocd.argoproj.io/secret-type`).
 */

/** Whole groups: `argocd.argoproj.io/tracking-id`, and whatever else stands before a slash. */
const GROUPS: ReadonlySet<string> = new Set([
  'argocd.argoproj.io',
  'meta.helm.sh',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'objectset.rio.cattle.io',
  'fleet.cattle.io',
  'kapp.k14s.io',
]);

/** Single names of groups that hold other things as well. */
const NAMES: ReadonlySet<string> = new Set([
  'applyset.kubernetes.io/part-of',
  'cattle.io/creator',
  'config.k8s.io/owning-inventory',
  'field.cattle.io/creatorId',
  'field.cattle.io/projectId',
]);

/** Tells Argo CD what a Secret holds, not whose it is. */
const MEANT_FOR_SECRETS: ReadonlySet<string> = new Set(['argocd.argoproj.io/secret-type']);

const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** Does a tool know by this label or annotation what is its own? */
export function isTrackingMark(key: string, value: string): boolean {
  if (MEANT_FOR_SECRETS.has(key)) return false;
  if (key === MANAGED_BY) return value === 'Helm';
  return NAMES.has(key) || GROUPS.has(key.slice(0, Math.max(0, key.indexOf('/'))));
}

/** Labels or annotations of an ExternalSecret without those that are about itself alone. */
export function withoutTrackingMarks(texts: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts).filter(([key, value]) => !isTrackingMark(key, value)));
}
