/**
 * Which proxy stands before an API server: client-node looks at no variable by itself.
 *
 * The rules are those of client-go and curl: HTTPS_PROXY and NO_PROXY, small letters first; an entry of NO_PROXY is a
 * host with all its subdomains, an address, an address range, any of them with a port, or `*`.
 */
import { BlockList, isIP } from 'node:net';

type Variables = Readonly<Record<string, string | undefined>>;

/** The proxy's address, or `undefined` where the server is reached directly. */
export function proxyFor(server: URL, variables: Variables): string | undefined {
  const proxy = variable(variables, 'https_proxy');
  if (proxy === '') return undefined;
  const entries = variable(variables, 'no_proxy').split(/[\s,]+/u);
  if (entries.some((entry) => entry !== '' && covers(entry, server))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function variable(variables: Variables, name: string): string {
  return variables[name] ?? variables[name.toUpperCase()] ?? '';
}

function covers(entry: string, server: URL): boolean {
  if (entry === '*') return true;
  const host = server.hostname.replace(/^\[|\]$/gu, '').toLowerCase();
  const { name, port } = splitPort(entry.toLowerCase());
  if (port !== undefined && port !== (server.port === '' ? '443' : server.port)) return false;
  if (name.includes('/')) return isIP(host) > 0 && inRange(name, host);
  const suffix = name.replace(/^\*?\./u, '');
  return host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`));
}

function splitPort(entry: string): { readonly name: string; readonly port?: string } {
  const match = /^(\[[^\]]+\]|[^:]+):(\d+)$/u.exec(entry);
  const name = (match?.[1] ?? entry).replace(/^\[|\]$/gu, '');
  return match?.[2] === undefined ? { name } : { name, port: match[2] };
}

function inRange(range: string, address: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(network) === 0 || !/^\d+$/u.test(bits)) return false;
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(bits), family);
    return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  } catch {
    return false;
  }
}
