/**
 * Secrets that are no place for values of a vault: those that give out credentials of the cluster, and Helm's records.
 * ConfigMaps by which the cluster, or an installation of ours, is told what to trust or to do.
 *
 * Whoever wrote them could make a known value the credential, or have Helm apply what they like. The type of a live
 * Secret tells; where only metadata was read, its name and annotations do.
 */
import { refText } from '../../model/object-ref.ts';
import type { IntentPlan } from '../../model/plan.ts';
import type { LiveSecret } from '../../model/secret.ts';
import { isSecret } from '../../model/target.ts';
import { MANAGED_LABEL } from '../../model/names.ts';
import { blocked, type PullSubject } from './item.ts';

const SERVICE_ACCOUNT_TOKEN = 'kubernetes.io/service-account-token';
const DOCKERCFG = 'kubernetes.io/dockercfg';
const BOOTSTRAP_TOKEN = 'bootstrap.kubernetes.io/token';
const HELM_RELEASE = 'helm.sh/release.v1';

/** Kubernetes and OpenShift set it on what they make for a ServiceAccount. */
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';

const KINDS: Readonly<Record<string, string>> = {
  [SERVICE_ACCOUNT_TOKEN]: 'a token of a ServiceAccount',
  [BOOTSTRAP_TOKEN]: 'a bootstrap token of the cluster',
  [HELM_RELEASE]: 'the record of a Helm release',
};

/** By name in every namespace, or in the one that is named. */
const CONFIG_MAPS: Readonly<Record<string, string>> = {
  'kube-root-ca.crt': 'by which pods know the API server',
  'openshift-service-ca.crt': 'by which pods know services',
  'kube-system/extension-apiserver-authentication': 'by which API servers know who asks',
  'kube-system/aws-auth': 'by which the cluster knows its users',
  'kube-system/coredns': 'which configures DNS of the cluster',
  'kube-system/kubeadm-config': 'the configuration of the cluster',
  'kube-system/kube-proxy': 'the configuration of the cluster',
  'kube-public/cluster-info': 'by which nodes join the cluster',
};

type Marks = Pick<LiveSecret, 'ref' | 'type' | 'labels' | 'annotations'>;

/** What a Secret is that nobody but the cluster or Helm may write; `undefined` = it is an ordinary one. */
export function systemKind(secret: Marks): string | undefined {
  if (!isSecret(secret.ref)) return systemConfigMap(secret);
  const { type = systemTypeByMarks(secret) } = secret;
  const kind = KINDS[type ?? ''] ?? KINDS[typeByName(secret) ?? ''];
  if (kind !== undefined) return kind;
  return type === DOCKERCFG && isOfServiceAccount(secret) ? 'a registry login of a ServiceAccount' : undefined;
}

/** What we made carries the label without being the target of an ExternalSecret, which may have given it its own. */
function systemConfigMap({ ref: { namespace = '', name }, labels }: Marks): string | undefined {
  if (name.startsWith('sh.helm.release.v1.')) return KINDS[HELM_RELEASE];
  const isOurs = labels.get('app.kubernetes.io/managed-by') === 'keyferry' && !labels.has(MANAGED_LABEL);
  return CONFIG_MAPS[name] ?? CONFIG_MAPS[`${namespace}/${name}`] ?? (isOurs ? 'a part of Keyferry itself' : undefined);
}

/** The type as far as metadata tells it. */
export function systemTypeByMarks(secret: Marks): string | undefined {
  return typeByName(secret) ?? (isOfServiceAccount(secret) ? SERVICE_ACCOUNT_TOKEN : undefined);
}

/** Kubernetes: a bootstrap token is looked up by its name in one namespace. Helm: releases are, in every one. */
function typeByName({ ref: { namespace, name } }: Marks): string | undefined {
  if (name.startsWith('sh.helm.release.v1.')) return HELM_RELEASE;
  return namespace === 'kube-system' && name.startsWith('bootstrap-token-') ? BOOTSTRAP_TOKEN : undefined;
}

function isOfServiceAccount({ annotations }: Marks): boolean {
  return (annotations.get(SERVICE_ACCOUNT_NAME) ?? '') !== '';
}

/** `undefined` = the target is, or would be, an ordinary Secret. */
export function blockedBySystem(subject: PullSubject, secret: Marks): IntentPlan | undefined {
  const kind = systemKind(secret);
  if (kind === undefined) return undefined;
  return blocked(subject, 'system-secret', {
    field: ['spec', 'target', 'name'],
    what: `is ${refText(secret.ref)}, ${kind}, which no ExternalSecret may write or delete`,
    fix: 'It was left as it is. Choose another target.name.',
  });
}
