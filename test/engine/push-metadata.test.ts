/** A plan of metadata: what can be said of pushes without any value. */
import { describe, expect, it } from '@jest/globals';
import { plan } from '../../src/commands/plan.ts';
import { vaultRefText } from '../../src/core/model/vault-object.ts';
import { metadataLevel } from '../../src/engine/sync/metadata-level.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { withoutValues } from '../../src/engine/sync/without-values.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { entry, pushSecret, PushWorld } from './push-world.ts';

const TEAM = {
  apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
  kind: 'PushSecretMetadata',
  spec: { tags: { team: 'shop' } },
};

async function planned(world: PushWorld, ...manifests: readonly KubernetesObject[]) {
  const ports = world.ports(manifests);
  const report = await plan({ ...ports, cluster: withoutValues(ports.cluster) }, DEFAULT_SETTINGS, {
    level: metadataLevel(),
  });
  return report.pushes.map(({ verdict, reason, changes, problems }) => ({
    verdict,
    ...(reason === undefined ? {} : { reason }),
    changes: changes.map(({ action, target, metadata }) => [action, vaultRefText(target), ...metadata].join(' ')),
    problems: problems.map(({ code }) => code),
  }));
}

describe('a plan of metadata', () => {
  it('says what is written for the first time, and reads no source Secret', async () => {
    const world = new PushWorld({ db: { db: 'correct-horse' } });
    expect(await planned(world, pushSecret('db'))).toEqual([
      { verdict: 'change', changes: ['set kv-shop secret/db'], problems: [] },
    ]);
    expect(world.cluster.operations).toEqual([]);
    expect(world.asked().filter((line) => !line.startsWith('get '))).toEqual([]);
  });

  it('does not know whether a value is another, and says so', async () => {
    const world = new PushWorld({ db: { db: 'correct-horse' } });
    await world.sync([pushSecret('db')]);
    expect(await planned(world, pushSecret('db'))).toEqual([
      { verdict: 'unknown', reason: 'values are not read', changes: [], problems: [] },
    ]);
  });

  it('knows tags, and what nothing names any more', async () => {
    const world = new PushWorld({ db: { db: 'correct-horse', old: 'x' } });
    const source = { selector: { secret: { name: 'db' } } };
    await world.sync([pushSecret('db', { ...source, data: [entry('db'), entry('old')] })]);
    const tagged = { ...entry('db'), metadata: TEAM };
    expect(await planned(world, pushSecret('db', { ...source, data: [tagged] }))).toEqual([
      {
        verdict: 'change',
        changes: ['patch kv-shop secret/db tag team', 'remove kv-shop secret/old'],
        problems: [],
      },
    ]);
  });

  it('tells whose an object is', async () => {
    const world = new PushWorld({ db: { db: 'correct-horse' } });
    world.vault.content.edit({ secrets: { db: [{ value: 'theirs' }] } });
    expect(await planned(world, pushSecret('db'))).toEqual([
      { verdict: 'failed', changes: [], problems: ['push-not-ours'] },
    ]);
  });
});
