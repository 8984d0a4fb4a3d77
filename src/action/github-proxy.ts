/** GitHub through the proxy of all other connections, in the place of the client's own reading of the variables. */
import { globalAgent as directly, type RequestOptions } from 'node:https';
import { tunnelThrough } from '../adapters/azure/tunnel.ts';
import { proxyFor, refuseBadProxies } from '../adapters/transport/proxy.ts';
import type { Environment } from '../wiring/environment.ts';

/** What the client calls after it has chosen a way itself, for each request and each redirection. */
interface RequestHandler {
  prepareRequest(options: RequestOptions): void;
  canHandleAuthentication(): boolean;
  handleAuthentication(): Promise<never>;
}

/** For https addresses. Throws a PortError for a variable that is no address of a proxy. */
export function throughProxies(environment: Environment): RequestHandler {
  refuseBadProxies(environment);
  return {
    prepareRequest: (options) => {
      const proxy = proxyFor(new URL(`https://${options.host ?? ''}:${options.port ?? 443}`), environment);
      options.agent = proxy === undefined ? directly : tunnelThrough(proxy, environment);
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('never asked for')),
  };
}
