/** A kubeconfig that came over the network: logged in to in this process, and followed in nothing else. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KubernetesCluster } from '../../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { connectToManagedCluster } from '../../../src/adapters/kubernetes/managed-cluster.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import type { ClusterLogin, LoginProgram } from '../../../src/ports/cluster-login.ts';
import { PortError, type PortErrorDetails } from '../../../src/ports/errors.ts';
import { loopbackAuthority } from '../../servers/index.ts';
import { ScriptedApiServer, status } from './api-server.ts';

const DB = secretRef('shop', 'db');
const SECRET = { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'db', namespace: 'shop', uid: 'u' } };
const OBJECT_ID = 'bbbbbbbb-0000-0000-0000-000000000001';
const CLUSTER_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/shop-prd';
const EXEC = { exec: { command: 'kubelogin', args: ['get-token', '--server-id', 'x'] } };
const NO_TOKEN = { kind: 'Unauthenticated', what: 'Entra gave no token', fix: 'Try again.', whole: true } as const;
const WARNING =
  'cluster shop-prd is not integrated with Entra: what it gives to log in with is a certificate that may do everything there, and that outlives this run. Integrate it: az aks update';

let server: ScriptedApiServer;
beforeEach(async () => {
  server = await ScriptedApiServer.start();
  server.answer({ status: 200, body: SECRET });
});
afterEach(() => server.close());

class ScriptedLogin implements ClusterLogin {
  readonly programs: LoginProgram[] = [];
  readonly explained: string[] = [];
  tokens: readonly (string | PortErrorDetails)[] = ['token-1'];
  explanation: PortErrorDetails | undefined;
  refuses: PortErrorDetails | undefined;

  check(): void {
    if (this.refuses !== undefined) throw new PortError(this.refuses);
  }

  async token(program: LoginProgram): Promise<string> {
    this.programs.push(program);
    const [token = '', ...later] = this.tokens;
    if (later.length > 0) this.tokens = later;
    if (typeof token === 'string') return token;
    throw new PortError(token);
  }

  loggedIn() {
    return this.programs.length === 0 ? undefined : { objectId: OBJECT_ID, tenantId: 'tenant', clusterId: CLUSTER_ID };
  }

  async explainSilence(code: string): Promise<PortErrorDetails | undefined> {
    this.explained.push(code);
    return this.explanation;
  }
}

function connectTo(text: string, login = new ScriptedLogin()) {
  const { clock, logger, masker } = server;
  const kubeconfig = { text, name: 'the kubeconfig of AKS cluster shop-prd', integrate: 'az aks update' };
  return connectToManagedCluster(kubeconfig, login, { clock, logger, masker, random: () => 0.5, environment: {} });
}

const open = (user: object = EXEC, login = new ScriptedLogin(), cluster: object = {}) =>
  new KubernetesCluster(connectTo(server.kubeconfig(cluster as never, user as never), login));

function refusalOf(connect: () => unknown): PortError {
  try {
    connect();
  } catch (error) {
    if (error instanceof PortError) return error;
    throw error;
  }
  throw new Error('there was no refusal');
}

async function refusedRead(cluster: KubernetesCluster): Promise<PortError> {
  const error: unknown = await cluster.getSecret(DB).catch((reason: unknown) => reason);
  if (error instanceof PortError) return error;
  throw new Error('there was no refusal');
}

describe('a login program', () => {
  it('is not run: the token is asked for in this process, for every request', async () => {
    const login = new ScriptedLogin();
    login.tokens = ['token-1', 'token-2'];
    const cluster = open({ ...EXEC, token: 'static' }, login);
    await cluster.getSecret(DB);
    await cluster.getSecret(DB);
    expect(server.authorizations).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(login.programs[0]).toEqual(EXEC.exec);
  });

  it('leaves the connections shared', async () => {
    const login = new ScriptedLogin();
    login.tokens = ['token-1', 'token-2', 'token-3', 'token-4'];
    const cluster = open(EXEC, login);
    for (let count = 0; count < 10; count += 1) await cluster.getSecret(DB);
    // A second one may open before the first is free again.
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it('is asked for again with each attempt', async () => {
    const login = new ScriptedLogin();
    login.tokens = ['token-1', 'token-2'];
    server.answer({ status: 503 }, { status: 200, body: SECRET });
    await open(EXEC, login).getSecret(DB);
    expect(server.authorizations).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('that cannot be replaced is refused before anything is sent', () => {
    const login = new ScriptedLogin();
    login.refuses = { ...NO_TOKEN, what: 'not this one' };
    expect(refusalOf(() => open(EXEC, login)).what).toBe('not this one');
    expect(server.requests).toEqual([]);
  });

  it('whose replacement fails is told in its own words, and not repeated', async () => {
    const login = new ScriptedLogin();
    login.tokens = [NO_TOKEN];
    const refusal = await refusedRead(open(EXEC, login));
    expect([refusal.kind, refusal.what, login.programs.length]).toEqual(['Unauthenticated', 'Entra gave no token', 1]);
    expect(server.requests).toEqual([]);
  });

  it('is told in the same words where a kind has to be looked up first', async () => {
    const login = new ScriptedLogin();
    login.tokens = [NO_TOKEN];
    const { KubernetesObjects } = await import('../../../src/adapters/kubernetes/kubernetes-objects.ts');
    const objects = new KubernetesObjects(connectTo(server.kubeconfig({}, EXEC), login));
    const ref = { apiVersion: 'example.com/v1', kind: 'Thing', namespace: 'shop', name: 'a' };
    await expect(objects.read(ref)).rejects.toMatchObject({ kind: 'Unauthenticated', what: 'Entra gave no token' });
  });

  it('has its password masked', () => {
    open({ exec: { ...EXEC.exec, args: ['--client-secret', 'hunter2'], env: [{ name: 'A', value: 'hunter3' }] } });
    expect([server.masker.hasMasked('hunter2'), server.masker.hasMasked('hunter3')]).toEqual([true, true]);
  });

  it('gives no warning', () => {
    open();
    expect(server.logger.text()).toBe('');
  });
});

describe('a certificate or token', () => {
  const issued = loopbackAuthority().issue('masterclient');
  const user = {
    'client-certificate-data': Buffer.from(issued.certificate).toString('base64'),
    'client-key-data': Buffer.from(issued.privateKey).toString('base64'),
    token: 'static-token',
  };

  it('works, with a warning about what it may do', async () => {
    const login = new ScriptedLogin();
    expect((await open(user, login).getSecret(DB))?.uid).toBe('u');
    expect([server.authorizations, login.programs]).toEqual([['Bearer static-token'], []]);
    expect(server.logger.records.map(({ level, message }) => [level, message])).toEqual([['warn', WARNING]]);
  });

  it('is masked whole, certificate and key also as they are written', () => {
    open(user);
    const texts = [user.token, ...Object.values(user), issued.privateKey, issued.certificate];
    expect(texts.filter((text) => !server.masker.hasMasked(text))).toEqual([]);
  });

  it('is masked also where the rest is refused', () => {
    refusalOf(() => open({ ...user, as: 'somebody' }));
    expect(server.masker.hasMasked('static-token')).toBe(true);
  });
});

describe('what a kubeconfig from the network may not do', () => {
  it.each<[string, object, object]>([
    ['read a token from a file of this machine', { 'token-file': '/etc/hostname' }, {}],
    ['the same under its newer name', { tokenFile: '/etc/hostname' }, {}],
    ['read a key from a file', { 'client-key': '/etc/ssl/key.pem' }, {}],
    ['read a certificate from a file', { 'client-certificate': '/etc/ssl/cert.pem' }, {}],
    ['be somebody else', { ...EXEC, as: 'system:admin' }, {}],
    ['log in by a plug-in', { 'auth-provider': { name: 'azure' } }, {}],
    ['read an authority from a file', EXEC, { 'certificate-authority': '/etc/ssl/ca.pem' }],
    ['leave the server unchecked', EXEC, { 'insecure-skip-tls-verify': true }],
    ['go through a proxy of its choice', EXEC, { 'proxy-url': 'http://127.0.0.1:1' }],
  ])('%s', (_case, user, cluster) => {
    const key = [...Object.keys(user), ...Object.keys(cluster)].find((name) => name !== 'exec') ?? '';
    const refusal = refusalOf(() => open(user, new ScriptedLogin(), cluster));
    expect([refusal.kind, refusal.what]).toEqual([
      'Invalid',
      `the kubeconfig of AKS cluster shop-prd has "${key}", which is not followed in a kubeconfig that comes over the network`,
    ]);
    expect(server.requests).toEqual([]);
  });

  it('say otherwise what is so anyway', async () => {
    expect((await open(EXEC, new ScriptedLogin(), { 'insecure-skip-tls-verify': false }).getSecret(DB))?.uid).toBe('u');
  });

  it.each([
    ['no YAML', '{{', 'cannot be read as YAML with clusters, contexts and users'],
    ['a text', 'hunter2', 'cannot be read as YAML with clusters, contexts and users'],
    ['empty', '', 'cannot be read as YAML with clusters, contexts and users'],
    ['without a context', 'clusters: []', 'has no current-context'],
    ['of odd lists', '{clusters: 1, users: [null, 2], contexts: {}, current-context: a}', 'has no context "a"'],
  ])('be %s', (_case, text, what) => {
    const refusal = refusalOf(() => connectTo(text));
    expect([refusal.kind, refusal.what]).toEqual(['Invalid', `the kubeconfig of AKS cluster shop-prd ${what}`]);
  });

  it('hold nothing to log in with', () => {
    expect(refusalOf(() => open({ username: 'a', password: 'b' })).what).toBe(
      'the kubeconfig of AKS cluster shop-prd holds nothing to log in with',
    );
  });

  it('lead to a server without https', () => {
    expect(refusalOf(() => open(EXEC, new ScriptedLogin(), { server: 'http://127.0.0.1' })).what).toBe(
      'cluster shop-prd would be reached without encryption',
    );
  });
});

describe('a refusal', () => {
  it('of the token names identity and tenant, and where to see which one is trusted', async () => {
    server.answer(status(401, 'Unauthorized', 'Unauthorized'));
    expect(await refusedRead(open())).toMatchObject({
      kind: 'Unauthenticated',
      whole: true,
      what: `cluster shop-prd does not accept the token of identity ${OBJECT_ID} in tenant tenant (401)`,
      fix: `Check which tenant it trusts: az aks show --ids "${CLUSTER_ID}" --query aadProfile.tenantID. The identity must be of that one.`,
    });
  });

  const forbidden = (what: string, where = ' in the namespace "shop"') =>
    `secrets "db" is forbidden: User "${OBJECT_ID}" cannot ${what}${where}`;
  const ASSIGN = (role: string, scope: string) =>
    `Azure RBAC decides in this cluster: az role assignment create --role "Azure Kubernetes Service RBAC ${role}" --assignee-object-id ${OBJECT_ID} --assignee-principal-type ServicePrincipal --scope "${scope}". A new assignment can take five minutes.`;

  it.each([
    ['get resource "secrets" in API group ""', ' in the namespace "shop"', 'Writer', '/namespaces/shop'],
    [
      'patch resource "roles" in API group "rbac.authorization.k8s.io"',
      ' in the namespace "shop"',
      'Admin',
      '/namespaces/shop',
    ],
    ['get resource "namespaces" in API group ""', ' in the namespace "shop"', 'Cluster Admin', '/namespaces/shop'],
    [
      'list resource "externalsecrets" in API group "external-secrets.io"',
      ' at the cluster scope',
      'Cluster Admin',
      '',
    ],
  ])('by Azure RBAC names role and scope: %s%s', async (what, where, role, scope) => {
    const message = `${forbidden(what, where)}: User does not have access to the resource in Azure. Update role assignment to allow access.`;
    server.answer(status(403, 'Forbidden', message));
    expect((await refusedRead(open())).fix).toBe(ASSIGN(role, `${CLUSTER_ID}${scope}`));
  });

  it('by Azure RBAC leaves the cluster open where a kubeconfig was given', async () => {
    const message = `${forbidden('get resource "secrets" in API group ""')}: User does not have access to the resource in Azure.`;
    server.answer(status(403, 'Forbidden', message));
    expect((await refusedRead(new KubernetesCluster(server.connect()))).fix).toBe(
      ASSIGN('Writer', 'CLUSTER_RESOURCE_ID/namespaces/shop'),
    );
  });

  it('by the RBAC of Kubernetes binds the role to the object id', async () => {
    server.answer(status(403, 'Forbidden', forbidden('get resource "secrets" in API group ""')));
    expect((await refusedRead(open())).fix).toBe(
      `Add that rule to a role that is bound to it: kubectl create role NAME --verb=get --resource=secrets --resource-name=db -n shop; kubectl create rolebinding NAME --role=NAME --user=${OBJECT_ID} -n shop.`,
    );
  });
});

describe('a server that does not answer', () => {
  const stopped: PortErrorDetails = { kind: 'Unavailable', what: 'it is stopped', fix: 'Start it.', whole: true };

  it('is explained by what is known of the cluster', async () => {
    server.answer({ status: 0, reset: true });
    const login = new ScriptedLogin();
    login.explanation = stopped;
    expect(await refusedRead(open(EXEC, login))).toMatchObject(stopped);
    expect(login.explained).toHaveLength(1);
  });

  it('is explained also where the login is a certificate', async () => {
    server.answer({ status: 0, reset: true });
    const login = new ScriptedLogin();
    login.explanation = stopped;
    expect(await refusedRead(open({ token: 'static' }, login))).toMatchObject(stopped);
  });

  it('keeps its own words where nothing is known', async () => {
    server.answer({ status: 0, reset: true });
    expect((await refusedRead(open())).what).toMatch(/^cluster shop-prd did not answer \(/u);
  });

  it('is not asked about for a certificate that is not trusted', async () => {
    const login = new ScriptedLogin();
    login.explanation = stopped;
    const other = Buffer.from(loopbackAuthority().pem).toString('base64');
    const refusal = await refusedRead(open(EXEC, login, { 'certificate-authority-data': other }));
    expect(refusal.what).toContain('showed a certificate that is not trusted');
    expect(login.explained).toEqual([]);
  });
});
