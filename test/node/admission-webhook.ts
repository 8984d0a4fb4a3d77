/** A real admission webhook, served by the test: the API server asks it before it stores an object. */
import { eventually, type ClusterUser } from '../cluster/cluster-user.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import type { CertificateAuthority } from '../servers/index.ts';
import { listenHttps, type Listener } from '../servers/listener.ts';

export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly namespace: string;
  readonly object: KubernetesObject;
}

/** Gives the object as it is to be stored. Rejects to refuse it, with the error's message. */
export type Review = (request: AdmissionRequest) => Promise<KubernetesObject>;

export interface WebhookRule {
  readonly name: string;
  readonly kind: 'Pod' | 'Secret';
  /** Objects of this namespace only. */
  readonly namespace: string;
  readonly operations: readonly AdmissionRequest['operation'][];
  /** Objects with these labels only. */
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface WebhookHost {
  readonly admin: ClusterUser;
  readonly authority: CertificateAuthority;
}

export interface AdmissionWebhook {
  /** The configuration goes first, so that no request waits for a server that is gone. Closed already = done. */
  close(): Promise<void>;
}

/** In effect when it resolves. */
export async function serveAdmission(host: WebhookHost, rule: WebhookRule, review: Review): Promise<AdmissionWebhook> {
  let wasAsked = false;
  const server = await listenHttps(host.authority, async ({ body }) => {
    const { request } = JSON.parse(body) as { readonly request: AdmissionRequest & { readonly uid: string } };
    wasAsked = true;
    const verdict = isMeant(request, rule) ? await verdictOf(request, review) : { allowed: true };
    const response = { uid: request.uid, ...verdict };
    return { answer: { status: 200, body: { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response } } };
  });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await host.admin.delete('MutatingWebhookConfiguration', undefined, rule.name);
    await server.close();
  };
  const webhook = { close: () => (closed ??= close()) };
  try {
    await host.admin.apply(configuration(rule, server, host.authority));
    await untilAsked(host.admin, rule, () => wasAsked);
    return webhook;
  } catch (error) {
    await webhook.close();
    throw error;
  }
}

/** The API server takes a moment to read a new configuration; an object that is not stored shows when it has. */
async function untilAsked(admin: ClusterUser, rule: WebhookRule, wasAsked: () => boolean): Promise<void> {
  await eventually(`the API server asks the webhook ${rule.name}`, async () => {
    await probe(admin, rule);
    return wasAsked() ? true : undefined;
  });
}

/** The probe is not, and it is a CREATE whatever the rule is for. */
function isMeant({ operation, object }: AdmissionRequest, { operations }: WebhookRule): boolean {
  return object.metadata.name !== PROBE && operations.includes(operation);
}

/** The patch replaces everything that such webhooks change. */
async function verdictOf(request: AdmissionRequest, review: Review): Promise<object> {
  try {
    const { metadata, spec } = await review(request);
    const patch = [{ op: 'replace', path: '/metadata', value: metadata }];
    if (spec !== undefined) patch.push({ op: 'replace', path: '/spec', value: spec as never });
    return { allowed: true, patchType: 'JSONPatch', patch: base64(JSON.stringify(patch)) };
  } catch (error) {
    return { allowed: false, status: { code: 400, message: (error as Error).message } };
  }
}

function configuration(rule: WebhookRule, { port }: Listener, authority: CertificateAuthority): KubernetesObject {
  const { name, kind, namespace, operations, matchLabels } = rule;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: `${name}.keyferry.test`,
        clientConfig: { url: `https://localhost:${port}/`, caBundle: base64(authority.pem) },
        rules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            resources: [pluralOf(kind)],
            operations: [...new Set([...operations, 'CREATE'])],
          },
        ],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        ...(matchLabels === undefined ? {} : { objectSelector: { matchLabels } }),
        failurePolicy: 'Fail',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        timeoutSeconds: 30,
      },
    ],
  };
}

const PROBE = 'webhook-probe';

async function probe(admin: ClusterUser, { kind, namespace, matchLabels }: WebhookRule): Promise<void> {
  const metadata = { name: PROBE, namespace, labels: matchLabels ?? {} };
  const path = `/api/v1/namespaces/${namespace}/${pluralOf(kind)}?dryRun=All`;
  await admin.call({ method: 'POST', path, body: { apiVersion: 'v1', kind, metadata } });
}

function pluralOf(kind: WebhookRule['kind']): string {
  return `${kind.toLowerCase()}s`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
