/** Everything that a vault can answer instead of a secret, and what is then said about it. */
import type { LoopbackAzure } from '../servers/index.ts';

export interface VaultFailure {
  readonly name: string;
  /** Makes vault kv-shop fail from now on. */
  readonly cause: (azure: LoopbackAzure) => void;
  /** What it hits: one object, the list of the vault, or everything in it. */
  readonly hits: 'object' | 'list' | 'vault';
  /** The text of the problem. */
  readonly what: string;
}

const OBJECT = { vault: 'kv-shop', match: '^GET /secrets/db' };
const VAULT = { vault: 'kv-shop', match: '^GET' };
const IDENTITY = 'identity bbbbbbbb-0000-0000-0000-000000000001';

export const VAULT_FAILURES: readonly VaultFailure[] = [
  {
    name: '401 AKV10022',
    cause: ({ vaults }) =>
      vaults.inject({ ...VAULT, status: 401, code: 'Unauthorized', message: "AKV10022: Invalid audience. found 'x'." }),
    hits: 'vault',
    what: 'vault kv-shop refused the token: it is for another cloud (AKV10022)',
  },
  {
    name: '403 for lack of a role',
    cause: ({ vaults }) => void vaults.deny({ vault: 'kv-shop', object: 'db' }),
    hits: 'object',
    what: `${IDENTITY} may not read secret "db" in vault kv-shop (Microsoft.KeyVault/vaults/secrets/getSecret/action)`,
  },
  {
    name: '403 of the firewall',
    cause: ({ vaults }) => vaults.configure('kv-shop', { network: 'firewall' }),
    hits: 'vault',
    what: 'the firewall of vault kv-shop does not admit the address 203.0.113.7',
  },
  {
    name: '403 SecretDisabled',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, status: 403, code: 'Forbidden', innerCode: 'SecretDisabled' }),
    hits: 'object',
    what: 'secret "db" in vault kv-shop is disabled; this is not a matter of permissions',
  },
  {
    name: '404 SecretNotFound',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, status: 404, code: 'SecretNotFound' }),
    hits: 'object',
    what: '"db" does not exist in vault kv-shop',
  },
  {
    name: '404 of something else',
    cause: ({ vaults }) => vaults.inject({ ...VAULT, status: 404, html: true }),
    hits: 'vault',
    what: "something else answered in place of vault kv-shop (HTTP 404, not in Key Vault's form)",
  },
  {
    name: '429 all the time',
    cause: ({ vaults }) => vaults.inject({ ...VAULT, status: 429, code: 'Throttled' }),
    hits: 'vault',
    what: 'too many requests',
  },
  {
    name: '500 all the time',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, status: 500 }),
    hits: 'object',
    what: 'vault kv-shop failed to answer secret "db" (HTTP 500)',
  },
  {
    name: '503 all the time',
    cause: ({ vaults }) => vaults.inject({ ...VAULT, status: 503 }),
    hits: 'vault',
    what: '(HTTP 503)',
  },
  {
    name: 'a reset',
    cause: ({ vaults }) => vaults.inject({ ...VAULT, reset: 'before' }),
    hits: 'vault',
    what: 'vault kv-shop did not answer (ECONNRESET)',
  },
  {
    name: 'a cut-off body',
    cause: ({ vaults }) => vaults.inject({ ...VAULT, truncateBody: true }),
    hits: 'vault',
    what: 'vault kv-shop did not answer (ECONNRESET)',
  },
  {
    name: '429 for one object',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, status: 429, code: 'Throttled' }),
    hits: 'object',
    what: 'vault kv-shop refused secret "db": too many requests',
  },
  {
    name: '503 for one object',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, status: 503 }),
    hits: 'object',
    what: 'vault kv-shop failed to answer secret "db" (HTTP 503)',
  },
  {
    name: 'a reset for one object',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, reset: 'before' }),
    hits: 'object',
    what: 'vault kv-shop did not answer (ECONNRESET)',
  },
  {
    name: 'a cut-off body of one object',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, truncateBody: true }),
    hits: 'object',
    what: 'vault kv-shop did not answer (ECONNRESET)',
  },
  {
    name: 'a 404 of something else for one object',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, status: 404, html: true }),
    hits: 'object',
    what: "something else answered in place of vault kv-shop (HTTP 404, not in Key Vault's form)",
  },
  {
    name: 'JSON that is garbage',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, garbage: true }),
    hits: 'object',
    what: 'vault kv-shop answered secret "db" with something that is not Key Vault\'s JSON',
  },
  {
    name: 'a page of HTML with status 200',
    cause: ({ vaults }) => vaults.inject({ ...OBJECT, html: true, status: 200 }),
    hits: 'object',
    what: 'vault kv-shop answered secret "db" with something that is not Key Vault\'s JSON',
  },
  {
    name: 'a list that goes on at another host',
    cause: ({ vaults }) => vaults.inject({ vault: 'kv-shop', match: '^GET /secrets$', nextLinkHost: 'evil.example' }),
    hits: 'list',
    what: 'vault kv-shop continued its list on another host (evil.example)',
  },
  {
    name: 'a list whose second page is forbidden',
    cause: ({ vaults }) =>
      vaults.inject({
        vault: 'kv-shop',
        match: 'skiptoken',
        status: 403,
        code: 'Forbidden',
        innerCode: 'ForbiddenByRbac',
      }),
    hits: 'list',
    what: 'may not read the list of secrets in vault kv-shop',
  },
];
