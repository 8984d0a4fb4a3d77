/**
 * Azure Resource Manager, as far as AKS clusters are concerned: their properties, and the kubeconfigs of users and admins.
 *
 * Checks come in the service's order: token, subscription, API version, right, resource group, cluster. So whoever has
 * no right learns nothing about what exists. Every identity of the tenant has all rights until a test takes some away.
 */
import type { CertificateAuthority } from './certificates.ts';
import { answerInstead, Faults, withDelivery, type Fault } from './faults.ts';
import { filledAnswer } from './golden.ts';
import { audiences, decodeToken, hasValidSignature, seconds, text, type Claims, type Jwks } from './json-web-token.ts';
import { listenHttps, type Answer, type Listener, type LoopbackRequest, type Reply } from './listener.ts';
import { adminKubeconfig, propertiesOf, userKubeconfig, type ManagedClusterCase } from './managed-cluster.ts';

/** Host of Resource Manager → what its tokens are issued for. */
export const MANAGEMENT_RESOURCES: Readonly<Record<string, string>> = {
  'management.azure.com': 'https://management.azure.com',
  'management.usgovcloudapi.net': 'https://management.usgovcloudapi.net',
  'management.chinacloudapi.cn': 'https://management.chinacloudapi.cn',
};
export const SUBSCRIPTION_ID = '33333333-3333-3333-3333-333333333333';
/** Stable versions that are served; sovereign clouds are not told apart. */
const API_VERSIONS = ['2024-09-01', '2025-02-01', '2025-05-01', '2025-10-01', '2026-06-01'];
const PROVIDER = 'Microsoft.ContainerService/managedClusters';

type Action = 'read' | 'listClusterUserCredential/action' | 'listClusterAdminCredential/action';

export interface ArmDenial {
  /** Absent = every identity. */
  readonly clientId?: string;
  /** Absent = every action. */
  readonly action?: Action;
}

export interface ResourceManagerOptions {
  readonly authority: CertificateAuthority;
  readonly tokenKeys: () => Jwks;
  readonly tenantId: string;
  readonly now?: () => number;
}

interface Place {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly action: Action;
}

export class ResourceManagerServer {
  /** `POST …/aks-shop/listClusterUserCredential`, also of requests that were refused. */
  readonly requests: string[] = [];
  /** User agents of all requests. */
  readonly userAgents = new Set<string>();
  readonly faults = new Faults();
  readonly denials: ArmDenial[] = [];
  readonly #clusters = new Map<string, ManagedClusterCase>();
  readonly #options: ResourceManagerOptions;
  #listener!: Listener;

  private constructor(options: ResourceManagerOptions) {
    this.#options = options;
  }

  static async start(options: ResourceManagerOptions): Promise<ResourceManagerServer> {
    const server = new ResourceManagerServer(options);
    server.#listener = await listenHttps(options.authority, (request) => server.#handle(request));
    return server;
  }

  get port(): number {
    return this.#listener.port;
  }

  get hosts(): readonly string[] {
    return Object.keys(MANAGEMENT_RESOURCES);
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  /** Adds a cluster, or replaces the one of that name. Gives its resource id. */
  setCluster(resourceGroup: string, name: string, cluster: ManagedClusterCase): string {
    this.#clusters.set(keyOf({ resourceGroup, name }), cluster);
    return clusterId({ subscription: SUBSCRIPTION_ID, resourceGroup, name });
  }

  deny(denial: ArmDenial): void {
    this.denials.push(denial);
  }

  inject(...faults: readonly Fault[]): void {
    this.faults.inject(...faults);
  }

  /** Forgets requests, faults and denials; the clusters stay. */
  reset(): void {
    this.requests.length = 0;
    this.denials.length = 0;
    this.faults.clear();
  }

  async #handle(request: LoopbackRequest): Promise<Reply> {
    const line = `${request.method} ${request.path}`;
    this.requests.push(line);
    this.userAgents.add(request.headers['user-agent'] ?? '');
    const fault = this.faults.take([line]);
    const instead = fault === undefined ? undefined : answerInstead(fault, faultAnswer);
    return withDelivery(instead ?? this.#answer(request), fault);
  }

  #answer(request: LoopbackRequest): Answer {
    const claims = this.#checkedToken(request);
    if ('status' in claims) return claims as Answer;
    const place = placeOf(request);
    if (place === undefined)
      return filledAnswer('resource-manager', 'any', { code: 'InvalidRequestUri', message: '?' });
    const { subscription } = place;
    if (subscription !== SUBSCRIPTION_ID)
      return filledAnswer('resource-manager', 'subscription-not-found', { subscription });
    return versionProblem(request) ?? this.#rightProblem(place, claims) ?? this.#found(place);
  }

  #found(place: Place): Answer {
    const { resourceGroup: group, name } = place;
    const groups = [...this.#clusters.keys()].map((key) => key.split('/')[0]);
    if (!groups.includes(group.toLowerCase())) return filledAnswer('resource-manager', 'group-not-found', { group });
    const cluster = this.#clusters.get(keyOf(place));
    if (cluster === undefined) return filledAnswer('resource-manager', 'cluster-not-found', { group, name });
    const { tenantId } = this.#options;
    switch (place.action) {
      case 'read':
        return described(place, cluster, tenantId);
      case 'listClusterUserCredential/action':
        return credential('clusterUser', cluster, userKubeconfig(cluster, place, tenantId));
      case 'listClusterAdminCredential/action':
        return credential('clusterAdmin', cluster, adminKubeconfig(cluster, place));
    }
  }

  #rightProblem(place: Place, claims: Claims): Answer | undefined {
    const client = text(claims, 'appid');
    const denied = this.denials.some(
      ({ clientId = client, action = place.action }) => clientId === client && action === place.action,
    );
    if (!denied) return undefined;
    return filledAnswer('resource-manager', 'not-authorized', {
      client,
      object: text(claims, 'oid'),
      action: `${PROVIDER}/${place.action}`,
      scope: clusterId(place),
    });
  }

  #checkedToken(request: LoopbackRequest): Claims | Answer {
    const { tenantId, tokenKeys, now = Date.now } = this.#options;
    const authority = `https://login.windows.net/${tenantId}`;
    const refuse = (name: string, values: Readonly<Record<string, string>> = {}): Answer =>
      filledAnswer('resource-manager', name, { authority, ...values });
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return refuse('missing-token');
    const decoded = decodeToken(token);
    const key = tokenKeys().keys.find(({ kid }) => kid === text(decoded?.header ?? {}, 'kid'));
    if (decoded === undefined || key === undefined || !hasValidSignature(token, key)) return refuse('invalid-token');
    const { claims } = decoded;
    const allowed = MANAGEMENT_RESOURCES[request.host] ?? '';
    const [audience = ''] = audiences(claims);
    if (audience.replace(/\/$/, '') !== allowed) return refuse('wrong-audience', { audience, allowed });
    if (seconds(claims, 'exp') * 1000 <= now()) return refuse('expired-token', { expiry: '?', now: '?' });
    const [issuer, expected] = [text(claims, 'iss'), `https://sts.windows.net/${tenantId}/`];
    return issuer === expected ? claims : refuse('wrong-tenant', { issuer, expected });
  }
}

function placeOf({ method, path }: LoopbackRequest): Place | undefined {
  const form =
    /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/microsoft\.containerservice\/managedclusters\/([^/]+)(?:\/(listCluster(?:User|Admin)Credential))?$/i;
  const [, subscription, group, name, verb] = form.exec(path) ?? [];
  if (subscription === undefined || group === undefined || name === undefined) return undefined;
  if ((method === 'GET') !== (verb === undefined)) return undefined;
  const action = verb === undefined ? 'read' : (`${verb}/action` as Action);
  return { subscription, resourceGroup: decodeURIComponent(group), name, action };
}

function versionProblem({ query }: LoopbackRequest): Answer | undefined {
  const version = query.get('api-version');
  if (version === null) return filledAnswer('resource-manager', 'missing-api-version', {});
  if (API_VERSIONS.includes(version)) return undefined;
  return filledAnswer('resource-manager', 'bad-api-version', { version, versions: API_VERSIONS.join(', ') });
}

function described(place: Place, cluster: ManagedClusterCase, tenantId: string): Answer {
  const id = clusterId(place).replace('/resourceGroups/', '/resourcegroups/');
  const type = 'Microsoft.ContainerService/ManagedClusters';
  const body = { id, name: place.name, type, location: 'westeurope', properties: propertiesOf(cluster, tenantId) };
  return { status: 200, body };
}

function credential(name: string, cluster: ManagedClusterCase, kubeconfig: string | undefined): Answer {
  const { rawCredential } = cluster;
  if (rawCredential === undefined && kubeconfig === undefined)
    return filledAnswer('resource-manager', 'local-accounts-disabled', {});
  const value = rawCredential ?? Buffer.from(kubeconfig ?? '').toString('base64');
  return { status: 200, body: { kubeconfigs: [{ name, value }] } };
}

function clusterId({ subscription, resourceGroup, name }: Omit<Place, 'action'>): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${PROVIDER}/${name}`;
}

function keyOf({ resourceGroup, name }: Pick<Place, 'resourceGroup' | 'name'>): string {
  return `${resourceGroup}/${name}`.toLowerCase();
}

function faultAnswer(fault: Fault): Answer {
  if (fault.claims !== undefined) {
    const claims = Buffer.from(fault.claims).toString('base64');
    return filledAnswer('resource-manager', 'claims-challenge', {
      authority: 'https://login.windows.net/common',
      claims,
    });
  }
  const values = { code: fault.code ?? 'InternalServerError', message: fault.message ?? 'injected' };
  return { ...filledAnswer('resource-manager', 'any', values), status: fault.status ?? 500 };
}
