import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../../src/core/api/documents.ts';
import { checkManifests } from '../../../../src/core/api/manifests.ts';
import { problemText } from '../../../../src/core/model/problem.ts';

/** What is told of an ExternalSecret with this target. */
function check(target: string): readonly string[] {
  const text = [
    'apiVersion: external-secrets.io/v1',
    'kind: ExternalSecret',
    'metadata: {name: db, namespace: shop}',
    'spec:',
    '  secretStoreRef: {name: kv}',
    `  target: ${target}`,
    '  data: [{secretKey: k, remoteRef: {key: a}}]',
  ].join('\n');
  return checkManifests(parseDocuments('m.yaml', text).documents).problems.map(problemText);
}

const AT = 'ExternalSecret shop/db: spec.target';

describe('target.manifest', () => {
  it('may be a ConfigMap', () => {
    expect(check('{manifest: {apiVersion: v1, kind: ConfigMap}}')).toEqual([]);
  });

  it.each([
    [
      '{manifest: {apiVersion: v1, kind: Secret}}',
      `${AT}.manifest is a Secret of v1, which is what an ExternalSecret without it writes. Leave target.manifest out. The operator puts values into such a Secret as if they were base64. (m.yaml:6)`,
    ],
    [
      '{manifest: {apiVersion: apps/v1, kind: Deployment}}',
      `${AT}.manifest is Deployment of apps/v1; values of a vault are written into Secrets and ConfigMaps of v1 only, since other kinds show them wherever they are looked at. Write a Secret, and have that object refer to it; or leave it to the operator (spec.controller keeps the two apart). (m.yaml:6)`,
    ],
    [
      '{manifest: {apiVersion: v1, kind: Configmap}}',
      `${AT}.manifest is Configmap of v1; values of a vault are written into Secrets and ConfigMaps of v1 only, since other kinds show them wherever they are looked at. Did you mean apiVersion: v1, kind: ConfigMap? (m.yaml:6)`,
    ],
    [
      '{manifest: {apiVersion: v1, kind: ConfigMap}, template: {type: Opaque}}',
      `${AT}.template.type has no effect on a ConfigMap, which has no type and holds what the template makes, nothing else. Remove it; name what is to be taken over in template.data. (m.yaml:6)`,
    ],
    [
      '{manifest: {apiVersion: v1, kind: ConfigMap}, template: {templateFrom: [{target: spec.x, literal: "a: b"}]}}',
      `${AT}.template.templateFrom[0].target is "spec.x", where no ConfigMap has texts by name. Write Data, Labels or Annotations. (m.yaml:6)`,
    ],
  ])('%s is told', (target, text) => {
    expect(check(target)).toEqual([text]);
  });
});
