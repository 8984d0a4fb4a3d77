/** Addresses of vaults, as they are and as people write them: what is certainly wrong, and what was meant. */
import type { Message } from '../../model/message.ts';
import { isHostName } from '../../model/host-name.ts';
import type { AzureEnvironment } from '../../model/store.ts';

/** Where the vaults of a cloud are. AzureStackCloud says it itself. */
const DOMAINS: Readonly<Record<Exclude<AzureEnvironment, 'AzureStackCloud'>, string>> = {
  PublicCloud: 'vault.azure.net',
  USGovernmentCloud: 'vault.usgovcloudapi.net',
  ChinaCloud: 'vault.azure.cn',
  GermanCloud: 'vault.microsoftazure.de',
};

export interface AddressFinding {
  readonly what: Message;
  readonly fix: Message;
}

const PRIVATE =
  /^([a-z0-9-]+)\.(?:privatelink\.)?vaultcore\.(azure\.net|usgovcloudapi\.net|azure\.cn|microsoftazure\.de)\.?$/iu;
/** Of a resource id, as the portal has it in its address too. */
const OF_A_RESOURCE = /\/providers\/microsoft\.keyvault\/vaults\/([a-z0-9-]+)/iu;
const VAULT = /^[a-z0-9-]{3,24}$/iu;

/** Why a vaultUrl is no address of a vault; `undefined` where it may be one. */
export function addressFinding(written: string, environment: AzureEnvironment): AddressFinding | undefined {
  const domain = environment === 'AzureStackCloud' ? undefined : DOMAINS[environment];
  const resource = OF_A_RESOURCE.exec(written)?.[1];
  if (resource !== undefined) {
    const what = `is ${/^https?:/iu.test(written) ? 'a page of the portal' : 'the resource id of a vault'}, not its address`;
    return { what, fix: writeIt(resource, domain) };
  }
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const [, name, zone] = PRIVATE.exec(url?.hostname ?? '') ?? [];
  if (name !== undefined) {
    const fix = `${writeIt(name, `vault.${zone ?? ''}`)} Where there is a private endpoint, it resolves to the private address by itself.`;
    return { what: 'is the name that DNS has for a private endpoint; no certificate is for it', fix };
  }
  if (/^portal\.azure\.|^ms\.portal\.azure\./iu.test(url?.hostname ?? '')) {
    return { what: 'is a page of the portal, not the address of a vault', fix: writeIt(undefined, domain) };
  }
  const isPlain = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url?.protocol === 'https:' && isPlain && isHostName(url.hostname)) return undefined;
  return { what: 'is not the address of a vault', fix: writeIt(nameIn(written, url), domain) };
}

/** The vault that is meant by a name alone, an address without https, or with a path. */
function nameIn(written: string, url: URL | undefined): string | undefined {
  if (VAULT.test(written)) return written;
  const host = url !== undefined && /^https?:$/u.test(url.protocol) ? url.hostname : (written.split('/')[0] ?? '');
  const [name = '', ...rest] = host.split('.');
  return VAULT.test(name) && Object.values(DOMAINS).includes(rest.join('.').toLowerCase()) ? name : undefined;
}

function writeIt(name: string | undefined, domain: string | undefined): string {
  return `Write it as https://${name ?? 'NAME'}.${domain ?? 'vault.DOMAIN'}, without a path.`;
}

/** Why a host is hardly one of its cloud; names of one's own and emulators on this machine are not judged further. */
export function cloudFinding(written: string, environment: AzureEnvironment): AddressFinding | undefined {
  if (environment === 'AzureStackCloud' || !URL.canParse(written)) return undefined;
  const { hostname } = new URL(written);
  if (!hostname.includes('.') || /^[\d.]+$/u.test(hostname) || belongsTo(hostname, DOMAINS[environment]))
    return undefined;
  const [other] = Object.entries(DOMAINS).find(([, domain]) => belongsTo(hostname, domain)) ?? [];
  if (other !== undefined) {
    return { what: `is of ${other}, and environmentType is ${environment}`, fix: `Set environmentType to ${other}.` };
  }
  return {
    what: `has a host that no vault of ${environment} has`,
    fix: `Write it as https://NAME.${DOMAINS[environment]}; for another cloud set environmentType.`,
  };
}

function belongsTo(host: string, domain: string): boolean {
  return host.toLowerCase().replace(/\.$/u, '').endsWith(`.${domain}`);
}
