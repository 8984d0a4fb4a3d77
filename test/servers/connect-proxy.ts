/**
 * An HTTP proxy that lets clients use the real host names of Azure without ever leaving 127.0.0.1.
 *
 * It answers CONNECT for hosts that a loopback server stands in for and refuses every other host with 502, so that
 * a test which forgets a server fails at once instead of reaching the internet.
 */
import http from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { listen, type Listener } from './listener.ts';

/** The port of the loopback listener that stands in for a host; `undefined` = unknown host. */
export type Route = (host: string) => number | undefined;

export interface ConnectRecord {
  readonly host: string;
  readonly port: number;
  readonly outcome: 'connected' | 'refused' | 'ignored';
}

export class ConnectProxy {
  readonly connects: ConnectRecord[] = [];
  /** Hosts that are refused although a server stands in for them: a name that does not resolve. */
  readonly unreachable = new Set<string>();
  /** Hosts whose CONNECT is never answered: a firewall that drops packets. */
  readonly silent = new Set<string>();
  /** What CONNECT is answered with, by host. */
  readonly answers = new Map<string, number>();
  /** The `Proxy-Authorization` of each CONNECT that had one. */
  readonly logins: string[] = [];
  readonly #route: Route;
  readonly #open = new Set<Duplex>();
  #listener!: Listener;

  private constructor(route: Route) {
    this.#route = route;
  }

  static async start(route: Route): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(route);
    const server = http.createServer((request, response) => proxy.#refusePlainHttp(request, response));
    server.on('connect', (request: http.IncomingMessage, socket: Duplex, head: Buffer) =>
      proxy.#connect(request, socket, head),
    );
    proxy.#listener = await listen(server);
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#listener.port}`;
  }

  async close(): Promise<void> {
    this.dropConnections();
    await this.#listener.close();
  }

  /** Ends every tunnel, as a proxy does that is started again. */
  dropConnections(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #connect({ url = '', headers }: http.IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#track(socket);
    const [host = '', portText = ''] = url.toLowerCase().split(':');
    const port = Number(portText);
    const login = headers['proxy-authorization'];
    if (login !== undefined) this.logins.push(login);
    const answer = this.answers.get(host);
    if (answer !== undefined) {
      this.connects.push({ host, port, outcome: 'refused' });
      return void socket.end(`HTTP/1.1 ${answer} Refused\r\ncontent-length: 0\r\n\r\n`);
    }
    if (this.silent.has(host)) return void this.connects.push({ host, port, outcome: 'ignored' });
    const loopbackPort = port === 443 && !this.unreachable.has(host) ? this.#route(host) : undefined;
    this.connects.push({ host, port, outcome: loopbackPort === undefined ? 'refused' : 'connected' });
    if (loopbackPort === undefined) return void socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
    this.#pipe(socket, head, loopbackPort);
  }

  #pipe(client: Duplex, head: Buffer, port: number): void {
    const upstream = net.connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    this.#track(upstream);
    // A reset on one side is passed on: that is how a fault of a server reaches the client.
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  }

  #track(socket: Duplex): void {
    this.#open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.#open.delete(socket));
  }

  #refusePlainHttp(request: http.IncomingMessage, response: http.ServerResponse): void {
    const host = (request.headers.host ?? '').toLowerCase();
    this.connects.push({ host, port: 80, outcome: 'refused' });
    response.writeHead(502).end();
  }
}
