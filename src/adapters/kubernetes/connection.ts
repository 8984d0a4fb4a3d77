/**
 * From a kubeconfig, or the files of a pod, to a client that can be asked.
 *
 * Never falls back: client-node's own default would end at http://localhost:8080. Values of the environment are
 * handed in; only client-node's login programs see the process's own.
 */
import { readFileSync } from 'node:fs';
import { say, setting, type Message } from '../../core/model/message.ts';
import type { Masker } from '../../ports/masker.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import { PortError } from '../../ports/errors.ts';
import type { RetryContext } from '../transport/retry.ts';
import { Login } from './login.ts';
import { refuseEndlessFiles, refuseTokenFiles } from './login-files.ts';
import { ObjectApi } from './object-api.ts';
import { POD_FOLDER } from './pod-folder.ts';
import { proxyFor } from '../transport/proxy.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An API server, ready to be asked. Nothing was sent yet. */
export interface Connection {
  readonly api: ObjectApi;
  /** `cluster shop-prd`. */
  readonly description: string;
  /** Without a login. */
  readonly server: string;
  /** The namespace of the context, or of the pod. */
  readonly namespace: string | undefined;
  /** That of a kubeconfig's context alone: what its owner means by a document that names none. */
  readonly contextNamespace?: string;
}

export interface ConnectionOptions extends RetryContext {
  readonly masker: Masker;
  readonly environment: Environment;
  /** Nothing can be wrong about the server's address. */
  readonly isThere?: boolean;
  /** Whether a kubeconfig may have a program run to log in, as kubectl does; absent = yes. */
  readonly allowExec?: boolean;
}

export interface Kubeconfig {
  /** The file's content. */
  readonly text: string;
  /** How messages call it: the path, or `the setting kubeconfig`. */
  readonly name: string;
  /** Relative paths in it start here; absent for a text that came without a file. */
  readonly folder?: string;
}

/** Several kubeconfigs are one, as for kubectl: the first that names something wins. */
export function connectByKubeconfig(
  files: readonly Kubeconfig[],
  context: string | undefined,
  options: ConnectionOptions,
): Connection {
  const login = new Login();
  for (const file of files) addKubeconfig(login, file, options.masker);
  const names = files.map(({ name }) => name).join(', ');
  if (context !== undefined) login.setCurrentContext(context);
  const chosen = chooseContext(login, names);
  if (options.allowExec === false) refuseLoginProgram(login, names);
  const connection = connect(login, `cluster ${chosen}`, options);
  const { namespace = '' } = connection;
  return namespace === '' ? connection : { ...connection, contextNamespace: namespace };
}

/** Whoever writes the kubeconfig would choose what runs here: it is refused where nobody looks at what that is. */
function refuseLoginProgram(login: Login, names: string): void {
  const { name, exec, authProvider } = login.getCurrentUser() as LoggingIn;
  const field = exec ? 'exec' : authProvider ? 'auth-provider' : undefined;
  if (field === undefined) return;
  throw new PortError({
    kind: 'Invalid',
    code: 'ExecRefused',
    whole: true,
    what: `user ${name} of ${names} logs in with a program (${field}), and a step runs none that a kubeconfig names`,
    fix: say`Give ${setting('aks-cluster')} for a cluster of AKS; a kubeconfig with a token, as Rancher makes them; or allow-exec: true, if whoever can write that kubeconfig may run programs here.`,
  });
}

interface LoggingIn {
  readonly name: string;
  readonly exec?: unknown;
  readonly authProvider?: unknown;
}

/** The name of the current context, which is whole. */
export function chooseContext(login: Login, names: string): string {
  const chosen = login.getCurrentContext();
  if (login.getContextObject(chosen) === null) throw noContext(names, chosen, login);
  if (login.getCurrentCluster() === null)
    throw unusable(`context ${chosen} of ${names} names a cluster that is not in it`);
  if (login.getCurrentUser() === null) throw unusable(`context ${chosen} of ${names} names a user that is not in it`);
  return chosen;
}

/** As a pod: the API server's address from the environment, token and CA from the mounted folder, read anew each minute. */
export function connectInCluster(options: ConnectionOptions, folder: string = POD_FOLDER): Connection {
  const host = options.environment['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = options.environment['KUBERNETES_SERVICE_PORT'] ?? '443';
  const login = new Login();
  const namespace = podNamespace(folder);
  login.loadFromOptions({
    clusters: [
      {
        name: 'pod',
        server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
        caFile: `${folder}/ca.crt`,
        skipTLSVerify: false,
      },
    ],
    users: [{ name: 'pod', authProvider: { name: 'tokenFile', config: { tokenFile: `${folder}/token` } } }],
    contexts: [{ name: 'pod', cluster: 'pod', user: 'pod', ...(namespace === undefined ? {} : { namespace }) }],
    currentContext: 'pod',
  });
  return connect(login, 'this cluster', { ...options, isThere: true });
}

/** Kubernetes mounts it beside the token; a pod that hides it has none. */
function podNamespace(folder: string): string | undefined {
  try {
    return readFileSync(`${folder}/namespace`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

export function connect(login: Login, description: string, options: ConnectionOptions): Connection {
  const cluster = login.getCurrentCluster();
  const server = cluster?.server ?? '';
  if (!URL.canParse(server)) throw unusable(`${description} has no usable server address`);
  if (new URL(server).protocol !== 'https:') throw unusable(`${description} would be reached without encryption`);
  const proxyUrl = cluster?.proxyUrl ?? proxyFor(new URL(server), options.environment);
  if (proxyUrl !== undefined) {
    login.clusters = login.clusters.map((one) => (one.name === cluster?.name ? { ...one, proxyUrl } : one));
  }
  return {
    api: new ObjectApi(login, description, options, { contact: { isThere: options.isThere ?? false } }),
    description,
    server: new URL(server).origin,
    namespace: login.getContextObject(login.getCurrentContext())?.namespace,
  };
}

/** Its credentials are masked before anything else is done with it. */
function addKubeconfig(login: Login, { text, name, folder }: Kubeconfig, masker: Masker): void {
  const one = new Login();
  refuseTokenFiles(text, name);
  try {
    one.loadFromString(text);
  } catch {
    throw unusable(`${name} is no kubeconfig: it cannot be read as YAML with clusters, contexts and users`);
  }
  maskCredentials(one, masker);
  if (!Array.isArray(one.clusters) || one.clusters.length === 0) throw unusable(`${name} holds no clusters`);
  if (folder !== undefined) one.makePathsAbsolute(folder);
  refuseEndlessFiles(one, name);
  login.clusters = added(login.clusters, one.clusters);
  login.contexts = added(login.contexts, one.contexts);
  login.users = added(login.users, one.users);
  if ((login.currentContext as string | undefined) === undefined) login.currentContext = one.currentContext;
}

function added<T extends { readonly name: string }>(known: T[] | undefined, more: T[] | undefined): T[] {
  const names = new Set((known ?? []).map(({ name }) => name));
  return [...(known ?? []), ...(more ?? []).filter(({ name }) => !names.has(name))];
}

/** Tokens, passwords, certificates and keys of every user in the file: whichever is used, none may be printed. */
export function maskCredentials(login: Login, masker: Masker): void {
  const users = (login.getUsers() as ReturnType<Login['getUsers']> | undefined) ?? [];
  for (const user of users) {
    for (const text of secretsOf(user)) if (text !== undefined && text !== '') masker.mask(SecretValue.ofText(text));
    for (const data of [user.certData, user.keyData]) {
      if (data !== undefined) masker.mask(SecretValue.of(Buffer.from(data, 'base64')));
    }
  }
}

interface LoginOfUser {
  readonly env?: readonly { readonly value?: string }[] | null;
  readonly args?: readonly string[] | null;
}

/** A login program may be given a password as an argument. */
function secretsOf(user: ReturnType<Login['getUsers']>[number]): readonly (string | undefined)[] {
  const { env, args } = (user.exec ?? {}) as LoginOfUser;
  const { config } = (user.authProvider ?? {}) as { readonly config?: Readonly<Record<string, unknown>> };
  const given = (args ?? []).filter((_arg, at) => /secret|password|token/iu.test(args?.[at - 1] ?? ''));
  const held = Object.entries(config ?? {}).filter(([name]) => /secret|password|token$/iu.test(name));
  const texts = held.map(([, value]) => (typeof value === 'string' ? value : undefined));
  return [
    user.token,
    user.password,
    user.certData,
    user.keyData,
    ...(env ?? []).map(({ value }) => value),
    ...given,
    ...texts,
  ];
}

function noContext(names: string, chosen: string | undefined, login: Login): PortError {
  const known = login.getContexts().map(({ name }) => name);
  const what =
    chosen === undefined || chosen === '' ? `${names} has no current-context` : `${names} has no context "${chosen}"`;
  const fix =
    known.length === 0
      ? 'It holds no contexts at all.'
      : say`Choose one with ${setting('context')}: ${known.join(', ')}.`;
  return new PortError({ kind: 'Invalid', code: 'NoContext', whole: true, what, fix });
}

export function unusable(what: Message): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'Kubeconfig',
    whole: true,
    what,
    fix: 'Give a kubeconfig with which kubectl works, as a file or as its text.',
  });
}
