/**
 * Key Vault's refusals in words that say what to do.
 *
 * Shows names, codes, addresses and ids that were parsed strictly; never a body, a value or a token.
 * A disabled object is no permission problem, and a proxy's page is no answer of the vault.
 */
import { say } from '../../core/model/message.ts';
import { PortError, type PortErrorDetails } from '../../ports/errors.ts';
import { environmentOfVault } from './cloud.ts';
import { policyWords, roleWords } from './missing-right-words.ts';
import { LARGEST_LIST_BYTES, LIST_DEADLINE_MS, MOST_PAGES } from './pages.ts';
import { conflictWords, goneWords, managedWords, unfitWords } from './refused-write-words.ts';
import { GarbledAnswer, VaultRefusal, type Garbling, type VaultAnswer } from './vault-answer.ts';
import { isAbsence } from './vault-object.ts';
import { asked, isWrite, objectOf, TYPE_WORDS, type VaultRequest } from './vault-request.ts';
import { proxyLoginWords, wireWords } from './wire-words.ts';
import { judgeWireFailure, wasNeverSent, WireFailure } from './wire.ts';

type Words = Omit<PortErrorDetails, 'whole' | 'code'> & { readonly whole?: boolean; readonly code?: string };

/** Any failure of a vault request as a PortError. A write that may have been carried out all the same is `uncertain`. */
export function toPortError(error: unknown, request: VaultRequest): PortError {
  if (error instanceof PortError) return error;
  const words = wordsFor(error, request);
  if (!isWrite(request) || !mayBeDone(error)) return new PortError(words);
  return new PortError({ ...words, fix: say`It may have been written all the same. ${words.fix}`, uncertain: true });
}

/** The same error, about a write that may have been carried out or surely was not. */
export function withUncertain(error: PortError, uncertain: boolean): PortError {
  if (error.uncertain === uncertain) return error;
  const { kind, what, fix, code, whole, cause } = error;
  return new PortError({ kind, what, fix, whole, uncertain, cause, ...(code === undefined ? {} : { code }) });
}

function wordsFor(error: unknown, request: VaultRequest): PortErrorDetails {
  if (error instanceof VaultRefusal) return refusalWords(error, request);
  if (error instanceof WireFailure) {
    const words = wireWords(error, request.vault, request.host);
    return { ...words, whole: judgeWireFailure(error) === undefined };
  }
  if (error instanceof GarbledAnswer) return garbledWords(request, error.garbling);
  return isForeignChallenge(error) ? challengeWords(request) : garbledWords(request);
}

/** Only two are sure: a request that never left, and one that Key Vault itself refused. */
function mayBeDone(error: unknown): boolean {
  if (error instanceof WireFailure) return !wasNeverSent(error);
  if (!(error instanceof VaultRefusal)) return !isForeignChallenge(error);
  const { status, fromVault } = error.answer;
  return status !== 429 && !(fromVault && status >= 400 && status < 500 && status !== 408);
}

function isForeignChallenge(error: unknown): boolean {
  return error instanceof Error && error.message.includes('challenge');
}

/** A current version that is disabled: a read of its value would be refused like this. */
export function disabledError(request: VaultRequest): PortError {
  const code = request.type === 'key' ? 'KeyDisabled' : 'SecretDisabled';
  return new PortError({ code, ...disabledWords(request) });
}

function refusalWords(refusal: VaultRefusal, request: VaultRequest): Words {
  const { answer } = refusal;
  const code = answer.inner || answer.code || `HTTP${answer.status}`;
  const isGone = isWrite(request) && isAbsence(refusal, request.type);
  return { code, ...(isGone ? goneWords(request) : wordsByStatus(answer, request)) };
}

function wordsByStatus(answer: VaultAnswer, request: VaultRequest): Words {
  if (answer.status === 429) return throttledWords(request);
  if (answer.status === 407) return proxyLoginWords(request.vault, request.host);
  if (answer.status >= 500 || answer.status === 408) return serverWords(answer, request);
  if (!answer.fromVault) return notVaultWords(answer, request);
  if (answer.status === 401) return unauthenticatedWords(answer, request);
  if (answer.status === 403) return forbiddenWords(answer, request);
  if (answer.status === 404) return notFoundWords(answer, request);
  if (answer.status === 409) return conflictWords(answer, request);
  return invalidWords(answer, request);
}

function throttledWords(request: VaultRequest): Words {
  return {
    kind: 'Throttled',
    what: `${request.vault} refused ${asked(request)}: too many requests`,
    fix: 'Other clients use this vault too; run again later, or spread the schedules.',
  };
}

/** A proxy that finds no such host, or cannot connect to it, says so with a 5xx of its own. */
function serverWords(answer: VaultAnswer, request: VaultRequest): Words {
  const what = `${request.vault} failed to answer ${asked(request)} (HTTP ${answer.status}`;
  return answer.fromVault
    ? { kind: 'Unavailable', what: `${what})`, fix: 'Run again later; see the status page of Azure if it lasts.' }
    : {
        kind: 'Unavailable',
        what: `${what}, not in Key Vault's form)`,
        fix: `A proxy on the way says so: check vaultUrl (is there a host ${request.host}?), HTTPS_PROXY and NO_PROXY; if they are right, run again later.`,
      };
}

function notVaultWords(answer: VaultAnswer, request: VaultRequest): Words {
  return {
    kind: 'Malformed',
    what: `something else answered in place of ${request.vault} (HTTP ${answer.status}, not in Key Vault's form)`,
    fix: `A proxy or gateway stands between: let ${request.host} pass there, or name it in NO_PROXY.`,
  };
}

function unauthenticatedWords(answer: VaultAnswer, request: VaultRequest): Words {
  const words = { kind: 'Unauthenticated', whole: true } as const;
  if (answer.inner === 'AKV10032') {
    const fix =
      'Use an identity of the tenant that the vault belongs to; a vault that moved keeps its old tenant until that is changed.';
    return { ...words, what: `${request.vault} refused the token: it is from another tenant (AKV10032)`, fix };
  }
  if (answer.inner === 'AKV10022') {
    return {
      ...words,
      what: `${request.vault} refused the token: it is for another cloud (AKV10022)`,
      fix: cloudFix(request),
    };
  }
  const fix = 'Run again; if it stays, check tenantId and the clock of this machine.';
  return { ...words, what: `${request.vault} refused the token (${answer.inner || 'Unauthorized'})`, fix };
}

function cloudFix(request: VaultRequest): string {
  const right = environmentOfVault(request.host);
  if (right !== undefined && right !== request.cloud.environmentType) return `Set environmentType to ${right}.`;
  return `Check environmentType (${request.cloud.environmentType}) against the vault's address ${request.host}.`;
}

function forbiddenWords(answer: VaultAnswer, request: VaultRequest): Words {
  if (answer.isDisabled) return disabledWords(request);
  if (/^(?:Secret|Key)ManagedByKeyVault$/u.test(answer.inner)) return managedWords(request);
  if (answer.inner === 'ForbiddenByFirewall') return firewallWords(answer, request);
  if (answer.inner === 'ForbiddenByConnection') return connectionWords(request);
  if (answer.inner === 'ForbiddenByPolicy' || answer.inner === 'AccessDenied') return policyWords(answer, request);
  return roleWords(answer, request);
}

function disabledWords(request: VaultRequest): Words {
  const flags = `--vault-name ${request.vaultName} --name ${request.name ?? ''} --enabled true`;
  const command = `az keyvault ${TYPE_WORDS[request.type]} set-attributes`;
  return {
    kind: 'Forbidden',
    what: `${objectOf(request)} in ${request.vault} is disabled; this is not a matter of permissions`,
    disabled: true,
    fix: `Enable it (${command} ${flags}) or take it out of the manifest.`,
  };
}

function firewallWords(answer: VaultAnswer, request: VaultRequest): Words {
  const address = answer.clientAddress;
  const seen = address === undefined ? 'this address' : `the address ${address}`;
  const range = address === undefined ? 'ADDRESS/32' : `${address}/${address.includes(':') ? 128 : 32}`;
  return {
    kind: 'Forbidden',
    what: `the firewall of ${request.vault} does not admit ${seen}`,
    fix: `Run inside the vault's network, or admit it: az keyvault network-rule add --name ${request.vaultName} --ip-address ${range}. Hosted runners change their address.`,
    whole: true,
  };
}

function connectionWords(request: VaultRequest): Words {
  return {
    kind: 'Forbidden',
    what: `${request.vault} does not accept public connections`,
    fix: `Run inside its network, or allow them: az keyvault update --name ${request.vaultName} --public-network-access Enabled.`,
    whole: true,
  };
}

/** The three codes of a positive 404 never come here: they mean absent. */
function notFoundWords(answer: VaultAnswer, request: VaultRequest): Words {
  if (answer.code === 'VaultNotFound' || answer.inner === 'VaultNotFound') {
    const fix = 'Check vaultUrl; a vault that was deleted can be recovered with az keyvault recover.';
    return { kind: 'Unavailable', what: `${request.vault} does not exist`, fix, whole: true };
  }
  return notVaultWords(answer, request);
}

function invalidWords(answer: VaultAnswer, request: VaultRequest): Words {
  if (answer.status < 400) return notVaultWords(answer, request);
  if (isWrite(request)) return unfitWords(answer, request);
  return {
    kind: 'Invalid',
    what: `${request.vault} does not understand the request for ${asked(request)} (${answer.code}, HTTP ${answer.status})`,
    fix: 'Check the key and the version: names have letters, digits and hyphens, 127 at most.',
  };
}

/** What came, after "answered secret "db" with". */
const GARBLINGS: Readonly<Record<Garbling, string>> = {
  'no-json': "something that is not Key Vault's JSON",
  'other-object': 'another object or version than was asked for',
  'repeated-page': 'a page that goes on with one that it gave already',
  'endless-list': `pages without an end (more than ${MOST_PAGES}, or ${LARGEST_LIST_BYTES / 2 ** 20} MiB)`,
  'slow-list': `pages for more than ${LIST_DEADLINE_MS / 60_000} minutes`,
};

function garbledWords(request: VaultRequest, garbling: Garbling = 'no-json'): Words {
  return {
    kind: 'Malformed',
    what: `${request.vault} answered ${asked(request)} with ${GARBLINGS[garbling]}`,
    fix: `Run again; if it stays, a proxy changes the answers: name ${request.host} in NO_PROXY.`,
  };
}

function challengeWords(request: VaultRequest): Words {
  return {
    kind: 'Unauthenticated',
    what: `${request.vault} asks for a token that is not meant for ${request.host}`,
    fix: 'Check vaultUrl. The token was not sent, because another server could be behind that address.',
    code: 'ChallengeResource',
    whole: true,
  };
}
