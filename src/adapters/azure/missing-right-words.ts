/**
 * What an identity may not do, and the role or the word of an access policy that is missing.
 *
 * `az keyvault set-policy` replaces all words of a type, so that its command names those that are needed anyway.
 */
import type { RemoteType } from '../../core/model/vault.ts';
import type { PortErrorDetails } from '../../ports/errors.ts';
import type { VaultAction } from '../../ports/provider.ts';
import { callerOf } from './caller.ts';
import type { VaultAnswer } from './vault-answer.ts';
import { objectOf, TYPE_WORDS, type VaultRequest } from './vault-request.ts';

const READERS: Readonly<Record<RemoteType, string>> = {
  secret: 'Key Vault Secrets User',
  cert: 'Key Vault Certificate User',
  key: 'Key Vault Crypto User',
};

const WRITERS: Readonly<Record<RemoteType, string>> = {
  secret: 'Key Vault Secrets Officer',
  cert: 'Key Vault Certificates Officer',
  key: 'Key Vault Crypto Officer',
};

/** Metadata of secrets, keys and certificates; no values. */
const METADATA_ROLE = 'Key Vault Reader';

/** After "may not", before the object. */
const VERBS: Readonly<Record<VaultAction, string>> = {
  get: 'read',
  list: 'read',
  set: 'write',
  update: 'change the properties of',
  import: 'import',
  delete: 'delete',
  'deleted-get': 'see the deleted',
  recover: 'recover the deleted',
};

/** Key Vault REST: the properties of a secret are changed by right of `set`. */
const POLICY_WORDS: Readonly<Record<VaultAction, string>> = {
  get: 'get',
  list: 'list',
  set: 'set',
  update: 'update',
  import: 'import',
  delete: 'delete',
  'deleted-get': 'get',
  recover: 'recover',
};

export function policyWords(answer: VaultAnswer, request: VaultRequest): PortErrorDetails {
  const who = callerOf(answer.callerObjectId, request.clientId);
  const flag = `--${TYPE_WORDS[request.type]}-permissions ${neededWords(request)}`;
  const missing = isPlainRead(request)
    ? 'does not allow it'
    : `does not have "${policyWord(request)}" for ${TYPE_WORDS[request.type]}s`;
  return {
    kind: 'Forbidden',
    what: `${who.name} may not ${VERBS[request.action]} ${objectOf(request)} in ${request.vault}: its access policy ${missing}`,
    fix: `az keyvault set-policy --name ${request.vaultName} ${who.policyFlag} ${flag}`,
  };
}

export function roleWords(answer: VaultAnswer, request: VaultRequest): PortErrorDetails {
  const role = roleFor(request);
  const action = answer.action === undefined ? '' : ` (${answer.action})`;
  const who = callerOf(answer.callerObjectId, request.clientId);
  // Without a code that says why, the vault's own words are all that does.
  const said = answer.inner === '' && answer.sentence !== undefined ? `: "${answer.sentence}"` : '';
  const command = `az role assignment create --role "${role}" ${who.roleFlags} --scope "${answer.vaultId ?? 'VAULT_RESOURCE_ID'}"`;
  return {
    kind: 'Forbidden',
    what: `${who.name} may not ${VERBS[request.action]} ${objectOf(request)} in ${request.vault}${action}${said}`,
    fix: `${said === '' ? 'Give' : 'If that is a matter of permissions, give'} it "${role}" on that vault: ${command}. A new assignment can take ten minutes.`,
  };
}

function roleFor(request: VaultRequest): string {
  if (request.metadataOnly === true) return METADATA_ROLE;
  return (isPlainRead(request) ? READERS : WRITERS)[request.type];
}

function neededWords(request: VaultRequest): string {
  if (request.metadataOnly === true) return 'list';
  if (isPlainRead(request)) return 'get list';
  return request.type === 'secret' ? 'get list set delete recover' : 'get list import update delete recover';
}

function policyWord({ type, action }: VaultRequest): string {
  return type === 'secret' && action === 'update' ? POLICY_WORDS.set : POLICY_WORDS[action];
}

/** What is deleted is looked at by those who write only. */
function isPlainRead({ action }: VaultRequest): boolean {
  return action === 'get' || action === 'list';
}
