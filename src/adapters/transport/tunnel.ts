/**
 * Connections through a proxy, kept for further requests.
 *
 * The SDKs' own agents open a tunnel for each request: a vault of a thousand secrets then costs a thousand handshakes,
 * with the proxy and with the vault. This one is Node's agent with tunnels in the place of its connections. Those that
 * are idle keep no process alive.
 */
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const CONNECT_TIMEOUT_MS = 30_000;

/** The proxy did not answer, or gave no way to the host; `code` is `PROXY_ECONNREFUSED` or `PROXY_HTTP_502`. */
export class ProxyFailure extends Error {
  readonly code: string;

  constructor(reason: string) {
    super(`the proxy gave no way (${reason})`);
    this.name = 'ProxyFailure';
    this.code = `PROXY_${reason}`;
  }
}

interface Target {
  readonly host?: string | undefined;
  readonly port?: number | string | null | undefined;
  readonly timeout?: number | undefined;
}

type Created = (error: Error | null, socket: Duplex) => void;

type Variables = Readonly<Record<string, string | undefined>>;

const tunnels = new WeakMap<Variables, Map<string, TunnelAgent>>();

/** One for each proxy, and for all that are told of the same variables: a run, or the process. */
export function tunnelThrough(proxy: string, variables: Variables): TunnelAgent {
  const known = tunnels.get(variables) ?? new Map<string, TunnelAgent>();
  tunnels.set(variables, known);
  const tunnel = known.get(proxy) ?? new TunnelAgent(new URL(proxy));
  known.set(proxy, tunnel);
  return tunnel;
}

export class TunnelAgent extends https.Agent {
  /** Without a login: `proxy.example.com:3128`. */
  readonly description: string;
  readonly #proxy: URL;
  readonly #reached = new Set<string>();

  constructor(proxy: URL) {
    super({ keepAlive: true });
    this.#proxy = proxy;
    this.description = proxy.host;
  }

  /** Whether there was ever a way to it: then it is there, and a refusal of the proxy may pass. */
  hasReached(host: string): boolean {
    return this.#reached.has(host);
  }

  override createConnection(target: Target, created: Created): undefined {
    const failed = (reason: string): void => created(new ProxyFailure(reason), undefined as unknown as Duplex);
    const request = this.#connect(target);
    request.once('error', (error) => failed(codeOf(error)));
    request.setTimeout(CONNECT_TIMEOUT_MS, () => {
      failed('ETIMEDOUT');
      request.destroy();
    });
    request.once('connect', ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode !== 200) {
        socket.destroy();
        failed(`HTTP_${statusCode}`);
        return;
      }
      socket.setTimeout(0);
      socket.ref();
      this.#reached.add(target.host ?? '');
      created(null, super.createConnection({ ...target, socket } as never) as Duplex);
    });
    request.end();
  }

  #connect({ host = '', port }: Target): http.ClientRequest {
    const { protocol, hostname, port: proxyPort, username, password } = this.#proxy;
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port ?? 443}`;
    const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
    const request = (protocol === 'https:' ? https : http).request({
      method: 'CONNECT',
      host: hostname.replace(/^\[|\]$/g, ''),
      port: proxyPort === '' ? (protocol === 'https:' ? 443 : 80) : Number(proxyPort),
      path: authority,
      headers: {
        host: authority,
        ...(`${username}${password}` === '' ? {} : { 'proxy-authorization': `Basic ${login}` }),
      },
      agent: false,
    });
    // Whoever asked has a time limit of its own; a proxy that says nothing must not keep the process alive after it.
    return request.once('socket', (socket) => socket.unref());
  }
}

function codeOf({ code = 'ECONNRESET' }: NodeJS.ErrnoException): string {
  return code;
}
