import { describe, expect, it } from '@jest/globals';
import { parseSettings, type GivenSettings } from '../../src/core/settings/parse.ts';
import { deploymentSourceOf } from '../../src/wiring/deployment.ts';

async function jobVariables(flags: GivenSettings): Promise<object> {
  const { settings } = parseSettings('deploy', { filename: ['a.yaml'], 'engine-image': 'x', ...flags }, {});
  if (settings === undefined) throw new Error('these flags are refused');
  return (await deploymentSourceOf(settings, {}, '1.0.0')).request.jobVariables;
}

describe('the variables of the pods', () => {
  it('are none where everything is as it is anyway, whoever said so', async () => {
    expect(await jobVariables({})).toEqual({});
    expect(
      await jobVariables({
        'max-deletes': '20',
        'max-delete-share': '30',
        'max-updates': '20',
        'max-update-share': '50',
        'log-level': 'info',
      }),
    ).toEqual({});
  });

  it('say what is another than the default, in an order that does not change', async () => {
    const flags = {
      'max-delete-share': '50%',
      'max-deletes': '3',
      'max-update-share': '100%',
      'max-updates': '50',
      'store-identities': [
        'shop/kv=aaaaaaaa-0000-0000-0000-000000000001',
        'shared=aaaaaaaa-0000-0000-0000-000000000002',
      ],
      'controller-class': 'other',
      'key-vault-api-version': '7.3',
      'token-audience': 'api://other',
      'log-level': 'debug',
    };
    expect(Object.entries(await jobVariables(flags))).toEqual([
      ['KEYFERRY_LOG_LEVEL', 'debug'],
      ['KEYFERRY_TOKEN_AUDIENCE', 'api://other'],
      ['KEYFERRY_KEY_VAULT_API_VERSION', '7.3'],
      ['KEYFERRY_CONTROLLER_CLASS', 'other'],
      [
        'KEYFERRY_STORE_IDENTITIES',
        'shop/kv=aaaaaaaa-0000-0000-0000-000000000001,shared=aaaaaaaa-0000-0000-0000-000000000002',
      ],
      ['KEYFERRY_MAX_DELETES', '3'],
      ['KEYFERRY_MAX_DELETE_SHARE', '50'],
      ['KEYFERRY_MAX_UPDATES', '50'],
      ['KEYFERRY_MAX_UPDATE_SHARE', '100'],
    ]);
  });
});
