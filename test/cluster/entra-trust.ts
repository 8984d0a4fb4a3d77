/**
 * Makes the API server believe the loopback Entra, as one of AKS with Entra integration does: tokens for the server
 * application of AKS, and the user name is the object id of the identity.
 *
 * The API server checks signatures by itself, with keys that it fetches from here.
 */
import { rename, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { AKS_SERVER_ID, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { listen } from '../servers/listener.ts';
import { authenticationConfiguration, type ControlPlaneAddress } from './control-plane.ts';
import { ClusterUser, eventually } from './cluster-user.ts';

const ISSUER = `https://sts.windows.net/${TENANT_ID}/`;
const HOST = '127.0.0.1';

export interface EntraTrust {
  /** The file is as before; what was accepted so far may be accepted a little longer. */
  readonly close: () => Promise<void>;
}

/** Resolves once a token of the identity is accepted. */
export async function trustEntra(
  azure: LoopbackAzure,
  address: ControlPlaneAddress,
  clientId: string,
): Promise<EntraTrust> {
  const keys = await publishKeys(azure);
  await replace(address.authenticationFile, authenticationConfiguration([authenticator(azure, keys.url)]));
  const identity = azure.entra.identity(clientId)!;
  const user = new ClusterUser(address, azure.entra.issueToken({ identity, resource: AKS_SERVER_ID }));
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  await eventually(
    'the API server trusts Entra',
    async () => ((await user.call({ method: 'POST', path, body })).status === 201 ? true : undefined),
    90,
  );
  user.close();
  return {
    close: async () => {
      await replace(address.authenticationFile, authenticationConfiguration([]));
      await keys.close();
    },
  };
}

function authenticator(azure: LoopbackAzure, discoveryURL: string): object {
  return {
    issuer: { url: ISSUER, discoveryURL, certificateAuthority: azure.authority.pem, audiences: [AKS_SERVER_ID] },
    claimMappings: { username: { expression: 'claims.oid' } },
  };
}

async function publishKeys(azure: LoopbackAzure): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { certificate, privateKey } = azure.authority.issue(HOST);
  const documents = (port: number): Readonly<Record<string, unknown>> => ({
    '/openid-configuration': { issuer: ISSUER, jwks_uri: `https://${HOST}:${port}/keys` },
    '/keys': azure.entra.jwks(),
  });
  const server = https.createServer({ cert: certificate, key: privateKey }, (request, response) => {
    const document = documents(listener.port)[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document));
  });
  const listener = await listen(server);
  return { url: `https://${HOST}:${listener.port}/openid-configuration`, close: () => listener.close() };
}

/** At once, as the API server may read at any time. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
