/** Who logs in to a registry for an ACRAccessToken, and whether the registry may have a token at all. Asks nobody. */
import { say, setting } from '../../../core/model/message.ts';
import type { AcrAccessTokenSpec } from '../../../core/model/generator.ts';
import { refText, type ObjectRef } from '../../../core/model/object-ref.ts';
import { registryHostIn } from '../../../core/model/registry-hosts.ts';
import type { SecretKeySelector } from '../../../core/model/store.ts';
import { PortError, type PortErrorDetails } from '../../../ports/errors.ts';
import { knownCloud, type Cloud } from '../cloud.ts';
import { resolveLogin } from '../identity.ts';
import type { LoginRules, LoginSpec } from '../opening.ts';
import type { OpenedIdentity } from '../resolved-identity.ts';
import type { AzureContext, AzureSettings } from '../settings.ts';

/** ESO 2.9: everything that a generator names is looked for where it is used, of a ClusterGenerator too. */
const GENERATOR_LOGIN: LoginRules = {
  tenantId: 'spec.tenantId',
  serviceAccountRef: 'spec.auth.workloadIdentity.serviceAccountRef',
  secretRef: 'auth.servicePrincipal.secretRef',
  instead: 'auth.workloadIdentity',
  obeysNamespaces: false,
  trims: true,
  isAssignable: false,
};

export interface RegistryLogin {
  readonly opened: OpenedIdentity;
  /** Of the token that the registry gets: Resource Manager's. */
  readonly scope: string;
  /** Absent = the one of the token. */
  readonly tenantId: string | undefined;
}

interface Wanted {
  readonly ref: ObjectRef;
  readonly spec: AcrAccessTokenSpec;
  readonly namespace: string;
}

/** As URLs have it. Throws PortError Invalid for a host that gets no token. */
export function registryOf(ref: ObjectRef, spec: AcrAccessTokenSpec, { logins }: AzureSettings): string {
  const found = registryHostIn(spec.registry, spec.environmentType, logins.registries);
  switch (found.kind) {
    case 'allowed':
      return found.host;
    case 'no-host':
      throw refused(ref, {
        what: 'has a registry that is no host name',
        fix: 'Write the login server alone, as shop.azurecr.io: no scheme, no path.',
      });
    case 'other-cloud':
      throw refused(ref, {
        what: `has the registry ${found.host}, which belongs to ${found.cloud}, and the environmentType ${spec.environmentType}`,
        fix: `Set environmentType to ${found.cloud}, or correct the registry.`,
      });
    case 'foreign':
      throw refused(ref, {
        what: `has the registry ${found.host}, which is no registry of a known cloud and not allowed by this run`,
        fix: say`Nothing was sent there. If that host is trusted to be you, allow it with ${setting('registry-hosts')} ${found.host}.`,
      });
  }
}

function refused(ref: ObjectRef, { what, fix }: Pick<PortErrorDetails, 'what' | 'fix'>): PortError {
  return new PortError({ kind: 'Invalid', code: 'RegistryHost', what: say`${refText(ref)} ${what}`, fix, whole: true });
}

/**
 * ESO 2.9 asks for another address of Resource Manager with a workload identity, with two slashes in it. Both stand for
 * the same service; here it is one for all.
 */
export async function registryLogin(context: AzureContext, { ref, spec, namespace }: Wanted): Promise<RegistryLogin> {
  const cloud = cloudOf(ref, spec);
  const login = loginSpecOf(spec);
  const opened = await resolveLogin({ context, ref, login, rules: GENERATOR_LOGIN, cloud, namespace });
  const own = 'tenantId' in opened.identity ? opened.identity.tenantId : undefined;
  return { opened, scope: `${cloud.resourceManager}/.default`, tenantId: spec.tenantId ?? own };
}

function cloudOf(
  ref: ObjectRef,
  { environmentType }: AcrAccessTokenSpec,
): Cloud & { readonly resourceManager: string } {
  if (environmentType !== 'AzureStackCloud') return knownCloud(environmentType);
  throw new PortError({
    kind: 'Invalid',
    what: `${refText(ref)} has environmentType AzureStackCloud, of which no registry is known`,
    fix: 'Use the environmentType of a cloud that has registries, as PublicCloud.',
    whole: true,
  });
}

/** ESO 2.9: `tenantId` is that of the registry, and of a service principal; other identities have their own. */
function loginSpecOf({ auth, tenantId }: AcrAccessTokenSpec): LoginSpec {
  switch (auth.type) {
    case 'ServicePrincipal': {
      const authSecretRef = { clientId: here(auth.clientId), clientSecret: here(auth.clientSecret) };
      return { authType: auth.type, authSecretRef, ...(tenantId === undefined ? {} : { tenantId }) };
    }
    case 'ManagedIdentity':
      return { authType: auth.type, ...(auth.identityId === '' ? {} : { identityId: auth.identityId }) };
    case 'WorkloadIdentity':
      return {
        authType: auth.type,
        ...(auth.serviceAccountRef === undefined ? {} : { serviceAccountRef: auth.serviceAccountRef }),
      };
  }
}

function here({ name, key }: SecretKeySelector): SecretKeySelector {
  return { name, key };
}
