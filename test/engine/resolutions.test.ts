/** Answers to conflicts that are given on the command line. */
import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { problemText } from '../../src/core/model/problem.ts';
import type { AskedResolution } from '../../src/core/model/push-intent.ts';
import { load } from '../../src/engine/sync/load.ts';

const MANIFESTS = `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: {name: orders, namespace: shop, annotations: {keyferry.dev/resolve: source@1}}
spec:
  secretStoreRefs: [{name: kv}]
  selector: {secret: {name: orders}}
  data: [{match: {secretKey: password, remoteRef: {remoteKey: orders-password}}}]
---
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: {name: pay, namespace: shop}
spec:
  secretStoreRefs: [{name: kv}]
  selector: {secret: {name: pay}}
  data: [{match: {secretKey: password, remoteRef: {remoteKey: pay-password}}}]
`;

async function loaded(resolve: readonly AskedResolution[], only: readonly string[] = []) {
  const source = { load: () => Promise.resolve(parseDocuments('push.yaml', MANIFESTS)) };
  return await load(source, { only, controllerClass: 'keyferry', resolve });
}

const answersOf = ({ pushes }: Awaited<ReturnType<typeof loaded>>) =>
  pushes.map(
    ({ ref, extras }) => `${ref.name}: ${extras.resolve.map((one) => `${one.side}@${one.version}`).join(' ')}`,
  );

describe('--resolve', () => {
  it('answers for the PushSecret that it names, beside what its annotation says', async () => {
    const found = await loaded([{ push: 'shop/orders', side: 'vault', version: '2' }]);
    expect(answersOf(found)).toEqual(['orders: source@1 vault@2', 'pay: ']);
    expect(found.problems).toEqual([]);
  });

  it('tells of a PushSecret that the manifests do not hold', async () => {
    const { problems } = await loaded([{ push: 'shop/order', side: 'vault', version: '2' }]);
    expect(problems.map(problemText)).toEqual([
      '--resolve shop/order matches no PushSecret of the manifests. Did you mean shop/orders?',
    ]);
  });

  it('says nothing of a PushSecret that this run leaves out', async () => {
    const found = await loaded([{ push: 'shop/orders', side: 'vault', version: '2' }], ['shop/pay']);
    expect(answersOf(found)).toEqual(['pay: ']);
    expect(found.problems).toEqual([]);
  });
});
