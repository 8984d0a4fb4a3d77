import { describe, expect, it } from '@jest/globals';
import { plainIntents, type PlainInputs } from '../../../src/core/deploy/plain-inputs.ts';

const INPUTS: PlainInputs = {
  vaultUrl: 'https://kv-shop.vault.azure.net',
  namespace: 'shop',
  target: 'app-secrets',
  refreshInterval: '1h',
  tenantId: '11111111-1111-1111-1111-111111111111',
};
const TENANT_ANNOTATION = { 'azure.workload.identity/tenant-id': INPUTS.tenantId };

function azureOf(inputs: PlainInputs): object {
  const [store] = plainIntents(inputs).documents;
  return (store?.value as { readonly spec: { readonly provider: { readonly azurekv: object } } }).spec.provider.azurekv;
}

describe('plainIntents', () => {
  it('names the tenant in the store where the job has the identity', () => {
    expect(azureOf(INPUTS)).toMatchObject({ tenantId: INPUTS.tenantId });
    expect(plainIntents(INPUTS).extras).toEqual([]);
  });

  it('names the tenant at the ServiceAccount where there is one, and not in the store too', () => {
    const inputs = { ...INPUTS, serviceAccount: 'workload-identity-sa' };
    expect(azureOf(inputs)).not.toHaveProperty('tenantId');
    expect(plainIntents(inputs).extras.map(({ metadata }) => metadata.annotations)).toEqual([TENANT_ANNOTATION]);
  });
});
