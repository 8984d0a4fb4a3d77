/** Functions for URLs. sprig, over Go's net/url. */
import { say, shown } from '../message.ts';
import { declare, type TemplateFunction } from '../function-table.ts';
import { dictOf, kindOf, type GoMap, type GoString, goError } from '../values.ts';
import { EMPTY_URL, hostnameOf, parseUrl, printUrl, printUser, type UserInfo } from './urls/url.ts';
import { prefixing } from './failing.ts';

export const urlFunctions: readonly TemplateFunction[] = [
  declare({
    name: 'urlParse',
    signature: 'func(string) map[string]interface {}',
    source: 'sprig',
    summary: 'The parts of a URL: scheme, host, hostname, path, query, opaque, fragment, userinfo.',
    example: { template: '{{ (urlParse "postgres://me:pw@db:5432/app").hostname }}', prints: 'db' },
    call: (_runtime, text) => partsOf(text),
  }),
  declare({
    name: 'urlJoin',
    signature: 'func(map[string]interface {}) string',
    source: 'sprig',
    summary: 'A URL from its parts, as urlParse gives them.',
    example: {
      template: '{{ urlJoin (dict "scheme" "https" "host" "example.com" "path" "/a b") }}',
      prints: 'https://example.com/a%20b',
    },
    call: (_runtime, parts) => joinUrl(parts),
  }),
];

function partsOf(text: GoString): GoMap {
  const url = prefixing(say`unable to parse url: `, () => parseUrl(text));
  return dictOf([
    ['scheme', url.scheme],
    ['host', url.host],
    ['hostname', hostnameOf(url)],
    ['path', url.path],
    ['query', url.query],
    ['opaque', url.opaque],
    ['fragment', url.fragment],
    ['userinfo', url.user === undefined ? '' : printUser(url.user)],
  ]);
}

function joinUrl(parts: GoMap): GoString {
  const part = (name: string): GoString => textOfPart(parts, name);
  return printUrl({
    ...EMPTY_URL,
    scheme: part('scheme'),
    host: part('host'),
    path: part('path'),
    query: part('query'),
    opaque: part('opaque'),
    fragment: part('fragment'),
    user: readUser(part('userinfo')),
  });
}

function textOfPart(parts: GoMap, name: string): GoString {
  const value = parts.entries.get(name);
  if (value === undefined) return '';
  if (value === null) throw goError`runtime error: invalid memory address or nil pointer dereference`;
  if (typeof value === 'string') return value;
  throw goError`unable to parse ${shown(name)} key, must be of type string, but ${shown(kindOf(value))} found`;
}

/** sprig: read as part of a URL, so a slash ends it. */
function readUser(text: GoString): UserInfo | undefined {
  if (text === '') return undefined;
  return prefixing(say`unable to parse userinfo in dict: `, () => parseUrl(`proto://${text}@host`)).user;
}
