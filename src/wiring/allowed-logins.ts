/** Settings → where this run lets proofs of identity go, and which audiences it lets tokens have. */
import type { AllowedLogins } from '../core/model/login-hosts.ts';
import type { Settings } from '../core/settings/parse.ts';

export function allowedLoginsOf({
  loginHosts,
  registryHosts,
  tokenAudience,
  tokenAudiences,
}: Pick<Settings, 'loginHosts' | 'registryHosts' | 'tokenAudience' | 'tokenAudiences'>): AllowedLogins {
  return { hosts: loginHosts, audiences: [tokenAudience, ...tokenAudiences], registries: registryHosts };
}
