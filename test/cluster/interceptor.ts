/** A reverse proxy before the API server that lets a test hold or count requests, each before it is sent and after it took effect. */
import { readFileSync } from 'node:fs';
import { Agent, createServer, request as send, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CertificateAuthority } from '../servers/index.ts';
import type { ControlPlaneAddress } from './control-plane.ts';

export interface InterceptedRequest {
  readonly method: string;
  readonly path: string;
  /** Counted from 1. */
  readonly number: number;
}

export type Hook = (request: InterceptedRequest) => void | Promise<void>;

export class Interceptor {
  readonly requests: InterceptedRequest[] = [];
  /** Called before a request reaches the API server. */
  before: Hook = () => undefined;
  /** Called when the API server has answered, before the client hears of it. */
  after: Hook = () => undefined;
  readonly #upstream: ControlPlaneAddress;
  readonly #authority = new CertificateAuthority();
  readonly #agent: Agent;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(upstream: ControlPlaneAddress) {
    this.#upstream = upstream;
    this.#agent = new Agent({ ca: readFileSync(upstream.caFile), keepAlive: true });
    const issued = this.#authority.issue('127.0.0.1');
    this.#server = createServer({ cert: issued.certificate, key: issued.privateKey }, (request, response) => {
      void this.#pass(request, response);
    });
    this.#server.on('secureConnection', (socket) => this.#sockets.add(socket));
  }

  static async start(upstream: ControlPlaneAddress): Promise<Interceptor> {
    const interceptor = new Interceptor(upstream);
    await new Promise<void>((done) => interceptor.#server.listen(0, '127.0.0.1', done));
    return interceptor;
  }

  /** The same control plane, reached through here. */
  address(): ControlPlaneAddress {
    const { port } = this.#server.address() as AddressInfo;
    return { ...this.#upstream, server: `https://127.0.0.1:${port}`, caFile: this.#authority.file() };
  }

  reset(): void {
    this.requests.splice(0);
    this.before = () => undefined;
    this.after = () => undefined;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = request;
    const intercepted = { method, path, number: this.requests.length + 1 };
    this.requests.push(intercepted);
    const body = await bytesOf(request);
    await this.before(intercepted);
    if (response.destroyed) return;
    const headers = { ...request.headers, host: new URL(this.#upstream.server).host };
    const sent = send(`${this.#upstream.server}${path}`, { method, headers, agent: this.#agent }, (answer) => {
      void (async () => {
        const answered = await bytesOf(answer);
        await this.after(intercepted);
        response.writeHead(answer.statusCode ?? 502, answer.headers).end(answered);
      })();
    });
    sent.on('error', () => response.destroy());
    sent.end(body);
  }
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
