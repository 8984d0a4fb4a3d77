/**
 * One AKS cluster, reached without az, kubelogin or a stored credential.
 *
 * Two tokens of one identity: one for Resource Manager, which hands out the kubeconfig, and one for the API server,
 * which the kubeconfig says how to ask for. Both stay in memory and are renewed before they end.
 */
import { say } from '../../../core/model/message.ts';
import { isRecord } from '../../../core/model/fields.ts';
import { managedClusterPath, type ManagedClusterId } from '../../../core/model/managed-cluster.ts';
import { SecretValue } from '../../../core/model/secret-value.ts';
import type { ClusterLogin, LoggedIn, LoginProgram } from '../../../ports/cluster-login.ts';
import { PortError, type PortErrorDetails } from '../../../ports/errors.ts';
import { claimsOf } from '../claims.ts';
import { knownCloud, type KnownCloud } from '../cloud.ts';
import { clientIdIn } from '../caller.ts';
import { createCredentials, type Credentials } from '../credential.ts';
import { machineIdentity } from '../machine-identity.ts';
import { askPlainly, type PlainAnswer } from '../plain-request.ts';
import type { ResolvedIdentity } from '../resolved-identity.ts';
import type { EntraContext } from '../settings.ts';
import { wireWords } from '../wire-words.ts';
import { jsonObject } from '../vault-answer.ts';
import { WireFailure } from '../wire.ts';
import { claimsDemanded, readRefusal } from './arm-answer.ts';
import { armError } from './arm-error.ts';
import { wantedToken, type WantedToken } from './kubelogin.ts';
import { silenceWords } from './reachability.ts';

/** AKS REST: stable, and served for years; sovereign clouds get newer ones late. */
const API_VERSION = '2025-10-01';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface ManagedCluster {
  /** The credential of users, as YAML. Throws only PortError. */
  kubeconfig(): Promise<string>;
  readonly login: ClusterLogin;
}

interface Reached {
  readonly context: EntraContext;
  readonly id: ManagedClusterId;
  readonly cloud: ReturnType<typeof knownCloud>;
  readonly identity: ResolvedIdentity;
  readonly credentials: Credentials;
}

/** Throws PortError where nothing says who logs in. Asks nobody yet. */
export function openManagedCluster(
  context: EntraContext,
  id: ManagedClusterId,
  environment: KnownCloud,
): ManagedCluster {
  const cloud = knownCloud(environment);
  const identity = machineIdentity(context, cloud.authorityHost, thingOf(id));
  const reached = { context, id, cloud, identity, credentials: createCredentials(context) };
  return { kubeconfig: () => fetchKubeconfig(reached), login: createLogin(reached) };
}

function thingOf({ name }: ManagedClusterId): string {
  return `AKS cluster ${name}`;
}

async function fetchKubeconfig(reached: Reached): Promise<string> {
  const body = await askArm(reached, 'POST', '/listClusterUserCredential');
  const list: unknown = body['kubeconfigs'];
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const value = isRecord(first) ? first['value'] : undefined;
  if (typeof value !== 'string' || value === '') throw garbled(reached.id, 'no kubeconfig in it');
  reached.context.masker.mask(SecretValue.ofText(value));
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value)) throw garbled(reached.id, 'a kubeconfig that is not base64');
  return Buffer.from(value, 'base64').toString('utf8');
}

/** The body of a good answer. */
async function askArm(
  reached: Reached,
  method: 'GET' | 'POST',
  path: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { id, cloud, identity } = reached;
  const url = new URL(`${cloud.resourceManager}${managedClusterPath(id)}${path}`);
  url.searchParams.set('api-version', API_VERSION);
  const first = await send(reached, method, url);
  const claims = claimsDemanded(first);
  const answer = claims === undefined ? first : await send(reached, method, url, claims);
  const tenantId = 'tenantId' in identity ? (identity.tenantId ?? '') : '';
  if (answer.status !== 200) {
    throw armError(readRefusal(answer), { cluster: id, host: url.host, tenantId, ...clientIdIn(identity) });
  }
  const body = jsonObject(answer.body);
  if (body === undefined) throw garbled(id, 'something that is no JSON');
  return body;
}

async function send(reached: Reached, method: 'GET' | 'POST', url: URL, claims?: string): Promise<PlainAnswer> {
  const { context, credentials, identity, cloud, id } = reached;
  const credential = credentials.credentialFor({ identity, cloud }, thingOf(id));
  const options = claims === undefined ? {} : { claims };
  const token = await credential.getToken(`${cloud.resourceManager}/.default`, options);
  const headers = { authorization: `Bearer ${token?.token ?? ''}`, accept: 'application/json' };
  try {
    const isWhole = (body: string): boolean => jsonObject(body) !== undefined;
    return await askPlainly(context, { description: 'Azure Resource Manager', method, url, headers, isWhole });
  } catch (error) {
    if (error instanceof WireFailure) throw new PortError(wireWords(error, 'Azure Resource Manager', url.host));
    throw error;
  }
}

function garbled({ name }: ManagedClusterId, found: string): PortError {
  return new PortError({
    kind: 'Malformed',
    what: `Azure Resource Manager answered for AKS cluster ${name} with ${found}`,
    fix: 'Run again; if it stays, a proxy changes the answers.',
    whole: true,
  });
}

function createLogin(reached: Reached): ClusterLogin {
  let last: LoggedIn | undefined;
  let explanation: Promise<PortErrorDetails | undefined> | undefined;
  return {
    check: (program) => void wantedToken(program, thingOf(reached.id)),
    token: async (program) => {
      const token = await apiServerToken(reached, program);
      last = loggedInWith(token, reached.id);
      return token;
    },
    loggedIn: () => last,
    explainSilence: (code) => (explanation ??= explain(reached, code)),
  };
}

async function apiServerToken(reached: Reached, program: LoginProgram): Promise<string> {
  const wanted = wantedToken(program, thingOf(reached.id));
  const opened = { identity: identityFor(reached, wanted), cloud: reached.cloud };
  const token = await reached.credentials.credentialFor(opened, thingOf(reached.id)).getToken(wanted.scope);
  return token?.token ?? '';
}

/** The kubeconfig knows better than we which directory its API server trusts. */
function identityFor({ identity }: Reached, { tenantId, environment }: WantedToken): ResolvedIdentity {
  return {
    ...identity,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(environment === undefined ? {} : { authorityHost: knownCloud(environment).authorityHost }),
  };
}

function loggedInWith(token: string, id: ManagedClusterId): LoggedIn {
  const claims = claimsOf(token);
  return { objectId: guid(claims?.['oid']), tenantId: guid(claims?.['tid']), clusterId: managedClusterPath(id) };
}

function guid(claim: unknown): string {
  return typeof claim === 'string' && GUID.test(claim) ? claim : 'unknown';
}

/** Whatever goes wrong here, the failure that is to be explained is the one to tell. */
async function explain(reached: Reached, code: string): Promise<PortErrorDetails | undefined> {
  try {
    const { properties } = await askArm(reached, 'GET', '');
    return isRecord(properties) ? silenceWords(properties, reached.id, code) : undefined;
  } catch (error) {
    const reason = error instanceof PortError ? error.what : 'the answer makes no sense';
    reached.context.logger.debug(say`why ${thingOf(reached.id)} does not answer could not be found out: ${reason}`);
    return undefined;
  }
}
