/** Whom Azure refused, as messages and commands of az name them. */
import type { ResolvedIdentity } from './resolved-identity.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface Caller {
  /** `identity OBJECT_ID`, or `client CLIENT_ID`. */
  readonly name: string;
  /** For `az role assignment create`. */
  readonly roleFlags: string;
  /** For `az keyvault set-policy`. */
  readonly policyFlag: string;
}

/** Azure names the object id, mostly. Where it does not, az takes the client id in its place, which is ours to know. */
export function callerOf(objectId: string | undefined, clientId: string | undefined): Caller {
  if (objectId === undefined && clientId !== undefined) {
    return { name: `client ${clientId}`, roleFlags: `--assignee ${clientId}`, policyFlag: `--spn ${clientId}` };
  }
  const id = objectId ?? 'OBJECT_ID';
  return {
    name: `identity ${id}`,
    roleFlags: `--assignee-object-id ${id} --assignee-principal-type ServicePrincipal`,
    policyFlag: `--object-id ${id}`,
  };
}

/** The client id of an identity. It goes into commands that people paste, so that it must be one. */
export function clientIdIn(identity: ResolvedIdentity): { readonly clientId?: string } {
  const named = identity.type === 'managed-identity' ? identity.identityId : undefined;
  const clientId = 'clientId' in identity ? identity.clientId : (named ?? '');
  return GUID.test(clientId) ? { clientId } : {};
}
