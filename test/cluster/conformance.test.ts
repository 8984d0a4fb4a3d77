/** The recorded cases once more, in a real API server: what the fake got right by our own rules must hold there. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { startConformanceAzure, type ConformanceAzure } from '../conformance/loopback.ts';
import { loadCases } from '../conformance/load-case.ts';
import { failuresOf, pendingText, sortCases, waysToPlay } from '../conformance/run-all.ts';
import { MANAGED_CLIENT_ID } from '../servers/index.ts';
import { realCases } from './real-case-cluster.ts';
import { trustServiceAccounts } from './service-account-trust.ts';
import { adminUser, controlPlane } from './world.ts';

const cases = loadCases(join(import.meta.dirname, '../conformance/cases'));
const { runnable, malformed, pending } = sortCases(cases);

describe('the operator and Keyferry do the same in a real API server', () => {
  const real = realCases();
  let azure: ConformanceAzure;

  beforeAll(async () => {
    azure = await startConformanceAzure();
    const admin = adminUser();
    await trustServiceAccounts(azure.azure, admin, { clientId: MANAGED_CLIENT_ID, namespace: 'app', name: 'sync' });
    admin.close();
  });
  afterAll(async () => {
    await azure.close();
    real.close();
    process.stdout.write(pendingText(pending));
  });

  it('reads every case file', () => {
    expect({ malformed, collectsGarbage: controlPlane().collectsGarbage }).toEqual({
      malformed: [],
      collectsGarbage: true,
    });
  });

  for (const { case: one } of runnable) {
    for (const { name, open } of waysToPlay(one, real.homes)) {
      it(`${name}: ${one.title}`, async () => {
        const failures = await failuresOf(one, azure, open);
        if (failures.length > 0) throw new Error(failures.join('\n'));
      });
    }
  }
});
