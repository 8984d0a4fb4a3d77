/** Entra trusts the cluster's ServiceAccounts: it checks their tokens against the API server's own key set. */
import { serviceAccountSubject, TENANT_ID, TOKEN_AUDIENCE, type Jwks, type LoopbackAzure } from '../servers/index.ts';
import type { ClusterUser } from './cluster-user.ts';

export interface TrustedServiceAccount {
  /** Of a managed identity of the loopback tenant; it trusts the loopback runs of GitHub and other systems as well. */
  readonly clientId: string;
  readonly namespace: string;
  readonly name: string;
}

export async function trustServiceAccounts(
  { entra, github, pipelines, gitlab }: Pick<LoopbackAzure, 'entra' | 'github' | 'pipelines' | 'gitlab'>,
  admin: ClusterUser,
  ...trusted: readonly TrustedServiceAccount[]
): Promise<void> {
  const { issuer, jwks } = await publishedBy(admin);
  entra.registerIssuer(issuer, () => jwks);
  for (const [index, { clientId, namespace, name }] of trusted.entries()) {
    const subject = serviceAccountSubject(namespace, name);
    entra.setIdentity({
      clientId,
      objectId: `bbbbbbbb-0000-0000-0000-${String(100 + index).padStart(12, '0')}`,
      tenantId: TENANT_ID,
      kind: 'managed-identity',
      federatedCredentials: [
        ...[github, pipelines, gitlab].map((run) => ({
          issuer: run.issuer,
          subject: run.subject,
          audience: TOKEN_AUDIENCE,
        })),
        { issuer, subject, audience: TOKEN_AUDIENCE },
      ],
    });
  }
}

/** As anybody can read it who is to check the tokens of the cluster's ServiceAccounts. */
export async function publishedBy(admin: ClusterUser): Promise<{ readonly issuer: string; readonly jwks: Jwks }> {
  const discovered = await admin.call({ method: 'GET', path: '/.well-known/openid-configuration' });
  const { issuer } = discovered.body as { readonly issuer: string };
  const { body } = await admin.call({ method: 'GET', path: '/openid/v1/jwks' });
  return { issuer, jwks: body as Jwks };
}
