/**
 * The person at the keyboard in cluster tests: plain requests to the API server, without the client under test.
 *
 * Connections are kept alive, so that a thousand objects take seconds.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import type { ControlPlaneAddress } from './control-plane.ts';

export interface Answer {
  readonly status: number;
  /** `{ message }` for what is not JSON. */
  readonly body: unknown;
  /** The body as it came. */
  readonly text: string;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

type Metadata = KubernetesObject['metadata'];

/** Kinds that tests use, and their paths. */
const PLURALS: Readonly<Record<string, string>> = {
  Namespace: 'v1/namespaces',
  Secret: 'v1/secrets',
  ConfigMap: 'v1/configmaps',
  ServiceAccount: 'v1/serviceaccounts',
  Event: 'v1/events',
  Pod: 'v1/pods',
  Node: 'v1/nodes',
  ResourceQuota: 'v1/resourcequotas',
  LimitRange: 'v1/limitranges',
  Job: 'batch/v1/jobs',
  CronJob: 'batch/v1/cronjobs',
  Lease: 'coordination.k8s.io/v1/leases',
  Deployment: 'apps/v1/deployments',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  Role: 'rbac.authorization.k8s.io/v1/roles',
  RoleBinding: 'rbac.authorization.k8s.io/v1/rolebindings',
  ClusterRole: 'rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1/clusterrolebindings',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1/customresourcedefinitions',
  ExternalSecret: 'external-secrets.io/v1/externalsecrets',
  ClusterExternalSecret: 'external-secrets.io/v1/clusterexternalsecrets',
  SecretStore: 'external-secrets.io/v1/secretstores',
  ClusterSecretStore: 'external-secrets.io/v1/clustersecretstores',
  PushSecret: 'external-secrets.io/v1alpha1/pushsecrets',
  ClusterPushSecret: 'external-secrets.io/v1alpha1/clusterpushsecrets',
  Password: 'generators.external-secrets.io/v1alpha1/passwords',
  UUID: 'generators.external-secrets.io/v1alpha1/uuids',
  SSHKey: 'generators.external-secrets.io/v1alpha1/sshkeys',
  Fake: 'generators.external-secrets.io/v1alpha1/fakes',
  ClusterGenerator: 'generators.external-secrets.io/v1alpha1/clustergenerators',
};

export class ClusterUser {
  readonly #address: ControlPlaneAddress;
  readonly #token: string;
  readonly #agent: Agent;

  constructor(address: ControlPlaneAddress, token: string) {
    this.#address = address;
    this.#token = token;
    this.#agent = new Agent({ ca: readFileSync(address.caFile), keepAlive: true, maxSockets: 16 });
  }

  /** Creates, or replaces what is there. Throws what the API server says against it. */
  async apply(object: KubernetesObject): Promise<KubernetesObject> {
    const path = pathOf(object);
    const collection = path.slice(0, path.lastIndexOf('/'));
    const created = await this.call({ method: 'POST', path: collection, body: object });
    if (created.status !== 409) return accepted(created);
    for (let attempt = 0; ; attempt += 1) {
      const { resourceVersion } = (await this.read(object)).metadata;
      const metadata = { ...object.metadata, resourceVersion };
      const replaced = await this.call({ method: 'PUT', path, body: { ...object, metadata } });
      if (replaced.status !== 409 || attempt === 5) return accepted(replaced);
    }
  }

  async read(object: Pick<KubernetesObject, 'kind' | 'metadata'>): Promise<KubernetesObject> {
    return accepted(await this.call({ method: 'GET', path: pathOf(object) }));
  }

  /** `undefined` = there is none. */
  async find(kind: string, namespace: string | undefined, name: string): Promise<KubernetesObject | undefined> {
    const path = pathOf({ kind, metadata: namespace === undefined ? { name } : { namespace, name } });
    const answer = await this.call({ method: 'GET', path });
    return answer.status === 404 ? undefined : accepted(answer);
  }

  /** All of a kind, in one namespace or everywhere. */
  async list(kind: string, namespace?: string): Promise<readonly KubernetesObject[]> {
    const path = pathOf({ kind, metadata: namespace === undefined ? { name: '' } : { namespace, name: '' } });
    const answer = await this.call({ method: 'GET', path: path.replace(/\/$/u, '') });
    const { items, apiVersion } = accepted(answer) as unknown as { items: KubernetesObject[]; apiVersion: string };
    return items.map((item) => ({ ...item, apiVersion, kind }));
  }

  async patch(object: KubernetesObject, subresource = ''): Promise<KubernetesObject> {
    const path = `${pathOf(object)}${subresource}`;
    const contentType = 'application/merge-patch+json';
    return accepted(await this.call({ method: 'PATCH', path, body: object, contentType }));
  }

  /** With what belongs to it, as kubectl does; the API server would leave a Job's pods. Absent already = done. */
  async delete(kind: string, namespace: string | undefined, name: string): Promise<void> {
    const path = pathOf({ kind, metadata: namespace === undefined ? { name } : { namespace, name } });
    const answer = await this.call({ method: 'DELETE', path: `${path}?propagationPolicy=Background` });
    if (answer.status !== 404) accepted(answer);
  }

  call(call: Call): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      accept: 'application/json, */*',
      ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
    };
    const url = `${this.#address.server}${call.path}`;
    return new Promise((done, failed) => {
      const sent = request(url, { method: call.method, headers, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          done({ status: response.statusCode ?? 0, body: parsed(text), text });
        });
        response.on('error', failed);
      });
      sent.on('error', failed);
      sent.end(call.body === undefined ? undefined : JSON.stringify(call.body));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

export function connectAs(address: ControlPlaneAddress, user: string): ClusterUser {
  const token = address.tokens[user];
  if (token === undefined) throw new Error(`the control plane has no user ${user}`);
  return new ClusterUser(address, token);
}

/** Asks again and again until the answer is there; the last resort where the API server works in the background. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, seconds = 30): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not after ${seconds} s`);
    await wait(50);
  }
}

function pathOf({ kind, metadata }: { readonly kind: string; readonly metadata: Metadata }): string {
  const plural = PLURALS[kind];
  if (plural === undefined) throw new Error(`cluster tests know no path for ${kind}`);
  const parts = plural.split('/');
  const resource = parts.pop() ?? '';
  const root = parts.length === 1 ? '/api' : '/apis';
  const scope = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `${root}/${parts.join('/')}${scope}/${resource}/${metadata.name}`;
}

function accepted({ status, body }: Answer): KubernetesObject {
  if (status >= 200 && status < 300) return body as KubernetesObject;
  throw new Error(`the API server answered ${status}: ${(body as { message?: string }).message ?? ''}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
