/** What a job may do, and when it runs, where an ExternalSecret has tokens of a registry. */
import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { generatorAccounts, generatorRights, isShortLived } from '../../../src/core/deploy/generator-rights.ts';

const SP = 'servicePrincipal: {secretRef: {clientId: {name: sp, key: id}, clientSecret: {name: sp2, key: secret}}}';
const ACCOUNT = 'workloadIdentity: {serviceAccountRef: {name: puller, namespace: elsewhere}}';

function externalSecret(namespace: string, kind: string): string {
  return `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: pull, namespace: ${namespace}}
spec:
  dataFrom: [{sourceRef: {generatorRef: {kind: ${kind}, name: acr}}}]
`;
}

function generator(auth: string): string {
  return `---
apiVersion: generators.external-secrets.io/v1alpha1
kind: ACRAccessToken
metadata: {name: acr, namespace: shop}
spec: {registry: shop.azurecr.io, auth: {${auth}}}
`;
}

function clusterGenerator(auth: string): string {
  return `---
apiVersion: generators.external-secrets.io/v1alpha1
kind: ClusterGenerator
metadata: {name: acr}
spec: {kind: ACRAccessToken, generator: {acrAccessTokenSpec: {registry: shop.azurecr.io, auth: {${auth}}}}}
`;
}

function deployed(text: string) {
  const { intents, generators, problems } = checkManifests(parseDocuments('all.yaml', text).documents);
  expect(problems).toEqual([]);
  return {
    rights: generatorRights(intents, generators).map(
      ({ namespace, resource, name, verbs }) => `${namespace} ${verbs.join()} ${resource} ${name}`,
    ),
    accounts: generatorAccounts(intents, generators),
    isShortLived: intents.map((intent) => isShortLived(intent, generators)),
  };
}

describe('an ExternalSecret with a registry token', () => {
  it('has the job read the Secrets of a service principal in its own namespace', () => {
    expect(deployed(generator(SP) + externalSecret('shop', 'ACRAccessToken'))).toEqual({
      rights: ['shop get secrets sp', 'shop get secrets sp2'],
      accounts: [],
      isShortLived: [true],
    });
  });

  it('has it ask for tokens of a ServiceAccount of its own namespace, also of a ClusterGenerator', () => {
    expect(deployed(clusterGenerator(ACCOUNT) + externalSecret('pay', 'ClusterGenerator'))).toEqual({
      rights: ['pay get serviceaccounts puller', 'pay create serviceaccounts/token puller'],
      accounts: [{ kind: 'ServiceAccount', namespace: 'pay', name: 'puller' }],
      isShortLived: [true],
    });
  });

  it("has it ask for nothing where the login is the job's own", () => {
    expect(deployed(generator('workloadIdentity: {}') + externalSecret('shop', 'ACRAccessToken')).rights).toEqual([]);
  });

  it('alone makes values that end', () => {
    expect(deployed(generator(SP) + externalSecret('pay', 'ACRAccessToken'))).toEqual({
      rights: [],
      accounts: [],
      isShortLived: [false],
    });
  });
});
