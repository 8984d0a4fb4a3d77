/** Names of hosts, by RFC 1123: what a URL parser lets through beside them (`${vault}`) is no name that DNS can answer. */
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(String.raw`^(?:${LABEL}(?:\.${LABEL})*\.?|\[[0-9a-f:.]+\])$`, 'iu');

/** Of a URL: a name, an IPv4 address, or an IPv6 address in brackets. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && HOST.test(text);
}
