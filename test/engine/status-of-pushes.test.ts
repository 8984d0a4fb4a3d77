/** `status` of an installation that writes back: what is deployed, beside what its last pass told. */
import { describe, expect, it } from '@jest/globals';
import { passReportConfig, readPassReport } from '../../src/core/deploy/pass-report-config.ts';
import { INSTALLATION, InstallingWorld } from './installing-world.ts';
import { externalSecret, STORE, yaml } from './shop.ts';

function pushSecret(name: string) {
  return {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name, namespace: 'shop' },
    spec: {
      secretStoreRefs: [{ kind: 'SecretStore', name: 'kv' }],
      selector: { secret: { name } },
      data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: name } } }],
    },
  };
}

describe('the status of an installation with PushSecrets', () => {
  it('has a row for each, with the vault objects and the verdict of the last pass', async () => {
    const world = new InstallingWorld();
    await world.deploy(yaml(STORE, externalSecret('db'), pushSecret('seen'), pushSecret('unseen')));
    const stored = await world.find('ConfigMap', 'keyferry-report');
    const pass = stored === undefined ? undefined : readPassReport(stored);
    if (pass === undefined) throw new Error('deploy waits for a pass');
    const seen = { object: 'PushSecret shop/seen', from: 'Secret shop/seen', targets: ['kv-shop secret/seen'] };
    const nextDue = '2026-01-01T01:00:00Z';
    await world.objects.apply(
      passReportConfig({ ...pass, pushes: [{ ...seen, verdict: 'failed', nextDue }] }, INSTALLATION),
    );
    expect((await world.status()).rows.slice(-2)).toEqual([
      { ...seen, verdict: 'failed', nextDue },
      { object: 'PushSecret shop/unseen', from: 'Secret shop/unseen' },
    ]);
  });
});
