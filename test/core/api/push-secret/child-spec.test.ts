import { describe, expect, it } from '@jest/globals';
import { childSpecOf } from '../../../../src/core/api/push-secret/child-spec.ts';

describe('the spec of a child', () => {
  it('has every default of the definition', () => {
    expect(
      childSpecOf({
        secretStoreRefs: [{ name: 'kv' }, { name: 'all', kind: 'ClusterSecretStore' }],
        selector: { secret: { name: 'app' } },
        data: [{ match: { secretKey: 'a', remoteRef: { remoteKey: 'b' } } }],
        dataTo: [{ storeRef: { name: 'kv' } }],
        template: { data: { a: '{{ .b }}' }, templateFrom: [{ configMap: { name: 'c', items: [{ key: 'd' }] } }] },
      }),
    ).toEqual({
      refreshInterval: '1h0m0s',
      updatePolicy: 'Replace',
      deletionPolicy: 'None',
      secretStoreRefs: [
        { name: 'kv', kind: 'SecretStore' },
        { name: 'all', kind: 'ClusterSecretStore' },
      ],
      selector: { secret: { name: 'app' } },
      data: [{ match: { secretKey: 'a', remoteRef: { remoteKey: 'b' } }, conversionStrategy: 'None' }],
      dataTo: [{ storeRef: { name: 'kv', kind: 'SecretStore' }, conversionStrategy: 'None' }],
      template: {
        engineVersion: 'v2',
        mergePolicy: 'Replace',
        data: { a: '{{ .b }}' },
        templateFrom: [{ target: 'Data', configMap: { name: 'c', items: [{ key: 'd', templateAs: 'Values' }] } }],
      },
    });
  });

  it('keeps what is written, without what is null', () => {
    const spec = { refreshInterval: '90m', updatePolicy: 'IfNotExists', deletionPolicy: 'Delete', selector: {} };
    expect(childSpecOf({ ...spec, secretStoreRefs: [], template: null })).toEqual({
      ...spec,
      refreshInterval: '1h30m0s',
      secretStoreRefs: [],
    });
  });
});
