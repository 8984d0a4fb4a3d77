/** Where a registry token may go is said by the run, and told with file and line before anything is asked. */
import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { refuseForeignRegistries } from '../../../src/core/api/generator/foreign-registries.ts';
import { manifestChecks } from '../../../src/core/api/manifests.ts';
import { KNOWN_CLOUDS_ONLY, type AllowedLogins } from '../../../src/core/model/login-hosts.ts';
import { refText } from '../../../src/core/model/object-ref.ts';
import { problemText } from '../../../src/core/model/problem.ts';

const ACCOUNT = 'workloadIdentity: {serviceAccountRef: {name: sync, audiences: [api://elsewhere]}}';

function manifest(registry: string, auth = 'managedIdentity: {}', environmentType = 'PublicCloud'): string {
  return `apiVersion: generators.external-secrets.io/v1alpha1
kind: ACRAccessToken
metadata: {name: acr, namespace: shop}
spec:
  registry: ${registry}
  environmentType: ${environmentType}
  auth:
    ${auth}
`;
}

function judge(text: string, logins: AllowedLogins = KNOWN_CLOUDS_ONLY) {
  const steps = manifestChecks(parseDocuments('acr.yaml', text).documents, { placeholders: 'kept' });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const checked = step.value;
  expect(checked.problems).toEqual([]);
  const { generators, refused, problems } = refuseForeignRegistries(checked, logins);
  return { texts: problems.map(problemText), kept: generators.length, refused: refused.map(refText) };
}

const FOREIGN = (path: string, line: number) =>
  `${path} is registry.evil.example.com, which is no registry of a known cloud and not allowed by this run. Whoever runs that host could be this identity in Azure. If it is a registry of yours, allow it with --registry-hosts registry.evil.example.com. (acr.yaml:${line})`;

describe('a registry', () => {
  it.each([
    ['shop.azurecr.io', 'PublicCloud'],
    ['shop.azurecr.cn', 'ChinaCloud'],
    ['${REGISTRY}', 'PublicCloud'],
  ])('may be %s in %s', (registry, cloud) => {
    expect(judge(manifest(registry, undefined, cloud))).toEqual({ texts: [], kept: 1, refused: [] });
  });

  it.each([
    ['registry.evil.example.com', FOREIGN('ACRAccessToken shop/acr: spec.registry', 5)],
    [
      'shop.azurecr.io.evil.example.com',
      FOREIGN('ACRAccessToken shop/acr: spec.registry', 5).replaceAll('registry.evil', 'shop.azurecr.io.evil'),
    ],
    [
      'https://shop.azurecr.io',
      'ACRAccessToken shop/acr: spec.registry is no host name. Write the login server alone, as shop.azurecr.io: no scheme, no path. (acr.yaml:5)',
    ],
    [
      'shop.azurecr.us',
      'ACRAccessToken shop/acr: spec.registry is shop.azurecr.us, which belongs to USGovernmentCloud, and environmentType is PublicCloud. Set environmentType to USGovernmentCloud, or correct the registry. (acr.yaml:5)',
    ],
  ])('that is %s is refused', (registry, expected) => {
    expect(judge(manifest(registry))).toEqual({ texts: [expected], kept: 0, refused: ['ACRAccessToken shop/acr'] });
  });

  it('that the run names is allowed', () => {
    const logins = { ...KNOWN_CLOUDS_ONLY, registries: ['registry.evil.example.com'] };
    expect(judge(manifest('registry.evil.example.com'), logins).texts).toEqual([]);
  });

  it('of a ClusterGenerator is found below its own spec', () => {
    const text = `apiVersion: generators.external-secrets.io/v1alpha1
kind: ClusterGenerator
metadata: {name: acr}
spec:
  kind: ACRAccessToken
  generator:
    acrAccessTokenSpec:
      registry: registry.evil.example.com
      auth: {managedIdentity: {}}
`;
    expect(judge(text).texts).toEqual([FOREIGN('ClusterGenerator acr: spec.generator.acrAccessTokenSpec.registry', 8)]);
  });

  it('gets no token that is made out to somebody else', () => {
    expect(judge(manifest('shop.azurecr.io', ACCOUNT)).texts).toEqual([
      'ACRAccessToken shop/acr: spec.auth.workloadIdentity.serviceAccountRef.audiences[0] is an audience that this run does not allow. A token with it can be used elsewhere than at Entra. Leave it out: api://AzureADTokenExchange is added anyway; or allow it with --token-audiences. (acr.yaml:8)',
    ]);
    const logins = { ...KNOWN_CLOUDS_ONLY, audiences: ['api://elsewhere'] };
    expect(judge(manifest('shop.azurecr.io', ACCOUNT), logins).texts).toEqual([]);
  });
});
