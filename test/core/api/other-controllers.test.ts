import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { setOthersAside } from '../../../src/core/api/other-controllers.ts';

const API = 'apiVersion: external-secrets.io/v1';

function sorted(text: string, controllerClass = 'keyferry') {
  const { documents } = parseDocuments('m.yaml', text);
  return setOthersAside(checkManifests(documents), documents, { controllerClass });
}

const aws = (controller: string) =>
  `${API}\nkind: SecretStore\nmetadata: {name: aws, namespace: shop}\nspec: {controller: ${controller}, provider: {aws: {}}}\n`;
const templated = (store: string) =>
  `---\n${API}\nkind: ExternalSecret\nmetadata: {name: web, namespace: shop}\nspec:\n  secretStoreRef: {name: ${store}}\n  target: {manifest: {apiVersion: apps/v1, kind: Deployment}}\n  data: [{secretKey: k, remoteRef: {key: a}}]\n`;

describe('setOthersAside', () => {
  it('says nothing about the stores of another controller, nor about ExternalSecrets that use them', () => {
    const { problems, refused, others } = sorted(aws('eso') + templated('aws'));
    expect({ problems, refused }).toEqual({ problems: [], refused: [] });
    expect(others.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['SecretStore aws', 'ExternalSecret web']);
  });

  it.each(['""', 'keyferry'])('still refuses them when spec.controller is %s', (controller) => {
    const { problems, others } = sorted(aws(controller) + templated('aws'));
    expect(problems.map(({ code }) => code)).toEqual(['provider-unknown', 'target-kind']);
    expect(others).toEqual([]);
  });

  it("still refuses an ExternalSecret of a store that is nobody else's", () => {
    expect(sorted(aws('eso') + templated('kv')).problems.map(({ code }) => code)).toEqual(['target-kind']);
  });

  const pushTo = (kind: string, ...stores: readonly string[]) => {
    const spec = `{secretStoreRefs: [${stores.map((name) => `{name: ${name}}`).join(', ')}], selector: {}}`;
    const head = `---\napiVersion: external-secrets.io/v1alpha1\nkind: ${kind}\nmetadata: {name: web, namespace: shop}\n`;
    return `${head}spec: ${kind === 'PushSecret' ? spec : `{namespaceSelectors: [], pushSecretSpec: ${spec}}`}\n`;
  };

  it('says nothing about a PushSecret all of whose stores are of another controller', () => {
    const { problems, others } = sorted(aws('eso') + pushTo('PushSecret', 'aws'));
    expect(problems).toEqual([]);
    expect(others.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['SecretStore aws', 'PushSecret web']);
  });

  it('says nothing about a ClusterPushSecret all of whose stores are', () => {
    const shared = aws('eso').replace('SecretStore', 'ClusterSecretStore');
    const push = pushTo('ClusterPushSecret', 'aws').replace('{name: aws}', '{name: aws, kind: ClusterSecretStore}');
    expect(sorted(shared + push).problems).toEqual([]);
  });

  it.each([
    ['one store of ours', pushTo('PushSecret', 'aws', 'kv')],
    ['no store', pushTo('PushSecret')],
  ])('still refuses a PushSecret with %s', (_, push) => {
    expect(sorted(aws('eso') + push).problems.map(({ code }) => code)).toEqual(['push-source', 'no-data']);
  });
});
