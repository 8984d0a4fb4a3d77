/**
 * URLs as Go 1.26's net/url takes them apart and puts them together. That is not what browsers do: nothing is
 * normalised, and much is accepted that WHATWG refuses.
 *
 * No error names any part of the URL, as Go's do: a password may stand in it.
 */
import { type GoString, goError } from '../../values.ts';
import { parseIp } from '../pki/ip-address.ts';

export interface Url {
  readonly scheme: GoString;
  /** What follows the scheme when it is no path: `mailto:me@example.com`. */
  readonly opaque: GoString;
  readonly user: UserInfo | undefined;
  /** With the port. */
  readonly host: GoString;
  readonly path: GoString;
  /** As it was written, when that is not what `path` would be escaped to. */
  readonly rawPath: GoString;
  readonly hasEmptyQuery: boolean;
  readonly query: GoString;
  readonly fragment: GoString;
  readonly rawFragment: GoString;
  /** `scheme:/path`. */
  readonly omitsHost: boolean;
}

export interface UserInfo {
  readonly name: GoString;
  readonly password: GoString | undefined;
}

export const EMPTY_URL: Url = {
  scheme: '',
  opaque: '',
  user: undefined,
  host: '',
  path: '',
  rawPath: '',
  hasEmptyQuery: false,
  query: '',
  fragment: '',
  rawFragment: '',
  omitsHost: false,
};

type Part = 'path' | 'host' | 'zone' | 'user' | 'fragment';

/** Bytes that stand for themselves. Everything beyond ASCII is escaped. */
const UNESCAPED: Readonly<Record<Part, RegExp>> = {
  path: /[\w.~$&+,/:;=@-]/,
  host: /[\w.~!$&'()*+,;=:[\]<>"-]/,
  zone: /[\w.~!$&'()*+,;=:[\]<>"-]/,
  user: /[\w.~$&+,;=-]/,
  fragment: /[\w.~$&+,/:;=?@!()*-]/,
};
/** A written path or fragment with these in it is kept as it was written. */
const KEPT_AS_WRITTEN = /[!$&'()*+,;=:@[\]%]/;

/** url.Parse. */
export function parseUrl(text: GoString): Url {
  const [beforeFragment, fragment = ''] = cut(text, '#');
  const url = parseWithoutFragment(beforeFragment);
  const unescaped = unescape(fragment, 'fragment');
  const rawFragment = escape(unescaped, 'fragment') === fragment ? '' : fragment;
  return { ...url, fragment: unescaped, rawFragment };
}

function parseWithoutFragment(text: GoString): Url {
  if (Array.from(text).some((byte) => byte < ' ' || byte === '\x7f'))
    throw goError`net/url: invalid control character in URL`;
  if (text === '*') return { ...EMPTY_URL, path: '*' };
  const { scheme, rest } = cutScheme(text);
  const [hierarchy, query] = cut(rest, '?');
  const url = { ...EMPTY_URL, scheme, query: query ?? '', hasEmptyQuery: query === '' };
  if (!hierarchy.startsWith('/')) {
    if (scheme !== '') return { ...url, opaque: hierarchy };
    if (hierarchy.split('/')[0]?.includes(':')) {
      throw goError`first path segment in URL cannot contain colon`;
    }
  }
  return { ...url, ...parseHierarchy(scheme, hierarchy) };
}

function parseHierarchy(scheme: GoString, hierarchy: GoString): Partial<Url> {
  const hasAuthority = hierarchy.startsWith('//') && (scheme !== '' || !hierarchy.startsWith('///'));
  if (!hasAuthority) return { ...parsePath(hierarchy), omitsHost: scheme !== '' && hierarchy.startsWith('/') };
  const [authority] = cut(hierarchy.slice(2), '/');
  return { ...parseAuthority(scheme, authority), ...parsePath(hierarchy.slice(2 + authority.length)) };
}

function parsePath(written: GoString): Pick<Url, 'path' | 'rawPath'> {
  const path = unescape(written, 'path');
  return { path, rawPath: escape(path, 'path') === written ? '' : written };
}

function cutScheme(text: GoString): { readonly scheme: GoString; readonly rest: GoString } {
  if (text.startsWith(':')) throw goError`missing protocol scheme`;
  const [, scheme] = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text) ?? [];
  return scheme === undefined
    ? { scheme: '', rest: text }
    : { scheme: scheme.toLowerCase(), rest: text.slice(scheme.length + 1) };
}

function cut(text: GoString, separator: GoString): readonly [GoString, GoString | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

function parseAuthority(scheme: GoString, authority: GoString): Pick<Url, 'user' | 'host'> {
  const at = authority.lastIndexOf('@');
  const host = parseHost(scheme, authority.slice(at + 1));
  return { host, user: at < 0 ? undefined : parseUser(authority.slice(0, at)) };
}

function parseUser(text: GoString): UserInfo {
  if (!/^[\w.:~!$&'()*+,;=%@-]*$/.test(text)) throw goError`net/url: invalid userinfo`;
  const [name, password] = cut(text, ':');
  return {
    name: unescape(name, 'user'),
    password: password === undefined ? undefined : unescape(password, 'user'),
  };
}

function parseHost(scheme: GoString, host: GoString): GoString {
  if (host.lastIndexOf('[') > 0) throw goError`invalid IP-literal`;
  if (host.startsWith('[')) return parseIpLiteral(host);
  // Go 1.26: more than one colon is refused for http and https only.
  const isStrict = scheme === 'http' || scheme === 'https';
  const colon = isStrict ? host.indexOf(':') : host.lastIndexOf(':');
  if (colon >= 0) checkPort(host.slice(colon));
  return unescape(host, 'host');
}

function parseIpLiteral(host: GoString): GoString {
  const end = host.lastIndexOf(']');
  if (end < 0) throw goError`missing ']' in host`;
  const port = host.slice(end + 1);
  checkPort(port);
  const address = host.slice(1, end);
  const zone = address.indexOf('%25');
  const name =
    zone < 0
      ? unescape(address, 'host')
      : unescape(address.slice(0, zone), 'host') + unescape(address.slice(zone), 'zone');
  const [ip, zoneName] = cut(name, '%');
  if (!ip.includes(':') || parseIp(ip) === undefined || zoneName === '') throw goError`invalid host`;
  return `[${name}]${port}`;
}

function checkPort(port: GoString): void {
  if (!/^(:\d*)?$/.test(port)) throw goError`invalid port after host`;
}

function unescape(text: GoString, part: Part): GoString {
  const isHost = part === 'host' || part === 'zone';
  if (isHost) checkHostCharacters(text, part);
  if (/%(?![0-9a-fA-F]{2})/.test(text)) throw goError`invalid URL escape`;
  return text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** RFC 6874: in hosts only bytes beyond ASCII are escaped, and `%25` before a zone. */
function checkHostCharacters(text: GoString, part: 'host' | 'zone'): void {
  const plain = text.replace(/%[0-9a-fA-F]{2}/g, '');
  if (Array.from(plain).some((byte) => byte !== '%' && byte < '\x80' && !UNESCAPED[part].test(byte))) {
    throw goError`invalid character in host name`;
  }
  for (const [escaped, hex = ''] of text.matchAll(/%([0-9a-fA-F]{2})/g)) {
    const byte = String.fromCharCode(parseInt(hex, 16));
    const isAllowed = part === 'host' ? byte >= '\x80' : byte === ' ' || UNESCAPED.host.test(byte);
    if (escaped !== '%25' && !isAllowed) throw goError`invalid URL escape`;
  }
}

function escape(text: GoString, part: Part): GoString {
  return Array.from(text)
    .map((byte) => (UNESCAPED[part].test(byte) ? byte : percent(byte)))
    .join('');
}

function percent(byte: GoString): GoString {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** URL.String. */
export function printUrl(url: Url): GoString {
  const scheme = url.scheme === '' ? '' : `${url.scheme}:`;
  const query = url.hasEmptyQuery || url.query !== '' ? `?${url.query}` : '';
  const fragment = url.fragment === '' ? '' : `#${asWritten(url.fragment, url.rawFragment, 'fragment')}`;
  return scheme + (url.opaque === '' ? printHierarchy(url) : url.opaque) + query + fragment;
}

function printHierarchy(url: Url): GoString {
  const path = url.path === '*' ? '*' : asWritten(url.path, url.rawPath, 'path');
  const authority = printAuthority(url);
  if (path !== '' && !path.startsWith('/') && url.host !== '') return `${authority}/${path}`;
  // Without the dot, the text before the colon would be read as a scheme.
  const needsDot = url.scheme === '' && authority === '' && path.split('/')[0]?.includes(':');
  return `${authority}${needsDot ? './' : ''}${path}`;
}

function printAuthority({ scheme, host, user, path, omitsHost }: Url): GoString {
  if (scheme === '' && host === '' && user === undefined) return '';
  if (omitsHost && host === '' && user === undefined) return '';
  const slashes = host !== '' || path !== '' || user !== undefined ? '//' : '';
  return slashes + (user === undefined ? '' : `${printUser(user)}@`) + escape(host, 'host');
}

/** Userinfo.String. */
export function printUser({ name, password }: UserInfo): GoString {
  return escape(name, 'user') + (password === undefined ? '' : `:${escape(password, 'user')}`);
}

function asWritten(value: GoString, written: GoString, part: 'path' | 'fragment'): GoString {
  const isKept =
    written !== '' && Array.from(written).every((byte) => KEPT_AS_WRITTEN.test(byte) || UNESCAPED[part].test(byte));
  return isKept ? written : escape(value, part);
}

/** URL.Hostname: without port and brackets. */
export function hostnameOf({ host }: Url): GoString {
  const name = host.replace(/:\d*$/, '');
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
}
