/**
 * Where proofs of identity may go, and whom they may be made out to: what a run allows, never what a manifest says.
 *
 * Whoever gets an assertion, a client secret or a signature of a certificate can be this identity everywhere. The login
 * hosts of the known clouds are always allowed; any other, and any other audience, has to be named by the run itself.
 */
import { isHostName } from './host-name.ts';
import type { AzureEnvironment } from './store.ts';

export interface AllowedLogins {
  /** Beside those of the known clouds: as `loginHostIn` gives them. */
  readonly hosts: readonly string[];
  /** Beside Entra's own. */
  readonly audiences: readonly string[];
  /** Container registries beside those of the known clouds; absent = none. */
  readonly registries?: readonly string[];
}

export const KNOWN_CLOUDS_ONLY: AllowedLogins = { hosts: [], audiences: [] };

/** GermanCloud was closed in 2021; ESO's addresses are kept so that its manifests mean the same here. */
export const LOGIN_HOSTS: Readonly<Record<Exclude<AzureEnvironment, 'AzureStackCloud'>, string>> = {
  PublicCloud: 'login.microsoftonline.com',
  USGovernmentCloud: 'login.microsoftonline.us',
  ChinaCloud: 'login.chinacloudapi.cn',
  GermanCloud: 'login.microsoftonline.de',
};

/** The second name of ChinaCloud's login, which 21Vianet prefers and discovery documents name. */
const OTHER_NAMES = ['login.partner.microsoftonline.cn'];

const KNOWN_HOSTS: readonly string[] = [...Object.values(LOGIN_HOSTS), ...OTHER_NAMES];

/** Entra's own audience for tokens that are exchanged, and its forms for tokens of managed identities in other clouds. */
const KNOWN_AUDIENCES: readonly string[] = ['', 'USGov', 'China', 'USNat', 'USSec'].map(
  (cloud) => `api://AzureADTokenExchange${cloud}`,
);

/**
 * May a proof be sent to this address? The whole host counts, with its port: no part of it, no other spelling. A URL
 * parser has made letters small and written numbers and foreign letters in their one form.
 */
export function mayLogInAt(address: URL, { hosts }: AllowedLogins): boolean {
  const { protocol, username, password, host } = address;
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  return KNOWN_HOSTS.includes(host) || hosts.includes(host);
}

/** May a token be asked for that is meant for this audience? Entra compares letter by letter, and so does this. */
export function mayBeAudience(audience: string, { audiences }: AllowedLogins): boolean {
  return KNOWN_AUDIENCES.includes(audience) || audiences.includes(audience);
}

/** The host as URLs have it, from `host` or `host:port`; `undefined` where it is neither. */
export function loginHostIn(text: string): string | undefined {
  const address = /^[^/?#@\\\s]+$/u.test(text) ? `https://${text}` : '';
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && isHostName(url.hostname) ? url.host : undefined;
}
