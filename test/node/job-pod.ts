/** The job in a pod as a careful person sets it up by hand: nobody's user, and nothing writable but /tmp. */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { MANIFESTS_MAP } from './job-manifests.ts';

/** What the container runs, and the volumes that it needs for it. */
export interface Program {
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly volumes?: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface JobPod {
  readonly namespace: string;
  readonly name: string;
  readonly program: Program;
  readonly serviceAccount: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

/** Reads the manifests from the ConfigMap that `manifestsMap` makes. */
export function jobPod({
  namespace,
  name,
  program,
  serviceAccount,
  labels,
  finalizers = [],
}: JobPod): KubernetesObject {
  const { volumes = [], volumeMounts = [], env = [], ...rest } = program;
  const container = {
    name: 'job',
    ...rest,
    env: [...env, { name: 'KEYFERRY_FILENAME', value: '/manifests' }],
    securityContext: LOCKED_DOWN,
    volumeMounts: [...volumeMounts, { name: 'manifests', mountPath: '/manifests' }, { name: 'tmp', mountPath: '/tmp' }],
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels: labels ?? {}, finalizers },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: serviceAccount,
      securityContext: NOBODY,
      containers: [container],
      volumes: [...volumes, { name: 'manifests', configMap: { name: MANIFESTS_MAP } }, { name: 'tmp', emptyDir: {} }],
    },
  };
}

/** Of the pod. */
export const NOBODY = {
  runAsNonRoot: true,
  runAsUser: 65532,
  runAsGroup: 65532,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** Of each container. */
export const LOCKED_DOWN = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;
