/**
 * A kubeconfig that came over the network, as that of an AKS cluster, to a client.
 *
 * Unlike a file that somebody chose, it may name no programs, no files of this machine and no proxies: whoever could
 * change it on its way would run or read what they like. So only what is named here is taken over from it, and its
 * login program is replaced by a login in this process.
 */
import { say, setting } from '../../core/model/message.ts';
import type { Cluster, Context, User } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { isRecord } from '../../core/model/fields.ts';
import type { ClusterLogin, LoginProgram } from '../../ports/cluster-login.ts';
import { PortError } from '../../ports/errors.ts';
import {
  chooseContext,
  connect,
  maskCredentials,
  unusable,
  type Connection,
  type ConnectionOptions,
} from './connection.ts';
import type { Json } from './api-requests.ts';
import { Login } from './login.ts';

export interface ManagedKubeconfig {
  readonly text: string;
  /** How messages call it: `the kubeconfig of AKS cluster shop`. */
  readonly name: string;
  /** The command that integrates the cluster with Entra; for the warning about a certificate. */
  readonly integrate: string;
}

/** What client-node would follow out of the kubeconfig; `as` is somebody to be impersonated. */
const FOREIGN_KEYS = [
  'certificate-authority',
  'insecure-skip-tls-verify',
  'proxy-url',
  'client-certificate',
  'client-key',
  'tokenFile',
  'token-file',
  'auth-provider',
  'as',
];

/** Sends nothing yet. Throws PortError Invalid for what such a kubeconfig may not hold. */
export function connectToManagedCluster(
  kubeconfig: ManagedKubeconfig,
  clusterLogin: ClusterLogin,
  options: ConnectionOptions,
): Connection {
  const entries = entriesOf(kubeconfig);
  const login = loginOf(entries);
  maskCredentials(login, options.masker);
  for (const { content } of [...entries.clusters, ...entries.users]) refuseForeignKeys(content, kubeconfig.name);
  const context = chooseContext(login, kubeconfig.name);
  const program = programOf(login.getCurrentUser(), kubeconfig.name);
  if (program === undefined) {
    login.knowBy(clusterLogin);
    options.logger.warn(adminWarning(context, kubeconfig.integrate));
  } else {
    clusterLogin.check(program);
    login.logInWith(clusterLogin, program);
  }
  return connect(login, `cluster ${context}`, options);
}

interface Entries {
  readonly clusters: readonly Entry[];
  readonly users: readonly Entry[];
  readonly contexts: readonly Entry[];
  readonly current: string | undefined;
}

function entriesOf({ text, name }: ManagedKubeconfig): Entries {
  const raw = parsed(text, name);
  return {
    clusters: listOf(raw['clusters'], 'cluster'),
    users: listOf(raw['users'], 'user'),
    contexts: listOf(raw['contexts'], 'context'),
    current: textOf(raw, 'current-context'),
  };
}

function loginOf({ clusters, users, contexts, current }: Entries): Login {
  const login = new Login();
  login.loadFromOptions({
    clusters: clusters.map(clusterOf),
    users: users.map(userOf),
    contexts: contexts.map(contextOf),
    currentContext: current,
  });
  return login;
}

function parsed(text: string, name: string): Json {
  try {
    const raw: unknown = parse(text);
    if (typeof raw === 'object' && raw !== null) return raw as Json;
  } catch {
    // The parser quotes what it could not read.
  }
  throw unusable(`${name} cannot be read as YAML with clusters, contexts and users`);
}

interface Entry {
  readonly name: string;
  /** What stands under `cluster`, `user` or `context`. */
  readonly content: Json;
}

function listOf(list: unknown, key: 'cluster' | 'user' | 'context'): readonly Entry[] {
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  return entries.filter(isRecord).map((entry) => {
    const content = entry[key];
    return { name: textOf(entry, 'name') ?? '', content: isRecord(content) ? content : {} };
  });
}

function refuseForeignKeys(content: Json, name: string): void {
  const foreign = FOREIGN_KEYS.find((key) => content[key] !== undefined && content[key] !== false);
  if (foreign === undefined) return;
  throw new PortError({
    kind: 'Invalid',
    code: 'Kubeconfig',
    whole: true,
    what: `${name} has "${foreign}", which is not followed in a kubeconfig that comes over the network`,
    fix: say`Give a kubeconfig of your own with ${setting('kubeconfig')}, if that is meant.`,
  });
}

function clusterOf({ name, content }: Entry): Cluster {
  const [caData, tlsServerName] = [textOf(content, 'certificate-authority-data'), textOf(content, 'tls-server-name')];
  return {
    name,
    server: textOf(content, 'server') ?? '',
    skipTLSVerify: false,
    ...(caData === undefined ? {} : { caData }),
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
  };
}

function userOf({ name, content }: Entry): User {
  const certData = textOf(content, 'client-certificate-data');
  const keyData = textOf(content, 'client-key-data');
  const token = textOf(content, 'token');
  return {
    name,
    ...(certData === undefined ? {} : { certData }),
    ...(keyData === undefined ? {} : { keyData }),
    ...(token === undefined ? {} : { token }),
    ...(isRecord(content['exec']) ? { exec: content['exec'] } : {}),
  };
}

function contextOf({ name, content }: Entry): Context {
  const namespace = textOf(content, 'namespace');
  return {
    name,
    cluster: textOf(content, 'cluster') ?? '',
    user: textOf(content, 'user') ?? '',
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** `undefined` = the user has a token or a certificate. */
function programOf(user: User | null, name: string): LoginProgram | undefined {
  const exec = user?.exec as Json | undefined;
  if (exec === undefined) {
    if (user?.token === undefined && user?.certData === undefined)
      throw unusable(`${name} holds nothing to log in with`);
    return undefined;
  }
  const args: readonly unknown[] = Array.isArray(exec['args']) ? exec['args'] : [];
  return { command: textOf(exec, 'command') ?? '', args: args.filter((arg) => typeof arg === 'string') };
}

function adminWarning(context: string, integrate: string): string {
  return `cluster ${context} is not integrated with Entra: what it gives to log in with is a certificate that may do everything there, and that outlives this run. Integrate it: ${integrate}`;
}

function textOf(value: Json, key: string): string | undefined {
  const text = value[key];
  return typeof text === 'string' && text !== '' ? text : undefined;
}
