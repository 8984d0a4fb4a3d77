import { describe, expect, it } from '@jest/globals';
import { fillPlaceholders } from '../../../src/core/api/placeholders.ts';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { manifestChecks } from '../../../src/core/api/manifests.ts';
import { problemText } from '../../../src/core/model/problem.ts';

function filled(text: string, values: Readonly<Record<string, string>>, everywhere = true) {
  const documents = fillPlaceholders(parseDocuments('store.yaml', text).documents, values, everywhere);
  const steps = manifestChecks(documents, {});
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const problems = step.value.problems.filter(({ code }) => code === 'placeholder-without-value').map(problemText);
  return { values: documents.map(({ value }) => value), problems };
}

describe('fillPlaceholders, everywhere', () => {
  it('fills keys and texts anywhere, several in one text', () => {
    const text = 'a: ["${HOST}:${PORT}", 1]\n"${NAME}": {b: "x-${HOST}"}\n';
    expect(filled(text, { HOST: 'db', PORT: '5432', NAME: 'c' })).toEqual({
      values: [{ a: ['db:5432', 1], c: { b: 'x-db' } }],
      problems: [],
    });
  });

  it('cannot be used to change the structure', () => {
    expect(filled('a: ${X}\n', { X: '{b: 1}\nc: 2' }).values).toEqual([{ a: '{b: 1}\nc: 2' }]);
  });

  it('leaves groups of patterns, small letters and escaped placeholders', () => {
    expect(filled('a: ${1} ${name} $${NAME} $NAME\n', {}).values).toEqual([{ a: '${1} ${name} ${NAME} $NAME' }]);
  });

  it('names each placeholder without a value with its field and line', () => {
    expect(filled('a: 1\nb:\n  - c: ${toString} ${VAULT}\n', {}).problems).toEqual([
      'Object (no name): b[0].c holds the placeholder ${VAULT}, which has no value. Give it in --values. (store.yaml:3)',
    ]);
  });
});

const DOCUMENTS = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: "\${APP}-kv", namespace: "\${NS}"}
spec:
  conditions: [{namespaces: ["\${NS}"]}]
  provider:
    azurekv:
      authType: WorkloadIdentity
      vaultUrl: https://\${VAULT}.vault.azure.net
      tenantId: "\${TENANT}"
      serviceAccountRef: {name: "\${APP}"}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: "\${APP}", namespace: "\${NS}", labels: {app: "\${APP}"}, annotations: {note: "\${APP}"}}
spec:
  refreshInterval: "\${TIME}"
  secretStoreRef: {name: "\${APP}-kv"}
  target:
    name: "\${APP}-out"
    template:
      metadata: {labels: {app: "\${APP}"}}
      data: {run: "echo \${APP} $\${APP}"}
      templateFrom: [{configMap: {name: "\${APP}-templates", items: [{key: a}]}, literal: "\${APP}"}]
  data: [{secretKey: p, remoteRef: {key: "\${APP}-db", property: "\${APP}", version: "\${VERSION}"}}]
  dataFrom:
    - find: {path: "\${APP}", name: {regexp: "^\${APP}-"}, tags: {app: "\${APP}"}}
      rewrite: [{regexp: {source: "a", target: "\${APP}"}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "\${APP}-templates", namespace: "\${NS}"}
data: {a: "echo \${APP} $\${APP}"}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: "\${APP}", namespace: "\${NS}", annotations: {azure.workload.identity/client-id: "\${TENANT}", note: "\${APP}"}}
`;

/** The same, written as it is to be. */
const FILLED = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: "shop-kv", namespace: "prod"}
spec:
  conditions: [{namespaces: ["prod"]}]
  provider:
    azurekv:
      authType: WorkloadIdentity
      vaultUrl: https://kv.vault.azure.net
      tenantId: "11111111-1111-1111-1111-111111111111"
      serviceAccountRef: {name: "shop"}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: "shop", namespace: "prod", labels: {app: "shop"}, annotations: {note: "\${APP}"}}
spec:
  refreshInterval: "1h"
  secretStoreRef: {name: "shop-kv"}
  target:
    name: "shop-out"
    template:
      metadata: {labels: {app: "\${APP}"}}
      data: {run: "echo \${APP} $\${APP}"}
      templateFrom: [{configMap: {name: "shop-templates", items: [{key: a}]}, literal: "\${APP}"}]
  data: [{secretKey: p, remoteRef: {key: "shop-db", property: "shop", version: "00000000000000000000000000000000"}}]
  dataFrom:
    - find: {path: "shop", name: {regexp: "^shop-"}, tags: {app: "shop"}}
      rewrite: [{regexp: {source: "a", target: "\${APP}"}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "\${APP}-templates", namespace: "\${NS}"}
data: {a: "echo \${APP} $\${APP}"}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: "shop", namespace: "prod", annotations: {azure.workload.identity/client-id: "11111111-1111-1111-1111-111111111111", note: "\${APP}"}}
`;

const VALUES = {
  APP: 'shop',
  NS: 'prod',
  VAULT: 'kv',
  TENANT: '11111111-1111-1111-1111-111111111111',
  TIME: '1h',
  VERSION: '0'.repeat(32),
};

describe('fillPlaceholders', () => {
  it('fills names, namespaces, addresses, ids, remote keys, patterns and intervals, and no free text', () => {
    const values = parseDocuments('store.yaml', FILLED).documents.map(({ value }) => value);
    expect(filled(DOCUMENTS, VALUES, false)).toEqual({ values, problems: [] });
  });

  it('names the object of each that has no value, and knows no other fault of it', () => {
    expect(filled(DOCUMENTS, { NS: 'prod', APP: 'shop', VAULT: 'kv' }, false).problems).toEqual([
      'SecretStore prod/shop-kv: spec.provider.azurekv.tenantId holds the placeholder ${TENANT}, which has no value. Give it in --values. (store.yaml:11)',
      'ExternalSecret prod/shop: spec.refreshInterval holds the placeholder ${TIME}, which has no value. Give it in --values. (store.yaml:18)',
      'ExternalSecret prod/shop: spec.data[0].remoteRef.version holds the placeholder ${VERSION}, which has no value. Give it in --values. (store.yaml:26)',
    ]);
  });
});
