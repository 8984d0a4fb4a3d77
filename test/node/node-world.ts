/**
 * What a test of pods starts from: a namespace of its own, a loopback Azure of its own that trusts the cluster's
 * ServiceAccounts, and pods that reach it by the real host names without knowing of it.
 *
 * That is done as in a company's network: every pod of the namespace gets the variables of a proxy and a private
 * authority when it is created. The pods under test are those of the product, as they are.
 */
import type { ClusterUser } from '../cluster/cluster-user.ts';
import { trustServiceAccounts } from '../cluster/service-account-trust.ts';
import { adminUser } from '../cluster/world.ts';
import { textsOf } from '../engine/shop.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, type LoopbackAzure } from '../servers/index.ts';
import { serveAdmission, type AdmissionWebhook, type Review, type WebhookRule } from './admission-webhook.ts';
import { machineThatTakesPods } from './machine.ts';
import { openToPods } from './pod-network.ts';
import { withAddition, type Addition } from './pod-spec.ts';

/** An image of Node 24 that the node has; see images.sh. */
export const NODE_IMAGE = 'localhost/node24:1';
/** Made in every world; its token is good for MANAGED_CLIENT_ID, as its annotation says. */
export const IDENTITY_SERVICE_ACCOUNT = 'workload-identity-sa';

export interface NodeWorld {
  readonly namespace: string;
  readonly azure: LoopbackAzure;
  readonly admin: ClusterUser;
  /** Gives the vault kv-shop these secrets beside those that it has. */
  readonly fillVault: (secrets: Readonly<Record<string, string>>) => void;
  /** A webhook for objects of the namespace; what a test leaves open is closed with the world. */
  readonly serveAdmission: (rule: Omit<WebhookRule, 'namespace'>, review: Review) => Promise<AdmissionWebhook>;
  /** Values of a Secret as text; `undefined` = there is none. */
  readonly secret: (name: string) => Promise<Readonly<Record<string, string>> | undefined>;
  /** For what lives no longer than the world: the newest is closed first. */
  readonly closeLater: (close: () => Promise<void>) => void;
  /** Closes everything, also where a part of it cannot be closed. */
  readonly close: () => Promise<void>;
}

export async function openNodeWorld(namespace: string): Promise<NodeWorld> {
  const admin = adminUser();
  await machineThatTakesPods(admin);
  const azure = await startLoopbackAzure();
  const { authority } = azure;
  await trustServiceAccounts(azure, admin, { clientId: MANAGED_CLIENT_ID, namespace, name: IDENTITY_SERVICE_ACCOUNT });
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await admin.apply(identityAccount(namespace));
  await admin.apply(authorityMap(namespace, authority.pem));
  const proxy = await openToPods(Number(new URL(azure.proxy.url).port));
  const closers = [async () => admin.close(), () => azure.close(), () => proxy.close()];
  closers.push(() => admin.delete('Namespace', undefined, namespace));
  const serve: NodeWorld['serveAdmission'] = async (rule, review) => {
    const webhook = await serveAdmission({ admin, authority }, { ...rule, namespace }, review);
    closers.push(() => webhook.close());
    return webhook;
  };
  const network = networkOf(`http://${proxy.host}:${proxy.port}`, proxy.host);
  const rule = { name: `network-${namespace}`, kind: 'Pod', operations: ['CREATE'] } as const;
  await serve(rule, async ({ object }) => withAddition(object, network));
  return {
    namespace,
    azure,
    admin,
    serveAdmission: serve,
    fillVault: (secrets) => {
      const content = Object.entries(secrets).map(([name, value]) => [name, [{ value }]] as const);
      azure.vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(content) } });
    },
    secret: async (name) => textsOf(await admin.find('Secret', namespace, name)),
    closeLater: (close) => void closers.push(close),
    close: () => closeAll(closers.toReversed()),
  };
}

async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, 'not everything of the world could be closed');
}

const AUTHORITY_MAP = 'private-authority';
const AUTHORITY_PATH = '/etc/private-authority';

function networkOf(proxy: string, apiServer: string): Addition {
  return {
    environment: { HTTPS_PROXY: proxy, NO_PROXY: apiServer, NODE_EXTRA_CA_CERTS: `${AUTHORITY_PATH}/ca.pem` },
    volume: { name: AUTHORITY_MAP, configMap: { name: AUTHORITY_MAP } },
    mountPath: AUTHORITY_PATH,
  };
}

function authorityMap(namespace: string, pem: string): KubernetesObject {
  const metadata = { name: AUTHORITY_MAP, namespace };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'ca.pem': pem } };
}

function identityAccount(namespace: string): KubernetesObject {
  const annotations = { 'azure.workload.identity/client-id': MANAGED_CLIENT_ID };
  const metadata = { name: IDENTITY_SERVICE_ACCOUNT, namespace, annotations };
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
}
