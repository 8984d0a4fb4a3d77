/**
 * Azure on loopback: Key Vault, Entra, Resource Manager, Container Registry, the token endpoints of CI systems, a node's metadata service.
 *
 *   const azure = await startLoopbackAzure({ vaults: { 'kv-main': { secrets: { db: [{ value: 'x' }] } } } });
 *   const undo = azure.trustInProcess();             // this process: CA, HTTPS_PROXY, ACTIONS_ID_TOKEN_REQUEST_*
 *   … use https://kv-main.vault.azure.net with @azure/keyvault-secrets as in production …
 *   undo();
 *   await azure.close();                             // ends every socket, so that jest can exit
 *
 *   spawn(node, [bundle], { env: { PATH: process.env['PATH'], ...azure.environment() } });   // child process
 *
 * Real host names work because every server listens behind azure.proxy, which refuses all other hosts with 502.
 * Identities: MANAGED_CLIENT_ID trusts the GitHub run (azure.github), the service connection of azure.pipelines, the
 * branch of azure.gitlab and ServiceAccount app/sync (azure.serviceAccounts.token(…)); APPLICATION_CLIENT_ID has
 * APPLICATION_SECRET; azure.entra.setIdentity(…) adds more.
 *
 *   azure.vaults.edit({ 'kv-main': { secrets: { db: [{ value: 'y' }], old: null } } })    content, in case notation
 *   azure.vaults.configure('kv-main', { pageSize: 2, network: 'firewall', rateLimits: { writes: 5 } })
 *   azure.vaults.snapshot('kv-main')                 everything in it, to compare
 *   azure.vaults.requests('kv-main')                 ['GET /secrets/db/', 'PUT /secrets/db', 'GET /secrets?$skiptoken=2']
 *   azure.vaults.log                                 the same with status, client id, api-version
 *   azure.vaults.challenges                          { count, withBody }: requests without token
 *   azure.vaults.deny({ object: 'db', operation: 'get' })                                 403 ForbiddenByRbac
 *   azure.vaults.inject({ match: '^GET /secrets/db', status: 429, code: 'Throttled', times: 2 })
 *   azure.vaults.inject({ match: '^PUT', reset: 'after', times: 1 })                      applied, but no answer
 *   azure.entra.inject({ match: 'token$', status: 429, code: '90055', retryAfter: 5 })    and github, imds alike
 *   azure.arm.setCluster('rg-shop', 'aks-shop', { server, authority, entra: { azureRbac: true } })   its resource id
 *   azure.arm.deny({ action: 'read' })               403 AuthorizationFailed; azure.arm.inject(…) as for vaults
 *   azure.registry.lifetimeSeconds = 900; azure.registry.denied.add(clientId); azure.registry.inject(…); .log
 *   azure.entra.log, azure.entra.tokenRequests, azure.github.requests, azure.imds.requests, azure.proxy.connects
 */
export * from './azure.ts';
export { AzurePipelinesServer, SERVICE_CONNECTION_ID } from './azure-pipelines.ts';
export { CertificateAuthority, loopbackAuthority, toPkcs12, type IssuedCertificate } from './certificates.ts';
export { ContainerRegistryServer, type RegistryRequestRecord } from './container-registry.ts';
export { ConnectProxy, type ConnectRecord, type Route } from './connect-proxy.ts';
export {
  EntraServer,
  LOGIN_HOSTS,
  type FederatedCredential,
  type Identity,
  type Tenant,
  type TokenRequestRecord,
} from './entra.ts';
export type { Fault } from './faults.ts';
export { GITHUB_ISSUER, GithubOidcServer, type GithubRun } from './github-oidc.ts';
export { GithubRestServer, type GithubRestOptions, type StoredComment, type TokenRights } from './github-rest.ts';
export { GITLAB_ISSUER, GitLabIssuer } from './gitlab-issuer.ts';
export { goldenAnswer, goldenFile, shapeDifferences, type GoldenName } from './golden.ts';
export { decodeToken, SigningKey, signToken, type Claims, type Jwks } from './json-web-token.ts';
export type { Denial, NetworkRule } from './key-vault-access.ts';
export { KeyVaultServer, type VaultCase, type VaultOptions, type VaultRequestRecord } from './key-vault.ts';
export { AKS_SERVER_ID, type ManagedClusterCase } from './managed-cluster.ts';
export { ManagedIdentityServer } from './managed-identity.ts';
export { ResourceManagerServer, SUBSCRIPTION_ID } from './resource-manager.ts';
export {
  AKS_ISSUER,
  ServiceAccountIssuer,
  serviceAccountSubject,
  type ServiceAccountToken,
} from './service-account-issuer.ts';
export type { VaultSnapshot, VersionContent } from './vault-content.ts';
