/**
 * HTTP and HTTPS listeners on 127.0.0.1, any port: requests are read whole, answers are values.
 *
 * A handler never touches the socket. It returns what to say and how it is to be delivered, so that every server
 * can be told to cut a connection or to dribble a body without knowing how that is done.
 */
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { CertificateAuthority } from './certificates.ts';

export interface LoopbackRequest {
  readonly method: string;
  /** From the Host header, lower case, without port. */
  readonly host: string;
  /** Path as it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is. Absent = no body. */
  readonly body?: unknown;
}

/** What goes wrong on the way to the client. */
export interface Delivery {
  readonly latencyMs?: number;
  /** The connection is cut instead of answering. */
  readonly reset?: boolean;
  /** The second half of the body comes this much later. */
  readonly slowBodyMs?: number;
  /** The body ends half way and the connection with it. */
  readonly truncateBody?: boolean;
}

export interface Reply {
  readonly answer: Answer;
  readonly delivery?: Delivery;
}

export type Handler = (request: LoopbackRequest) => Promise<Reply>;

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

export async function listenHttp(handler: Handler): Promise<Listener> {
  return listen(http.createServer(onRequest(handler)));
}

/** One listener for any number of host names: the client's SNI picks the certificate. */
export async function listenHttps(authority: CertificateAuthority, handler: Handler): Promise<Listener> {
  return listen(
    https.createServer(
      { SNICallback: (host, done) => done(null, authority.secureContext(host.toLowerCase())) },
      onRequest(handler),
    ),
  );
}

/** Starts any server on a free port of 127.0.0.1; closing it ends every socket that it ever accepted. */
export async function listen(server: Server): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => close(server, sockets) };
}

async function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets) socket.destroy();
  await closed;
}

function onRequest(handler: Handler): http.RequestListener {
  return (incoming, outgoing) => {
    read(incoming)
      .then(handler)
      .then((reply) => deliver(outgoing, reply))
      .catch((error: unknown) => failLoudly(outgoing, error));
  };
}

/** A bug of a server must not look like a fault that a test asked for. */
function failLoudly(outgoing: http.ServerResponse, error: unknown): void {
  if (outgoing.destroyed || outgoing.headersSent) return void outgoing.destroy();
  outgoing.writeHead(599, { 'content-type': 'text/plain' });
  outgoing.end(`loopback server bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

async function read(incoming: http.IncomingMessage): Promise<LoopbackRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
  return {
    method: incoming.method ?? 'GET',
    host: (incoming.headers.host ?? '').replace(/:\d+$/, '').toLowerCase(),
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

async function deliver(outgoing: http.ServerResponse, { answer, delivery = {} }: Reply): Promise<void> {
  // Unreferenced: a server that was closed must not keep its process alive for the rest of a delay.
  if (delivery.latencyMs !== undefined) await wait(delivery.latencyMs, undefined, { ref: false });
  if (delivery.reset === true) return void outgoing.socket?.destroy();
  const body = bodyBytes(answer.body);
  const headers = { 'content-type': 'application/json; charset=utf-8', ...answer.headers };
  outgoing.writeHead(answer.status, { ...headers, 'content-length': body.length });
  if (delivery.truncateBody === true) return void outgoing.write(firstHalf(body), () => outgoing.destroy());
  if (delivery.slowBodyMs !== undefined) {
    outgoing.write(firstHalf(body));
    await wait(delivery.slowBodyMs, undefined, { ref: false });
    return void outgoing.end(body.subarray(firstHalf(body).length));
  }
  outgoing.end(body);
}

function bodyBytes(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function firstHalf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}
