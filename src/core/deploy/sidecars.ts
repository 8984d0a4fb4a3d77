/**
 * Containers that others put into the pods: which they are, and what keeps them out.
 *
 * A native sidecar (an init container that restarts) ends with the pass. A container beside Keyferry's that does not end
 * keeps the Job running until its deadline, whatever the pass did.
 */
import { say, setting, type Message } from '../model/message.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';

/** The one container that is Keyferry's. */
export const CONTAINER = 'keyferry';

interface Injector {
  readonly option: 'pod-annotation' | 'pod-label';
  readonly pair: string;
}

/** By the name of the container. */
const INJECTORS: Readonly<Record<string, Injector>> = {
  'istio-proxy': { option: 'pod-annotation', pair: 'sidecar.istio.io/inject=false' },
  'istio-init': { option: 'pod-annotation', pair: 'sidecar.istio.io/inject=false' },
  'istio-validation': { option: 'pod-annotation', pair: 'sidecar.istio.io/inject=false' },
  'linkerd-proxy': { option: 'pod-annotation', pair: 'linkerd.io/inject=disabled' },
  'linkerd-init': { option: 'pod-annotation', pair: 'linkerd.io/inject=disabled' },
  'linkerd-network-validator': { option: 'pod-annotation', pair: 'linkerd.io/inject=disabled' },
  'kuma-sidecar': { option: 'pod-label', pair: 'kuma.io/sidecar-injection=disabled' },
  'kuma-init': { option: 'pod-label', pair: 'kuma.io/sidecar-injection=disabled' },
  'consul-dataplane': { option: 'pod-annotation', pair: 'consul.hashicorp.com/connect-inject=false' },
  'consul-connect-inject-init': {
    option: 'pod-annotation',
    pair: 'consul.hashicorp.com/connect-inject=false',
  },
  daprd: { option: 'pod-annotation', pair: 'dapr.io/enabled=false' },
  'vault-agent': { option: 'pod-annotation', pair: 'vault.hashicorp.com/agent-inject=false' },
  'vault-agent-init': { option: 'pod-annotation', pair: 'vault.hashicorp.com/agent-inject=false' },
};

/** What keeps a container of this name out of the pods. */
export function keepOut(name: string): Message {
  const known = Object.hasOwn(INJECTORS, name) ? INJECTORS[name] : undefined;
  if (known !== undefined) return say`Keep it out with ${setting(known.option)} ${known.pair}.`;
  return say`Keep it out with the annotation or label that its injector names (${setting('pod-annotation')}, ${setting('pod-label')}, as sidecar.istio.io/inject=false).`;
}

interface PodParts {
  readonly containers?: readonly { readonly name?: string; readonly image?: string }[];
}

/** Names of the containers beside Keyferry's own, as they stand in the pod; without native sidecars. */
export function besideOurs(pod: KubernetesObject): readonly string[] {
  const { containers = [] } = (pod['spec'] ?? {}) as PodParts;
  return containers.flatMap(({ name = '' }) => (name === CONTAINER || name === '' ? [] : [name]));
}
