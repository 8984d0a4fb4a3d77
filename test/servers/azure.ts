/** All loopback servers together, wired as one tenant of Azure with its vaults, runners of CI systems and an AKS node. */
import tls from 'node:tls';
import { AzurePipelinesServer } from './azure-pipelines.ts';
import { loopbackAuthority, type CertificateAuthority } from './certificates.ts';
import { ContainerRegistryServer } from './container-registry.ts';
import { ConnectProxy } from './connect-proxy.ts';
import { EntraServer, type Identity, type Tenant } from './entra.ts';
import { GithubOidcServer, type GithubRun } from './github-oidc.ts';
import { GitLabIssuer } from './gitlab-issuer.ts';
import { without } from './json.ts';
import { KeyVaultServer, type VaultCase } from './key-vault.ts';
import { ManagedIdentityServer } from './managed-identity.ts';
import { ResourceManagerServer } from './resource-manager.ts';
import { serviceAccountSubject, ServiceAccountIssuer } from './service-account-issuer.ts';

export const TENANT_ID = '11111111-1111-1111-1111-111111111111';
/** A user-assigned managed identity that trusts the GitHub run, and the ServiceAccount `app/sync`, of the defaults. */
export const MANAGED_CLIENT_ID = 'aaaaaaaa-0000-0000-0000-000000000001';
/** An app registration with a client secret. */
export const APPLICATION_CLIENT_ID = 'aaaaaaaa-0000-0000-0000-000000000002';
export const APPLICATION_SECRET = 'loopback~client~secret';
export const TOKEN_AUDIENCE = 'api://AzureADTokenExchange';

export interface LoopbackAzureOptions {
  /** In the notation of the conformance cases; a name with a dot is a host name. */
  readonly vaults?: Readonly<Record<string, VaultCase>>;
  readonly tenants?: readonly Tenant[];
  /** Instead of the two default identities. */
  readonly identities?: readonly Identity[];
  readonly run?: GithubRun;
  readonly serviceAccounts?: ServiceAccountIssuer;
  readonly expiresInSeconds?: number;
  /** Further hosts for the proxy: host name → port on 127.0.0.1 (an API server, a custom login host). */
  readonly routes?: Readonly<Record<string, number>>;
  /** Login hosts beside those of the known clouds. */
  readonly loginHosts?: readonly string[];
  /** What tokens may be asked for beside what every tenant has. */
  readonly extraResources?: readonly string[];
  readonly now?: () => number;
}

export interface LoopbackAzure {
  readonly authority: CertificateAuthority;
  readonly vaults: KeyVaultServer;
  readonly entra: EntraServer;
  readonly arm: ResourceManagerServer;
  readonly registry: ContainerRegistryServer;
  readonly github: GithubOidcServer;
  readonly pipelines: AzurePipelinesServer;
  readonly gitlab: GitLabIssuer;
  readonly imds: ManagedIdentityServer;
  readonly proxy: ConnectProxy;
  readonly serviceAccounts: ServiceAccountIssuer;
  /** For child processes in a GitHub job. Give them nothing else of `process.env` but PATH. */
  environment(): Record<string, string>;
  /** The same without GitHub's variables: for jobs of other systems. */
  environmentElsewhere(): Record<string, string>;
  /** Makes this process trust and use the servers; returns the function that undoes it. */
  trustInProcess(): () => void;
  close(): Promise<void>;
}

export async function startLoopbackAzure(options: LoopbackAzureOptions = {}): Promise<LoopbackAzure> {
  const authority = loopbackAuthority();
  const clock = options.now === undefined ? {} : { now: options.now };
  const run = options.run ?? { repository: 'contoso/shop', environment: 'prod' };
  const serviceAccounts = options.serviceAccounts ?? new ServiceAccountIssuer(undefined, options.now);
  const github = await GithubOidcServer.start({ run, ...clock });
  const pipelines = await AzurePipelinesServer.start({ tenantId: TENANT_ID, ...clock });
  const gitlab = new GitLabIssuer(options.now);
  const entra = await startEntra(options, { authority, github, pipelines, gitlab, serviceAccounts });
  const vaults = await KeyVaultServer.start({
    authority,
    tokenKeys: () => entra.jwks(),
    tenantId: TENANT_ID,
    ...clock,
  });
  vaults.edit(options.vaults ?? {});
  const tokenKeys = () => entra.jwks();
  const arm = await ResourceManagerServer.start({ authority, tokenKeys, tenantId: TENANT_ID, ...clock });
  const registry = await ContainerRegistryServer.start({ authority, tokenKeys, tenantId: TENANT_ID, ...clock });
  const imds = await ManagedIdentityServer.start({ entra, userAssigned: managedClientIds(options), ...clock });
  const proxy = await ConnectProxy.start((host) => {
    if (vaults.hasHost(host)) return vaults.port;
    if (arm.hosts.includes(host)) return arm.port;
    if (registry.hasHost(host)) return registry.port;
    return entra.hosts.includes(host) ? entra.port : options.routes?.[host];
  });
  const servers = { vaults, entra, arm, registry, github, pipelines, imds, proxy };
  const environmentElsewhere = (): Record<string, string> => environmentOf(servers, authority);
  const environment = (): Record<string, string> => ({ ...environmentElsewhere(), ...github.environment() });
  return {
    ...servers,
    gitlab,
    authority,
    serviceAccounts,
    environment,
    environmentElsewhere,
    trustInProcess: () => trustInProcess(environment(), authority),
    close: () => closeAll(Object.values(servers)),
  };
}

async function closeAll(servers: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(servers.map((server) => server.close()));
}

interface EntraParts {
  readonly authority: CertificateAuthority;
  readonly github: GithubOidcServer;
  readonly pipelines: AzurePipelinesServer;
  readonly gitlab: GitLabIssuer;
  readonly serviceAccounts: ServiceAccountIssuer;
}

async function startEntra(options: LoopbackAzureOptions, parts: EntraParts): Promise<EntraServer> {
  const { authority, github, pipelines, gitlab, serviceAccounts } = parts;
  const entra = await EntraServer.start({
    authority,
    tenants: options.tenants ?? [{ id: TENANT_ID, domain: 'contoso.onmicrosoft.com' }],
    identities: options.identities ?? defaultIdentities(parts),
    extraHosts: options.loginHosts ?? [],
    extraResources: options.extraResources ?? [],
    ...(options.expiresInSeconds === undefined ? {} : { expiresInSeconds: options.expiresInSeconds }),
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  for (const one of [github, pipelines, gitlab, serviceAccounts]) entra.registerIssuer(one.issuer, () => one.jwks());
  return entra;
}

function defaultIdentities({ github, pipelines, gitlab, serviceAccounts }: EntraParts): readonly Identity[] {
  const federatedCredentials = [
    ...[github, pipelines, gitlab].map(({ issuer, subject }) => ({ issuer, subject, audience: TOKEN_AUDIENCE })),
    { issuer: serviceAccounts.issuer, subject: serviceAccountSubject('app', 'sync'), audience: TOKEN_AUDIENCE },
  ];
  const managed = { clientId: MANAGED_CLIENT_ID, objectId: 'bbbbbbbb-0000-0000-0000-000000000001' };
  const application = { clientId: APPLICATION_CLIENT_ID, objectId: 'bbbbbbbb-0000-0000-0000-000000000002' };
  return [
    { ...managed, tenantId: TENANT_ID, kind: 'managed-identity', federatedCredentials },
    { ...application, tenantId: TENANT_ID, kind: 'application', secrets: [APPLICATION_SECRET] },
  ];
}

function managedClientIds(options: LoopbackAzureOptions): readonly string[] {
  if (options.identities === undefined) return [MANAGED_CLIENT_ID];
  return options.identities.filter(({ kind }) => kind === 'managed-identity').map(({ clientId }) => clientId);
}

type Servers = Pick<LoopbackAzure, 'imds' | 'proxy'>;

function environmentOf(servers: Servers, authority: CertificateAuthority): Record<string, string> {
  return {
    HTTPS_PROXY: servers.proxy.url,
    NO_PROXY: '127.0.0.1,localhost',
    NODE_EXTRA_CA_CERTS: authority.file(),
    AZURE_POD_IDENTITY_AUTHORITY_HOST: servers.imds.url,
  };
}

function trustInProcess(environment: Readonly<Record<string, string>>, authority: CertificateAuthority): () => void {
  const trusted = tls.getCACertificates('default');
  // NODE_EXTRA_CA_CERTS is read when a process starts, so this process has to be told in another way.
  const variables = without(environment, 'NODE_EXTRA_CA_CERTS');
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  tls.setDefaultCACertificates([...trusted, authority.pem]);
  Object.assign(process.env, variables);
  return () => {
    tls.setDefaultCACertificates(trusted);
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}
