/**
 * What each operation of the Key Vault REST API does to a vault's content and what it answers.
 *
 * Permissions, tokens and faults have been dealt with before; nothing here waits or touches a socket.
 */
import { asObject, asText, type Json } from './json.ts';
import { bundle, bundleWithoutValue, deletedObject, item, type BundleContext } from './key-vault-bundle.ts';
import { filledAnswer } from './golden.ts';
import type { VaultRoute } from './key-vault-route.ts';
import type { Answer } from './listener.ts';
import {
  isManaged,
  latestOf,
  type Attributes,
  type Collection,
  type StoredObject,
  type StoredVersion,
  type Tags,
  type VaultContent,
  type VersionContent,
} from './vault-content.ts';
import { readPem, readPkcs12, type ImportedCertificate } from './vault-import.ts';

const NAME = /^[0-9a-zA-Z-]{1,127}$/;
const API_VERSION = /^(7\.[0-9](-preview\.\d+)?|20\d\d-\d\d-\d\d(-preview(\.\d+)?)?)$/;
const MAX_PAGE = 25;
const MAX_VALUE_BYTES = 25_600;
const MAX_TAGS = 15;
const MAX_CONTENT_TYPE = 255;
const IMPORTABLE_KEYS = ['RSA', 'RSA-HSM', 'EC', 'EC-HSM'];
const IMPORTABLE_CURVES = ['P-256', 'P-384', 'P-521', 'P-256K'];

/** Everything about a vault that its owner can set. */
export interface VaultSettings {
  /** Elements of a page of a list; the service's ceiling is 25. */
  readonly pageSize: number;
  /** After this page comes an empty one that still has a `nextLink`. */
  readonly emptyPageAfter: number | undefined;
  readonly purgeProtection: boolean;
  /** How long a deletion or recovery goes on after it was answered. */
  readonly deletionDelayMs: number;
  readonly recoveryDelayMs: number;
  /** Takes any JWK and not only the types that a vault imports. The conformance cases were measured like that. */
  readonly acceptAnyKey: boolean;
  readonly region: string;
}

export interface OperationContext {
  readonly host: string;
  readonly vault: string;
  readonly content: VaultContent;
  readonly settings: VaultSettings;
  readonly nowMs: number;
  readonly query: URLSearchParams;
  readonly body: string;
  /** The host that `nextLink` names, when it is to be a foreign one. */
  readonly nextLinkHost?: string;
}

type Perform = (route: VaultRoute, context: OperationContext) => Answer;

export function performOperation(route: VaultRoute, context: OperationContext): Answer {
  const apiVersion = context.query.get('api-version') ?? '';
  if (!API_VERSION.test(apiVersion)) return problem('bad-api-version', { apiVersion });
  if (needsName(route) && !NAME.test(route.name)) return problem('bad-name', { name: route.name });
  return OPERATIONS[route.operation](route, context);
}

const OPERATIONS: Readonly<Record<VaultRoute['operation'], Perform>> = {
  list: listObjects,
  listVersions,
  listDeleted,
  get: getVersion,
  getDeleted,
  set: (route, context) => withBody(context, (body) => setSecret(route, context, body)),
  update: (route, context) => withBody(context, (body) => updateVersion(route, context, body)),
  import: (route, context) =>
    withBody(context, (body) =>
      route.collection === 'keys' ? importKey(route, context, body) : importCertificate(route, context, body),
    ),
  delete: deleteObject,
  recover: recoverObject,
  purge: purgeObject,
  unknown: (route) =>
    problem('method-not-allowed', { method: route.pathLine.split(' ')[0]!, operation: route.pathLine }),
};

function needsName(route: VaultRoute): boolean {
  return !['list', 'listDeleted', 'unknown'].includes(route.operation);
}

function getVersion(route: VaultRoute, context: OperationContext): Answer {
  const object = settledLive(route, context);
  const version = object === undefined ? undefined : versionOf(object, route.version);
  if (object === undefined || version === undefined) return notFound(route);
  if (!version.attributes.enabled && route.collection === 'secrets') return problem('SecretDisabled');
  if (!version.attributes.enabled && route.collection === 'keys') return problem('KeyDisabled');
  return { status: 200, body: bundle(route.collection, { object, version }, bundleContext(context)) };
}

function listObjects(route: VaultRoute, context: OperationContext): Answer {
  const lines = context.content
    .list(route.collection)
    .map((object) => item(route.collection, { object, version: latestOf(object) }, bundleContext(context)));
  return page(`/${route.collection}`, lines, context);
}

/** Of an object that does not exist the list is empty; Azure's SDKs test that. */
function listVersions(route: VaultRoute, context: OperationContext): Answer {
  const object = settledLive(route, context);
  const lines = (object?.versions ?? []).map((version) =>
    item(route.collection, { object: object!, version }, bundleContext(context), `/${version.version}`),
  );
  return page(`/${route.collection}/${object?.name ?? route.name}/versions`, lines, context);
}

function listDeleted(route: VaultRoute, context: OperationContext): Answer {
  const lines = context.content
    .listDeleted(route.collection)
    .filter((object) => isSettled(object, context))
    .map((object) => deletedObject(route.collection, object, { ...bundleContext(context), form: 'item' }));
  return page(`/deleted${route.collection}`, lines, context);
}

function getDeleted(route: VaultRoute, context: OperationContext): Answer {
  const object = context.content.findDeleted(route.collection, route.name);
  if (object === undefined || !isSettled(object, context)) return deletedNotFound(route);
  return { status: 200, body: deletedObject(route.collection, object, { ...bundleContext(context), form: 'bundle' }) };
}

function setSecret(route: VaultRoute, context: OperationContext, body: Json): Answer {
  const value = body['value'];
  if (typeof value !== 'string')
    return problem('bad-body', { message: 'Property value is missing or has wrong type.' });
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES) return problem('value-too-long');
  const refusal = refusedWrite(route, context, body);
  if (refusal !== undefined) return refusal;
  return written(route, context, { value, ...contentTypeOf(body), ...metadataOf(body, context) });
}

function importKey(route: VaultRoute, context: OperationContext, body: Json): Answer {
  const key = asObject(body['key']);
  if (key === undefined) return problem('bad-body', { message: 'Property key is missing or has wrong type.' });
  if (!context.settings.acceptAnyKey && !isImportable(key)) return problem('bad-key-type', { kty: asText(key['kty']) });
  const refusal = refusedWrite(route, context, body);
  if (refusal !== undefined) return refusal;
  return written(route, context, { jwk: key, ...metadataOf(body, context) });
}

function isImportable(key: Json): boolean {
  const hasCurve = key['crv'] === undefined || IMPORTABLE_CURVES.includes(asText(key['crv']));
  return hasCurve && IMPORTABLE_KEYS.includes(asText(key['kty']));
}

/** The new certificate brings a secret with its whole material and a key, both managed and of the same version. */
function importCertificate(route: VaultRoute, context: OperationContext, body: Json): Answer {
  const refusal = refusedWrite(route, context, body);
  if (refusal !== undefined) return refusal;
  const { name } = route;
  if (isNameTaken(name, context)) return problem('name-taken-by-secret-or-key', { name });
  const material = materialOf(body);
  if (material === undefined) return problem(wantsPem(body) ? 'bad-pem' : 'bad-pkcs12');
  const metadata = metadataOf(body, context);
  const contentType = wantsPem(body) ? 'application/x-pem-file' : 'application/x-pkcs12';
  const policy = policyHere(route, context, body) ?? importPolicy(material, contentType);
  const answer = written(route, context, { cer: material.cer, policy, ...metadata });
  const { version } = latestOf(context.content.find('certificates', name)!);
  const managed = { ...metadata, version, managed: true };
  context.content.append('secrets', name, { value: asText(body['value']), contentType, ...managed });
  context.content.append('keys', name, { jwk: { ...material.jwk, key_ops: ['sign', 'verify'] }, ...managed });
  return answer;
}

/** A secret or a key of its own, live or deleted, that the certificate's would collide with. */
function isNameTaken(name: string, { content }: OperationContext): boolean {
  return (['secrets', 'keys'] as const).some((collection) => {
    const found = content.find(collection, name) ?? content.findDeleted(collection, name);
    return found !== undefined && !isManaged(found);
  });
}

/** An import that names no policy leaves that of the certificate as it is. */
function policyHere(route: VaultRoute, { content }: OperationContext, body: Json): unknown {
  if (asObject(body['policy']) !== undefined) return undefined;
  const live = content.find(route.collection, route.name);
  return live === undefined ? undefined : latestOf(live).policy;
}

function wantsPem(body: Json): boolean {
  return asObject(asObject(body['policy'])?.['secret_props'])?.['contentType'] === 'application/x-pem-file';
}

function materialOf(body: Json): ImportedCertificate | undefined {
  const value = asText(body['value']);
  return wantsPem(body) ? readPem(value) : readPkcs12(value, asText(body['pwd']));
}

function importPolicy(material: ImportedCertificate, contentType: string): Json {
  const { kty, crv } = material.jwk;
  const keyProperties = { exportable: true, kty, reuse_key: false, ...(crv === undefined ? {} : { crv }) };
  return { key_props: keyProperties, secret_props: { contentType } };
}

function updateVersion(route: VaultRoute, context: OperationContext, body: Json): Answer {
  const object = settledLive(route, context);
  const version = object === undefined ? undefined : versionOf(object, route.version);
  if (object === undefined || version === undefined) return notFound(route);
  if (isManaged(object)) return problem('managed-by-certificate', { ...words(route), operation: 'update' });
  const refusal = unfit(route, body);
  if (refusal !== undefined) return refusal;
  const tags = asObject(body['tags']) as Tags | undefined;
  const attributes = { ...givenAttributes(body), updated: secondsOf(context.nowMs) };
  const changes = { ...contentTypeOf(body), ...(tags === undefined ? {} : { tags }), attributes };
  const updated = context.content.replace(object, version, changes);
  const shown = bundleWithoutValue(route.collection, { object, version: updated }, bundleContext(context));
  return { status: 200, body: shown };
}

function deleteObject(route: VaultRoute, context: OperationContext): Answer {
  const object = settledLive(route, context);
  if (object === undefined) return notFound(route);
  if (isManaged(object)) return problem('managed-by-certificate', { ...words(route), operation: 'delete' });
  const at = secondsOf(context.nowMs);
  context.content.softDelete(route.collection, object, {
    at,
    settlesAt: later(context, context.settings.deletionDelayMs),
  });
  return { status: 200, body: deletedObject(route.collection, object, { ...bundleContext(context), form: 'bundle' }) };
}

function recoverObject(route: VaultRoute, context: OperationContext): Answer {
  const object = context.content.findDeleted(route.collection, route.name);
  if (object === undefined) return deletedNotFound(route);
  if (!isSettled(object, context)) return problem('ObjectIsBeingDeleted', words(route));
  context.content.recover(route.collection, object, later(context, context.settings.recoveryDelayMs));
  const shown = bundleWithoutValue(route.collection, { object, version: latestOf(object) }, bundleContext(context));
  return { status: 200, body: shown };
}

function purgeObject(route: VaultRoute, context: OperationContext): Answer {
  const object = context.content.findDeleted(route.collection, route.name);
  if (object === undefined) return deletedNotFound(route);
  if (!isSettled(object, context)) return problem('ObjectIsBeingDeleted', words(route));
  const { vault, settings } = context;
  if (settings.purgeProtection) return problem('purge-protected', { vault, region: settings.region });
  context.content.purge(route.collection, object);
  return filledAnswer('key-vault', 'purged', {});
}

function refusedWrite(route: VaultRoute, context: OperationContext, body: Json): Answer | undefined {
  const refusal = unfit(route, body);
  if (refusal !== undefined) return refusal;
  const deleted = context.content.findDeleted(route.collection, route.name);
  if (deleted !== undefined) {
    return problem(
      isSettled(deleted, context) ? 'ObjectIsDeletedButRecoverable' : 'ObjectIsBeingDeleted',
      words(route),
    );
  }
  const live = context.content.find(route.collection, route.name);
  if (live === undefined) return undefined;
  if (!isSettled(live, context)) return problem('ObjectIsBeingRecovered', words(route));
  return isManaged(live) ? problem('managed-by-certificate', { ...words(route), operation: 'set' }) : undefined;
}

function written(route: VaultRoute, context: OperationContext, version: VersionContent): Answer {
  const object = context.content.append(route.collection, route.name, version);
  const shown = bundle(route.collection, { object, version: latestOf(object) }, bundleContext(context));
  return { status: 200, body: shown };
}

/** `$skiptoken` is the number of the page; `2e` is the empty page before page 2. */
function page(path: string, lines: readonly Json[], context: OperationContext): Answer {
  const asked = context.query.get('maxresults');
  if (asked !== null && !isPageSize(asked)) return problem('bad-page-size');
  const size = Math.min(asked === null ? MAX_PAGE : Number(asked), context.settings.pageSize);
  const token = context.query.get('$skiptoken') ?? '1';
  if (token.endsWith('e')) return pageAnswer([], nextLink(path, token.slice(0, -1), context));
  const start = (Number(token) - 1) * size;
  const next = lines.length > start + size ? nextToken(Number(token), context) : undefined;
  return pageAnswer(lines.slice(start, start + size), next === undefined ? null : nextLink(path, next, context));
}

function pageAnswer(value: readonly Json[], next: string | null): Answer {
  return { status: 200, body: { value, nextLink: next } };
}

function isPageSize(asked: string): boolean {
  return /^\d+$/.test(asked) && Number(asked) >= 1 && Number(asked) <= MAX_PAGE;
}

function nextToken(current: number, context: OperationContext): string {
  return `${current + 1}${context.settings.emptyPageAfter === current ? 'e' : ''}`;
}

function nextLink(path: string, token: string, context: OperationContext): string {
  const apiVersion = context.query.get('api-version') ?? '';
  const pageSize = context.query.get('maxresults') ?? String(MAX_PAGE);
  const host = context.nextLinkHost ?? context.host;
  return `https://${host}:443${path}?api-version=${apiVersion}&$skiptoken=${token}&maxresults=${pageSize}`;
}

function withBody(context: OperationContext, perform: (body: Json) => Answer): Answer {
  const body = parsedObject(context.body);
  return body === undefined
    ? problem('bad-body', { message: 'The request body is not a JSON object.' })
    : perform(body);
}

function parsedObject(body: string): Json | undefined {
  try {
    return asObject(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function areTagsValid(body: Json, collection: Collection): boolean {
  const limit = collection === 'secrets' ? 512 : 256;
  const tags = Object.entries(asObject(body['tags']) ?? {});
  const isValid = ([name, value]: [string, unknown]): boolean =>
    name.length <= limit && (value === null || (typeof value === 'string' && value.length <= limit));
  return tags.length <= MAX_TAGS && tags.every(isValid);
}

/** What no object of the vault may have. */
function unfit(route: VaultRoute, body: Json): Answer | undefined {
  if (!areTagsValid(body, route.collection)) return problem('bad-tags');
  if (asText(body['contentType']).length > MAX_CONTENT_TYPE) return problem('content-type-too-long');
  const times = Object.entries(givenAttributes(body)).filter(([name]) => name !== 'enabled');
  const bad = times.find(([, value]) => !Number.isInteger(value));
  return bad === undefined ? undefined : problem('bad-time', { name: bad[0] });
}

/** An empty one is none, and a PATCH with it changes nothing. */
function contentTypeOf(body: Json): { readonly contentType?: string } {
  const contentType = asText(body['contentType']);
  return contentType === '' ? {} : { contentType };
}

function metadataOf(body: Json, context: OperationContext): { readonly tags?: Tags; readonly attributes: Attributes } {
  const now = secondsOf(context.nowMs);
  const tags = asObject(body['tags']);
  const attributes = { enabled: true, ...givenAttributes(body), created: now, updated: now };
  return tags === undefined ? { attributes } : { attributes, tags: tags as Tags };
}

/** Only what a client may set. */
function givenAttributes(body: Json): Attributes {
  const given = Object.entries(asObject(body['attributes']) ?? {});
  return Object.fromEntries(
    given.filter(([name, value]) => ['enabled', 'nbf', 'exp'].includes(name) && value !== null),
  );
}

function settledLive(route: VaultRoute, context: OperationContext): StoredObject | undefined {
  const object = context.content.find(route.collection, route.name);
  return object !== undefined && isSettled(object, context) ? object : undefined;
}

function isSettled(object: StoredObject, context: OperationContext): boolean {
  return (object.settlesAt ?? 0) * 1000 <= context.nowMs;
}

function versionOf(object: StoredObject, version: string): StoredVersion | undefined {
  return version === '' ? latestOf(object) : object.versions.find((entry) => entry.version === version.toLowerCase());
}

function bundleContext(context: OperationContext): BundleContext {
  const recoveryLevel = context.settings.purgeProtection ? 'Recoverable' : 'Recoverable+Purgeable';
  return { host: context.host, recoveryLevel };
}

function later(context: OperationContext, delayMs: number): number {
  return (context.nowMs + delayMs) / 1000;
}

function secondsOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

const OBJECT_WORDS: Readonly<Record<Collection, { Object: string; object: string }>> = {
  secrets: { Object: 'Secret', object: 'secret' },
  keys: { Object: 'Key', object: 'key' },
  certificates: { Object: 'Certificate', object: 'certificate' },
};

function words(route: VaultRoute): Readonly<Record<string, string>> {
  return { ...OBJECT_WORDS[route.collection], name: route.name };
}

function notFound(route: VaultRoute): Answer {
  const id = route.version === '' ? route.name : `${route.name}/${route.version}`;
  return problem(`${OBJECT_WORDS[route.collection].Object}NotFound`, { id });
}

function deletedNotFound(route: VaultRoute): Answer {
  return problem('deleted-not-found', words(route));
}

function problem(name: string, values: Readonly<Record<string, string>> = {}): Answer {
  return filledAnswer('key-vault-errors', name, values);
}
