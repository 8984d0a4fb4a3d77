/**
 * Addresses of the DNS zone behind a private endpoint. A vault never answers by them: its certificate is for its own
 * name, which the zone makes resolve to the private address.
 */
const ZONE = /^([a-z0-9-]+)\.(?:privatelink\.)?(vaultcore|vault|managedhsm)\.([a-z0-9.-]+)$/i;

/** `kv-shop.vault.azure.net` for `kv-shop.privatelink.vaultcore.azure.net`; undefined for every other host. */
export function vaultOfPrivateLink(host: string): string | undefined {
  if (!/\.(?:privatelink|vaultcore)\./i.test(host)) return undefined;
  const [, name = '', zone = '', domain = ''] = ZONE.exec(host) ?? [];
  return name === '' ? undefined : `${name}.${zone.toLowerCase() === 'vaultcore' ? 'vault' : zone}.${domain}`;
}
