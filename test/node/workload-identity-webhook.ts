/**
 * Does to pods what the workload identity webhook of AKS does, as a webhook of the same kind.
 *
 * azure-workload-identity 1.6: pods labelled azure.workload.identity/use=true get, from their ServiceAccount's
 * annotations, AZURE_CLIENT_ID (none without the annotation), AZURE_TENANT_ID (its own default without), the file of a
 * projected token for Entra, and the login host. Variables that are there stay.
 */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { TENANT_ID, TOKEN_AUDIENCE } from '../servers/index.ts';
import type { AdmissionWebhook } from './admission-webhook.ts';
import type { NodeWorld } from './node-world.ts';
import { specOf, withAddition } from './pod-spec.ts';

const LABEL = 'azure.workload.identity/use';
const MOUNT_PATH = '/var/run/secrets/azure/wi/token';
const FILE = 'azure-identity-token';
const EXPIRATION_SECONDS = 3600;

/** For the pods of the world's namespace. */
export function serveWorkloadIdentity({ admin, namespace, serveAdmission }: NodeWorld): Promise<AdmissionWebhook> {
  const rule = {
    name: `workload-identity-${namespace}`,
    kind: 'Pod',
    operations: ['CREATE'],
    matchLabels: { [LABEL]: 'true' },
  } as const;
  return serveAdmission(rule, async ({ object: pod }) => {
    const { serviceAccountName = 'default' } = specOf(pod);
    const account = await admin.find('ServiceAccount', namespace, serviceAccountName);
    return withIdentity(pod, account?.metadata.annotations ?? {});
  });
}

function withIdentity(pod: KubernetesObject, annotations: Readonly<Record<string, string>>): KubernetesObject {
  const clientId = annotations['azure.workload.identity/client-id'] ?? '';
  const source = { audience: TOKEN_AUDIENCE, expirationSeconds: EXPIRATION_SECONDS, path: FILE };
  return withAddition(pod, {
    environment: {
      ...(clientId === '' ? {} : { AZURE_CLIENT_ID: clientId }),
      AZURE_TENANT_ID: annotations['azure.workload.identity/tenant-id'] ?? TENANT_ID,
      AZURE_FEDERATED_TOKEN_FILE: `${MOUNT_PATH}/${FILE}`,
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
    },
    volume: {
      name: 'azure-workload-identity-reserved-token',
      projected: { sources: [{ serviceAccountToken: source }] },
    },
    mountPath: MOUNT_PATH,
  });
}
