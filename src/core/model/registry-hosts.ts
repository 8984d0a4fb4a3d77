/**
 * Which container registries a token of Entra may be sent to: never one that only a manifest names.
 *
 * What a registry gets is a token for Resource Manager, with which whoever runs it could be this identity there. The
 * registries of a known cloud are run by that cloud; any other has to be named by the run itself.
 */
import { loginHostIn } from './login-hosts.ts';
import type { AzureEnvironment } from './store.ts';

const SUFFIXES: Readonly<Record<Exclude<AzureEnvironment, 'AzureStackCloud'>, string>> = {
  PublicCloud: '.azurecr.io',
  USGovernmentCloud: '.azurecr.us',
  ChinaCloud: '.azurecr.cn',
  GermanCloud: '.azurecr.de',
};

export type RegistryHost =
  | { readonly kind: 'allowed'; readonly host: string }
  /** Not `host` or `host:port`. */
  | { readonly kind: 'no-host' }
  /** One of Azure, but of another cloud than was said. */
  | { readonly kind: 'other-cloud'; readonly host: string; readonly cloud: AzureEnvironment }
  | { readonly kind: 'foreign'; readonly host: string };

/** The whole host counts, with its port; `allowed` are those of the run, as `loginHostIn` gives them. */
export function registryHostIn(
  text: string,
  environment: AzureEnvironment,
  allowed: readonly string[] = [],
): RegistryHost {
  const host = loginHostIn(text);
  if (host === undefined) return { kind: 'no-host' };
  if (allowed.includes(host)) return { kind: 'allowed', host };
  const cloud = cloudOfRegistry(host);
  if (cloud === undefined) return { kind: 'foreign', host };
  return cloud === environment ? { kind: 'allowed', host } : { kind: 'other-cloud', host, cloud };
}

function cloudOfRegistry(host: string): AzureEnvironment | undefined {
  const found = Object.entries(SUFFIXES).find(([, suffix]) => host.endsWith(suffix));
  return found?.[0] as AzureEnvironment | undefined;
}
