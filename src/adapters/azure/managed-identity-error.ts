/**
 * Why the endpoint of a machine gave no token for a managed identity.
 *
 * It is the machine's own service, and says best itself what it misses: its sentence is shown, where it is one.
 */
import type { Message } from '../../core/model/message.ts';
import { PortError } from '../../ports/errors.ts';
import type { EntraAnswer } from './entra-error.ts';
import { isRepeatableStatus, WireFailure } from './wire.ts';

/** `identityId` is the store's; undefined = none was named. */
export function managedIdentityError(
  last: EntraAnswer | WireFailure | undefined,
  identityId: string | undefined,
): PortError {
  if (last === undefined || last instanceof WireFailure) return noEndpoint(last?.code ?? 'no answer');
  const said = last.description === '' ? '' : `: "${last.description}"`;
  const words = wordsOf(last, identityId);
  return new PortError({
    kind: isRepeatableStatus(last.status) ? 'Unavailable' : 'Unauthenticated',
    what: `the managed identity endpoint gave no token (HTTP ${last.status}${last.error === '' ? '' : `, ${last.error}`})${words.reason}${said}`,
    fix: words.fix,
    whole: true,
  });
}

function noEndpoint(code: string): PortError {
  return new PortError({
    kind: 'Unauthenticated',
    what: `this machine has no managed identity endpoint (${code})`,
    fix: 'Run on an Azure machine with a managed identity, or use authType WorkloadIdentity.',
    whole: true,
  });
}

interface Reason {
  /** Goes on from the status. */
  readonly reason: string;
  readonly fix: Message;
}

/** What helps depends on what was asked for, which the endpoint does not tell. */
function wordsOf({ status, description }: EntraAnswer, identityId: string | undefined): Reason {
  if (status === 200 || isRepeatableStatus(status)) {
    return { reason: '', fix: 'Run again; if it stays, look at the machine and its identities.' };
  }
  if (identityId !== undefined) return namedReason(identityId);
  if (/\bmultiple\b.*\bidentit/i.test(description)) {
    return {
      reason: ': several identities are assigned to this machine, and the store names none',
      fix: 'Set spec.provider.azurekv.identityId to the client id of one of them.',
    };
  }
  return {
    reason: ': the store names no identity, and this machine has none of its own',
    fix: 'Assign one to this machine; if it has several, set spec.provider.azurekv.identityId to the client id of one.',
  };
}

function namedReason(identityId: string): Reason {
  if (!identityId.startsWith('/')) {
    return {
      reason: '',
      fix: 'Check that the identity in identityId is assigned to this machine; identityId is its client id.',
    };
  }
  return {
    reason: ': identityId is a resource id',
    fix: `Check that this identity is assigned to this machine, or give its client id: az identity show --ids ${identityId} --query clientId --output tsv.`,
  };
}
