/**
 * Which proxy stands before a server: the one reading of the variables, for every connection.
 *
 * The libraries each read them by rules of their own, or not at all. These are those of Go and curl:
 *
 * | variable    | counts for                                                                                     |
 * | ----------- | ---------------------------------------------------------------------------------------------- |
 * | HTTPS_PROXY | https addresses; `http://` may be left off                                                     |
 * | HTTP_PROXY  | http addresses                                                                                 |
 * | NO_PROXY    | what is reached directly: a host with all its subdomains, an address or a range of addresses, |
 * |             | any of them with a port, or `*`                                                                |
 *
 * Small letters come first. Loopback and link-local addresses (a machine's own identity endpoint) have no proxy, ever.
 */
import { BlockList, isIP } from 'node:net';
import { PortError } from '../../ports/errors.ts';

type Variables = Readonly<Record<string, string | undefined>>;
type ProxyVariable = 'https_proxy' | 'http_proxy';

/** The proxy's address, or `undefined` where the server is reached directly. Throws a PortError for what is none. */
export function proxyFor(server: URL, variables: Variables): string | undefined {
  const proxy = proxyIn(variables, server.protocol === 'http:' ? 'http_proxy' : 'https_proxy');
  if (proxy === undefined || isOfThisMachine(hostOf(server))) return undefined;
  const entries = (variableOf(variables, 'no_proxy')?.text ?? '').split(/[\s,]+/u);
  return entries.some((entry) => entry !== '' && covers(entry, server)) ? undefined : proxy;
}

/** Refuses what is no address of a proxy before anything is asked, whoever it would be asked of. */
export function refuseBadProxies(variables: Variables): void {
  proxyIn(variables, 'https_proxy');
  proxyIn(variables, 'http_proxy');
}

function proxyIn(variables: Variables, wanted: ProxyVariable): string | undefined {
  const found = variableOf(variables, wanted);
  if (found === undefined || found.text === '') return undefined;
  const address = found.text.includes('://') ? found.text : `http://${found.text}`;
  if (!isProxy(address)) throw badProxy(found.name);
  return address;
}

function variableOf(variables: Variables, name: string): { readonly name: string; readonly text: string } | undefined {
  const written = [name, name.toUpperCase()].find((one) => variables[one] !== undefined);
  return written === undefined ? undefined : { name: written, text: variables[written]?.trim() ?? '' };
}

function isProxy(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return false;
  return /^(?:\[[0-9a-f:.]+\]|[\w.-]+)$/iu.test(url.hostname) && isDecodable(url.username + url.password);
}

function isDecodable(login: string): boolean {
  try {
    decodeURIComponent(login);
    return true;
  } catch {
    return false;
  }
}

/** Its text may hold a password. */
function badProxy(name: string): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'BadProxy',
    what: `the variable ${name} holds no address of a proxy; its text may hold a password and is not shown`,
    fix: 'Write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with %23 for #, %2F for / and %25 for % in the password; other kinds of proxies (SOCKS) are not supported.',
    whole: true,
  });
}

function hostOf(server: URL): string {
  return server.hostname.replace(/^\[|\]$/gu, '').toLowerCase();
}

const OWN_RANGES = ['127.0.0.0/8', '169.254.0.0/16', '::1/128', 'fe80::/10'];

function isOfThisMachine(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return isIP(host) > 0 && OWN_RANGES.some((range) => inRange(range, host));
}

function covers(entry: string, server: URL): boolean {
  if (entry === '*') return true;
  const host = hostOf(server).replace(/\.$/u, '');
  const { name, port } = splitPort(withoutAddress(entry.toLowerCase()));
  if (port !== undefined && port !== portOf(server)) return false;
  if (name.includes('/')) return isIP(host) > 0 && inRange(name, host);
  const suffix = name.replace(/^\*?\./u, '');
  return host === suffix || (isIP(host) === 0 && suffix !== '' && host.endsWith(`.${suffix}`));
}

/** Some write the address of a server where its name is meant. */
function withoutAddress(entry: string): string {
  return entry.replace(/^https?:\/\//u, '').replace(/\/$/u, '');
}

function portOf(server: URL): string {
  if (server.port !== '') return server.port;
  return server.protocol === 'http:' ? '80' : '443';
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
