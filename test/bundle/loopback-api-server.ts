/**
 * A Kubernetes API server on loopback, as far as a sync needs one: objects by path, versions, create, apply, replace,
 * delete. Writes can be held, so that a test can do something while one is in hand.
 */
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { CertificateAuthority, decodeToken } from '../servers/index.ts';
import { deferred } from '../../src/adapters/transport/deferred.ts';

export const LOOPBACK_TOKEN = 'loopback-token';
/** The name that it has as an AKS cluster; reached through a proxy. */
export const AKS_HOST = 'aks-shop-1a2b3c4d.hcp.westeurope.azmk8s.io';

interface ApiObject {
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly resourceVersion?: string };
  readonly data?: Readonly<Record<string, string>>;
}

export interface KubeconfigCase {
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly isDryRun: boolean;
}

export interface Hold {
  /** Resolves once so many writes wait. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

export class LoopbackApiServer {
  /** Bearer tokens, each once. */
  readonly tokens = new Set<string>();
  /** Whom client certificates of its authority name, each once: they are let in without a token. */
  readonly certified = new Set<string>();
  /** Whose token is accepted. */
  admits: (token: string) => boolean = (token) => token === LOOPBACK_TOKEN;
  /** A verb and a resource that its RBAC does not grant, as an API server says it. */
  forbids: { readonly method: string; readonly verb: string; readonly resource: string } | undefined;
  readonly #authority = new CertificateAuthority();
  readonly #objects = new Map<string, ApiObject>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  /** How Secrets were asked for: `metadata` or `whole`. */
  readonly secretReads: string[] = [];
  /** Every write but dry runs, as `PATCH /api/v1/…`. */
  readonly writes: string[] = [];
  /** Told of every request before it is answered. */
  onRequest: ((request: ApiRequest) => void | Promise<void>) | undefined;
  #version = 0;
  #held: { readonly count: number; waiting: number; reach: () => void; released: Promise<void> } | undefined;

  private constructor() {
    const { certificate, privateKey } = this.#authority.issue('127.0.0.1', ['127.0.0.1', AKS_HOST]);
    const asksForCertificate = { requestCert: true, rejectUnauthorized: false, ca: this.#authority.pem };
    this.#server = createServer({ cert: certificate, key: privateKey, ...asksForCertificate }, (request, response) => {
      void this.#handle(request, response);
    });
    this.#server.on('secureConnection', (socket) => this.#sockets.add(socket));
  }

  static async start(): Promise<LoopbackApiServer> {
    const server = new LoopbackApiServer();
    await new Promise<void>((done) => server.#server.listen(0, '127.0.0.1', done));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** PEM of the authority that signed its certificate. */
  get authority(): string {
    return this.#authority.pem;
  }

  /** A user of a kubeconfig with a certificate of this authority. */
  certifiedUser(name: string): Readonly<Record<string, string>> {
    const { certificate, privateKey } = this.#authority.issue(name);
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    return { 'client-certificate-data': base64(certificate), 'client-key-data': base64(privateKey) };
  }

  /** `cluster` and `user` go before what works. */
  kubeconfig({ cluster = {}, user = { token: LOOPBACK_TOKEN } }: KubeconfigCase = {}): string {
    const { port } = this;
    const trust = { 'certificate-authority-data': Buffer.from(this.#authority.pem).toString('base64') };
    return JSON.stringify({
      'current-context': 'loopback',
      contexts: [{ name: 'loopback', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
      clusters: [{ name: 'c', cluster: { server: `https://127.0.0.1:${port}`, ...trust, ...cluster } }],
      users: [{ name: 'u', user }],
    });
  }

  /** The names of Secrets in namespace shop, sorted. */
  secrets(): readonly string[] {
    return [...this.#objects.values()]
      .filter(({ kind }) => kind === 'Secret')
      .map(({ metadata }) => metadata.name)
      .sort();
  }

  forget(): void {
    this.#objects.clear();
    this.tokens.clear();
    this.certified.clear();
    this.forbids = undefined;
    this.writes.length = 0;
  }

  /** Lets writes of Secrets wait, and tells when `count` of them do. */
  holdSecretWrites(count: number): Hold {
    const [reached, released] = [deferred<undefined>(), deferred<undefined>()];
    this.#held = { count, waiting: 0, reach: () => reached.resolve(undefined), released: released.promise.then() };
    return {
      reached: reached.promise.then(),
      release: () => {
        this.#held = undefined;
        released.resolve(undefined);
      },
    };
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://127.0.0.1');
    const isDryRun = searchParams.get('dryRun') === 'All';
    if (method !== 'GET' && !isDryRun) this.writes.push(`${method} ${pathname}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await this.onRequest?.({ method, path: pathname, isDryRun });
    if (method !== 'GET' && pathname.includes('/secrets')) await this.#wait();
    const body = Buffer.concat(chunks).toString();
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    this.tokens.add(token);
    if (!this.#isCertified(request.socket as TLSSocket) && !this.admits(token)) {
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(refusal(401, 'Unauthorized')));
      return;
    }
    if (this.forbids?.method === method && pathname.includes(`/${this.forbids.resource}`)) {
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...refusal(403, 'Forbidden'), message: this.#forbidden(pathname, this.forbids) }));
      return;
    }
    const given = body === '' ? undefined : (JSON.parse(body) as ApiObject);
    const [status, whole] = isDryRun ? [200, given] : this.#answer(method, pathname, given);
    const isPartial = request.headers.accept?.includes(';as=PartialObjectMetadata;') === true;
    if (method === 'GET' && pathname.includes('/secrets/')) this.secretReads.push(isPartial ? 'metadata' : 'whole');
    const answer = isPartial && status === 200 ? partial(whole as ApiObject) : whole;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #isCertified(socket: TLSSocket): boolean {
    if (socket.authorized) this.certified.add(String(socket.getPeerCertificate().subject.CN));
    return socket.authorized;
  }

  /** kube-apiserver: k8s.io/apiserver/pkg/endpoints/handlers/responsewriters. */
  #forbidden(path: string, { verb, resource }: { readonly verb: string; readonly resource: string }): string {
    const name = path.split('/').at(-1) ?? '';
    const user = decodeToken([...this.tokens].at(-1) ?? '')?.claims['oid'];
    return `${resource} "${name}" is forbidden: User "${String(user)}" cannot ${verb} resource "${resource}" in API group "" in the namespace "shop"`;
  }

  async #wait(): Promise<void> {
    const held = this.#held;
    if (held === undefined) return;
    held.waiting += 1;
    if (held.waiting === held.count) held.reach();
    await held.released;
  }

  #answer(method: string, path: string, given: ApiObject | undefined): readonly [number, unknown] {
    const live = this.#objects.get(path);
    switch (method) {
      case 'GET':
        return live === undefined ? this.#list(path) : [200, live];
      case 'POST':
        return this.#write(`${path}/${given?.metadata.name ?? ''}`, undefined, given);
      case 'PATCH':
      case 'PUT':
        return this.#write(path, live, given);
      case 'DELETE':
        this.#objects.delete(path);
        return [200, refusal(200, 'Success')];
      default:
        return [405, refusal(405, 'MethodNotAllowed')];
    }
  }

  /** A path that ends in a kind is a list, any other an object that is not there. */
  #list(path: string): readonly [number, unknown] {
    if (!/\/(secrets|configmaps|events|jobs|pods)$/u.test(path)) return [404, refusal(404, 'NotFound')];
    const items = [...this.#objects].filter(([key]) => key.startsWith(`${path}/`)).map(([, object]) => object);
    return [200, { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: String(this.#version) }, items }];
  }

  #write(path: string, live: ApiObject | undefined, given: ApiObject | undefined): readonly [number, unknown] {
    if (given === undefined) return [400, refusal(400, 'BadRequest')];
    const expected = given.metadata.resourceVersion;
    // Kubernetes: an apply that insists on a version still creates what is not there.
    const isOther = live !== undefined && expected !== undefined && expected !== live.metadata.resourceVersion;
    if (isOther) return [409, refusal(409, 'Conflict')];
    this.#version += 1;
    const made = { uid: `uid-${this.#version}`, creationTimestamp: '2026-01-01T00:00:00Z', ...live?.metadata };
    const metadata = { ...made, ...given.metadata, resourceVersion: String(this.#version) };
    const stored = { ...given, metadata };
    this.#objects.set(path, stored);
    return [live === undefined ? 201 : 200, stored];
  }
}

/** What is left of an object that is asked for as metadata. */
function partial({ metadata }: ApiObject) {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}

function refusal(code: number, reason: string) {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message: reason, code };
}
