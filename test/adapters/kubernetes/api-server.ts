/** An API server on loopback that answers what a test says, in order; the last answer stays. */
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { connectByKubeconfig, type Connection } from '../../../src/adapters/kubernetes/connection.ts';
import { FakeClock, RecordingLogger, RecordingMasker } from '../../fakes/index.ts';
import { CertificateAuthority } from '../../servers/index.ts';

export interface ScriptedAnswer {
  readonly status: number;
  /** JSON, a text of another kind, or bytes as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks instead. */
  readonly reset?: boolean;
  /** So much time passes before it comes; the clock of the test is moved. */
  readonly afterMs?: number;
}

export interface ReceivedRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: string;
}

const authority = new CertificateAuthority();

/** What a real one says of a group or version that it does not serve. */
export const NO_SUCH_PATH: ScriptedAnswer = {
  status: 404,
  body: '404 page not found\n',
  headers: { 'content-type': 'text/plain; charset=utf-8' },
};

export class ScriptedApiServer {
  readonly requests: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  readonly accepts: (string | undefined)[] = [];
  /** Of each request, as text. */
  readonly bodies: string[] = [];
  readonly clock = new FakeClock('2026-06-01T12:00:00Z');
  readonly logger = new RecordingLogger();
  readonly masker = new RecordingMasker();
  connections = 0;
  #answers: readonly ScriptedAnswer[] = [];
  #byPath: Readonly<Record<string, ScriptedAnswer>> | undefined;
  #handler: ((request: ReceivedRequest) => ScriptedAnswer) | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    const issued = authority.issue('api', ['127.0.0.1', 'api.example.test']);
    this.#server = createServer({ cert: issued.certificate, key: issued.privateKey }, (request, response) => {
      this.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      this.authorizations.push(request.headers.authorization);
      this.accepts.push(request.headers.accept);
      const scripted = this.#handler === undefined ? this.#next(request.url ?? '') : undefined;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        this.bodies.push(body);
        const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'https://api.example.test');
        const contentType = request.headers['content-type'] ?? '';
        const answer = this.#handler?.({ method: request.method ?? '', path, query, contentType, body }) ?? scripted;
        this.clock.advance(answer?.afterMs ?? 0);
        if (answer === undefined || answer.reset === true) return void response.destroy();
        const text = Buffer.isBuffer(answer.body)
          ? answer.body
          : typeof answer.body === 'string'
            ? answer.body
            : JSON.stringify(answer.body ?? {});
        const type = typeof answer.body === 'string' ? 'text/html' : 'application/json';
        response.writeHead(answer.status, { 'content-type': type, ...answer.headers }).end(text);
      });
    });
    this.#server.on('secureConnection', (socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
    });
  }

  static async start(): Promise<ScriptedApiServer> {
    const server = new ScriptedApiServer();
    await new Promise<void>((done) => server.#server.listen(0, '127.0.0.1', done));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get ca(): string {
    return authority.pem;
  }

  answer(...answers: readonly ScriptedAnswer[]): void {
    this.#answers = answers;
  }

  /** By path without query; any other is one that this server does not serve. */
  serve(answers: Readonly<Record<string, ScriptedAnswer>>): void {
    this.#byPath = answers;
  }

  /** Answers are made from what arrives. */
  handle(handler: (request: ReceivedRequest) => ScriptedAnswer): void {
    this.#handler = handler;
  }

  #next(url: string): ScriptedAnswer | undefined {
    const path = url.split('?')[0] ?? '';
    if (this.#byPath !== undefined) return this.#byPath[path] ?? NO_SUCH_PATH;
    const [answer, ...later] = this.#answers;
    if (later.length > 0) this.#answers = later;
    return answer;
  }

  /** The client under test, with a kubeconfig for this server; fields of cluster and user as given. */
  connect(
    cluster: Readonly<Record<string, unknown>> = {},
    user: Readonly<Record<string, unknown>> = { token: 'token-of-test' },
    environment: Readonly<Record<string, string>> = {},
  ): Connection {
    return connectByKubeconfig([{ text: this.kubeconfig(cluster, user), name: 'the test kubeconfig' }], undefined, {
      clock: this.clock,
      logger: this.logger,
      masker: this.masker,
      random: () => 0.5,
      environment,
    });
  }

  kubeconfig(
    cluster: Readonly<Record<string, unknown>> = {},
    user: Readonly<Record<string, unknown>> = { token: 'token-of-test' },
  ): string {
    const trust = { 'certificate-authority-data': Buffer.from(this.ca).toString('base64') };
    return JSON.stringify({
      'current-context': 'shop-prd',
      contexts: [{ name: 'shop-prd', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
      clusters: [{ name: 'c', cluster: { server: `https://127.0.0.1:${this.port}`, ...trust, ...cluster } }],
      users: [{ name: 'u', user }],
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }
}

/** A Status object as API servers answer with. */
export function status(code: number, reason: string, message: string, details: object = {}): ScriptedAnswer {
  return {
    status: code,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, details, code },
  };
}
