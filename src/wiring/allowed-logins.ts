/** Settings → where this run lets proofs of identity go, and which audiences it lets tokens have. */
import type { AllowedLogins } from '../core/model/login-hosts.ts';
import type { Settings } from '../core/settings/parse.ts';

export function allowedLoginsOf({
  loginHosts,
  tokenAudience,
  tokenAudiences,
}: Pick<Settings, 'loginHosts' | 'tokenAudience' | 'tokenAudiences'>): AllowedLogins {
  return { hosts: loginHosts, audiences: [tokenAudience, ...tokenAudiences] };
}
