/**
 * Who may do what in a vault: the bearer token, the network rules and the permissions, in the service's order.
 *
 * Everything is allowed to every identity of the vault's tenant until a test denies it.
 */
import { filledAnswer } from './golden.ts';
import { audiences, decodeToken, hasValidSignature, seconds, text, type Claims, type Jwks } from './json-web-token.ts';
import { permissionOf, type Permission, type VaultRoute } from './key-vault-route.ts';
import type { Answer } from './listener.ts';
import type { Collection } from './vault-content.ts';

/** The application id of Key Vault itself, which some tokens carry as audience. */
const VAULT_APPLICATION = 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093';
/** From the range that is reserved for documentation. */
const CLIENT_ADDRESS = '203.0.113.7';

/** Host suffix of vaults → login host and resource of that cloud. */
const CLOUDS: Readonly<Record<string, { readonly login: string; readonly resource: string }>> = {
  'vault.azure.net': { login: 'login.microsoftonline.com', resource: 'https://vault.azure.net' },
  'vault.usgovcloudapi.net': { login: 'login.microsoftonline.us', resource: 'https://vault.usgovcloudapi.net' },
  'vault.azure.cn': { login: 'login.chinacloudapi.cn', resource: 'https://vault.azure.cn' },
  'vault.microsoftazure.de': { login: 'login.microsoftonline.de', resource: 'https://vault.microsoftazure.de' },
};

export const VAULT_SUFFIXES = Object.keys(CLOUDS);
export const VAULT_RESOURCES = Object.values(CLOUDS).map((cloud) => cloud.resource);

/** What identifies a vault to those who ask for access. */
export interface VaultIdentity {
  readonly name: string;
  readonly host: string;
  readonly tenantId: string;
  readonly region: string;
  /** Both are told to clients in the 401; a test may make them lie. */
  readonly challenge: { readonly authorization: string; readonly resource: string };
}

/** Forbids something to an identity. Absent members match everything. */
export interface Denial {
  readonly clientId?: string;
  readonly vault?: string;
  readonly collection?: Collection;
  /** Name of the object. */
  readonly object?: string;
  readonly operation?: Permission;
  readonly as?: 'ForbiddenByRbac' | 'ForbiddenByPolicy';
  /** How many requests are refused before the permission takes effect. */
  readonly times?: number;
}

export type NetworkRule = 'open' | 'firewall' | 'private';

export type TokenCheck =
  | { readonly outcome: 'accepted'; readonly claims: Claims }
  | { readonly outcome: 'missing' | 'refused'; readonly answer: Answer };

/** The challenge of a vault in the cloud that its host name belongs to. */
export function defaultChallenge(host: string, tenantId: string): VaultIdentity['challenge'] {
  const suffix = VAULT_SUFFIXES.find((candidate) => host.endsWith(`.${candidate}`));
  const cloud = CLOUDS[suffix ?? 'vault.azure.net']!;
  const resource = suffix === undefined ? `https://${host.slice(host.indexOf('.') + 1)}` : cloud.resource;
  return { authorization: `https://${cloud.login}/${tenantId}`, resource };
}

/** Headers of every answer of a vault, also of refusals: they tell clients the address they come from. */
export function vaultHeaders(vault: VaultIdentity, requestId: string): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    'x-ms-keyvault-region': vault.region,
    'x-ms-keyvault-network-info': `conn_type=Ipv4;addr=${CLIENT_ADDRESS};act_addr_fam=InterNetwork;`,
    'x-ms-keyvault-service-version': '1.9.1400.1',
    'x-ms-request-id': requestId,
    'strict-transport-security': 'max-age=31536000;includeSubDomains',
  };
}

export function checkToken(
  authorization: string | undefined,
  vault: VaultIdentity,
  trust: { readonly jwks: Jwks; readonly nowMs: number },
): TokenCheck {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return { outcome: 'missing', answer: unauthorized('missing-token', vault) };
  const claims = decodeToken(token)?.claims;
  if (claims === undefined) return { outcome: 'refused', answer: unauthorized('unreadable-token', vault) };
  const answer =
    signatureProblem(token, vault, trust.jwks) ??
    (seconds(claims, 'exp') * 1000 > trust.nowMs ? undefined : unauthorized('expired-token', vault)) ??
    issuerProblem(claims, vault) ??
    audienceProblem(claims, vault);
  return answer === undefined ? { outcome: 'accepted', claims } : { outcome: 'refused', answer };
}

function signatureProblem(token: string, vault: VaultIdentity, jwks: Jwks): Answer | undefined {
  const kid = text(decodeToken(token)?.header ?? {}, 'kid');
  const key = jwks.keys.find((candidate) => candidate.kid === kid);
  if (key !== undefined && hasValidSignature(token, key)) return undefined;
  return unauthorized('unknown-signing-key', vault);
}

function issuerProblem(claims: Claims, vault: VaultIdentity): Answer | undefined {
  const expected = `https://sts.windows.net/${vault.tenantId}/`;
  const found = text(claims, 'iss');
  return found === expected ? undefined : unauthorized('wrong-issuer', vault, { expected, found });
}

function audienceProblem(claims: Claims, vault: VaultIdentity): Answer | undefined {
  const expected = vault.challenge.resource;
  const accepted = [expected, `${expected}/`, VAULT_APPLICATION];
  const found = audiences(claims);
  if (found.some((audience) => accepted.includes(audience))) return undefined;
  return unauthorized('wrong-audience', vault, { expected, found: found.join(' ') });
}

function unauthorized(name: string, vault: VaultIdentity, values: Readonly<Record<string, string>> = {}): Answer {
  const { authorization, resource } = vault.challenge;
  return filledAnswer('key-vault-errors', name, { authority: authorization, resource, ...values });
}

/** What a CAE event makes the vault say to a token that was good until then. */
export function claimsChallenge(vault: VaultIdentity, claims: string): Answer {
  const authority = `${new URL(vault.challenge.authorization).origin}/common/oauth2/authorize`;
  return filledAnswer('key-vault-errors', 'claims-challenge', { authority, claims });
}

export function networkRefusal(rule: NetworkRule, vault: VaultIdentity, claims: Claims): Answer | undefined {
  if (rule === 'open') return undefined;
  const name = rule === 'firewall' ? 'ForbiddenByFirewall' : 'ForbiddenByConnection';
  return filledAnswer('key-vault-errors', name, { ...callerOf(claims, vault), address: CLIENT_ADDRESS });
}

export class Permissions {
  #denials: { readonly denial: Denial; left: number }[] = [];

  /** Returns the function that takes the denial back. */
  deny(denial: Denial): () => void {
    const entry = { denial, left: denial.times ?? Infinity };
    this.#denials.push(entry);
    return () => {
      this.#denials = this.#denials.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#denials = [];
  }

  refusal(route: VaultRoute, vault: VaultIdentity, claims: Claims): Answer | undefined {
    const entry = this.#denials.find(({ denial, left }) => left > 0 && matches(denial, { route, vault, claims }));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    const operation = permissionOf(route.operation);
    return filledAnswer('key-vault-errors', entry.denial.as ?? 'ForbiddenByRbac', {
      ...callerOf(claims, vault),
      collection: route.collection,
      operation: route.collection === 'secrets' && operation === 'update' ? 'set' : operation,
      action: dataAction(route.collection, operation),
      resource: resourceOf(route, vault),
    });
  }
}

function matches(
  denial: Denial,
  { route, vault, claims }: { route: VaultRoute; vault: VaultIdentity; claims: Claims },
): boolean {
  const pairs: readonly (readonly [string | undefined, string])[] = [
    [denial.clientId, text(claims, 'appid')],
    [denial.vault, vault.name],
    [denial.collection, route.collection],
    [denial.object?.toLowerCase(), route.name.toLowerCase()],
    [denial.operation, permissionOf(route.operation)],
  ];
  return pairs.every(([wanted, actual]) => wanted === undefined || wanted === actual);
}

function callerOf(claims: Claims, vault: VaultIdentity): Readonly<Record<string, string>> {
  const { name, region } = vault;
  return { appid: text(claims, 'appid'), oid: text(claims, 'oid'), iss: text(claims, 'iss'), vault: name, region };
}

function resourceOf(route: VaultRoute, vault: VaultIdentity): string {
  const object = route.name === '' ? '' : `/${route.collection}/${route.name.toLowerCase()}`;
  const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/rg-loopback';
  return `${group}/providers/microsoft.keyvault/vaults/${vault.name}${object}`;
}

/** The Azure RBAC data action behind a permission (Microsoft Learn: Azure built-in data actions of Key Vault). */
function dataAction(collection: Collection, operation: Permission): string {
  const secretActions: Partial<Record<Permission, string>> = {
    get: 'getSecret/action',
    list: 'readMetadata/action',
    set: 'setSecret/action',
  };
  const sharedActions: Readonly<Record<Permission, string>> = {
    get: 'read',
    list: 'read',
    set: 'create/action',
    update: 'update/action',
    delete: 'delete',
    recover: 'recover/action',
    purge: 'purge/action',
    import: 'import/action',
  };
  const action = (collection === 'secrets' ? secretActions[operation] : undefined) ?? sharedActions[operation];
  return `Microsoft.KeyVault/vaults/${collection}/${action}`;
}
