/**
 * The last gate before the network of a login: whatever a store, a discovery document or a library says, a proof of
 * identity leaves for a host that the run allows, or not at all.
 */
import { say, setting } from '../../core/model/message.ts';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { mayBeAudience, mayLogInAt, type AllowedLogins } from '../../core/model/login-hosts.ts';
import { PortError } from '../../ports/errors.ts';
import { foreignLogin } from './cloud.ts';
import type { EntraContext } from './settings.ts';

/** `refused` is told why as well: the library makes an error of its own of what is thrown here. */
export function onlyAtLoginHosts(
  http: HttpClient,
  logins: AllowedLogins,
  refused: (reason: PortError) => void,
): HttpClient {
  return {
    sendRequest: async (request) => {
      const url = new URL(request.url);
      if (mayLogInAt(url, logins)) return await http.sendRequest(request);
      const reason = foreignLogin('the login was to go on at', url.host);
      refused(reason);
      throw reason;
    },
  };
}

/**
 * SDK: a managed identity of a pod with a mounted token is had by exchanging that token at AZURE_AUTHORITY_HOST, whatever
 * else the credential is told. Nobody but the machine's environment has said so, and that is not enough.
 */
export function refuseForeignAuthority({ environment, settings }: EntraContext, who: string): void {
  const { AZURE_AUTHORITY_HOST: authority = '', AZURE_FEDERATED_TOKEN_FILE: token = '' } = environment;
  if (authority === '' || token === '') return;
  const url = URL.canParse(authority) ? new URL(authority) : undefined;
  const isPlain = url !== undefined && authority.replace(/\/+$/u, '') === url.origin;
  if (isPlain && mayLogInAt(url, settings.logins)) return;
  throw foreignLogin(`${who} logs in at AZURE_AUTHORITY_HOST,`, url?.host ?? 'which is no address');
}

/** A token with another audience is worth something elsewhere. The audience of the settings is the run's own word. */
export function refuseForeignAudience({ settings }: EntraContext, audiences: readonly string[]): void {
  const { audience: own, logins } = settings;
  const foreign = audiences.find((audience) => audience !== own && !mayBeAudience(audience, logins));
  if (foreign === undefined) return;
  throw new PortError({
    kind: 'Invalid',
    code: 'TokenAudience',
    what: 'a token was to be asked for with an audience that this run does not allow',
    fix: say`It was not asked for. Leave it out of serviceAccountRef.audiences, or allow it with ${setting('token-audiences')}.`,
    whole: true,
  });
}
