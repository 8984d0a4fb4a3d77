/** Which operation of the Key Vault REST API a request asks for, and how the request log writes it. */
import { COLLECTIONS, type Collection } from './vault-content.ts';
import type { LoopbackRequest } from './listener.ts';

/** The permission words of Key Vault, as access policies use them. */
export type Permission = 'get' | 'list' | 'set' | 'update' | 'delete' | 'recover' | 'purge' | 'import';

export type Operation =
  | 'list'
  | 'get'
  | 'listVersions'
  | 'set'
  | 'update'
  | 'delete'
  | 'import'
  | 'listDeleted'
  | 'getDeleted'
  | 'recover'
  | 'purge'
  | 'unknown';

export interface VaultRoute {
  readonly operation: Operation;
  readonly collection: Collection;
  /** Decoded; '' for operations on the whole collection. */
  readonly name: string;
  readonly version: string;
  /** As the conformance cases write a request: `GET /secrets/db/` is the latest version. */
  readonly line: string;
  /** The same without a query. */
  readonly pathLine: string;
}

const PERMISSIONS: Readonly<Record<Operation, Permission>> = {
  list: 'list',
  listVersions: 'list',
  listDeleted: 'list',
  get: 'get',
  getDeleted: 'get',
  set: 'set',
  update: 'update',
  delete: 'delete',
  import: 'import',
  recover: 'recover',
  purge: 'purge',
  unknown: 'get',
};

export function permissionOf(operation: Operation): Permission {
  return PERMISSIONS[operation];
}

export function routeOf(request: LoopbackRequest): VaultRoute {
  const segments = pathSegments(request.path);
  const [first = '', name = '', third = ''] = segments;
  const collection = COLLECTIONS.find((entry) => entry === first || `deleted${entry}` === first);
  const operation = collection === undefined ? 'unknown' : operationOf(request.method, segments);
  const isLatest = operation === 'get' && third === '';
  const pathLine = `${request.method} /${segments.map(encodeURIComponent).join('/')}${isLatest && segments.length === 2 ? '/' : ''}`;
  return {
    operation,
    collection: collection ?? 'secrets',
    name,
    version: operation === 'get' || operation === 'update' ? third : '',
    line: `${pathLine}${skipTokenText(request)}`,
    pathLine,
  };
}

/** `/secrets/` is the list, `/secrets/a/` the latest version of `a`, `/secrets//` that of an empty name. */
function pathSegments(path: string): readonly string[] {
  const segments = path
    .replace(/^\//, '')
    .split('/')
    .map((segment) => decode(segment));
  return segments.length === 2 && segments[1] === '' ? segments.slice(0, 1) : segments;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function skipTokenText(request: LoopbackRequest): string {
  const token = request.query.get('$skiptoken');
  return token === null ? '' : `?$skiptoken=${token}`;
}

function operationOf(method: string, segments: readonly string[]): Operation {
  const [first = '', , third = '', ...rest] = segments;
  if (rest.length > 0) return 'unknown';
  if (first.startsWith('deleted')) return deletedOperation(method, segments.length, third);
  if (segments.length === 1) return method === 'GET' ? 'list' : 'unknown';
  if (method === 'GET') return third === 'versions' ? 'listVersions' : 'get';
  if (method === 'PATCH') return 'update';
  if (method === 'POST') return first === 'certificates' && third === 'import' ? 'import' : 'unknown';
  if (third !== '') return 'unknown';
  if (method === 'DELETE') return 'delete';
  if (method === 'PUT' && first !== 'certificates') return first === 'keys' ? 'import' : 'set';
  return 'unknown';
}

function deletedOperation(method: string, depth: number, third: string): Operation {
  if (depth === 1) return method === 'GET' ? 'listDeleted' : 'unknown';
  if (method === 'POST') return third === 'recover' ? 'recover' : 'unknown';
  if (third !== '') return 'unknown';
  if (method === 'GET') return 'getDeleted';
  return method === 'DELETE' ? 'purge' : 'unknown';
}
