/**
 * Every folder below offline/ is a change of manifests: base.yaml, head.yaml and as needed settings.yaml, and what a
 * reviewer is told of it without any login (plan.txt).
 */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { planOffline, type OfflineSettings } from '../../src/commands/plan-offline.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { offlineAsText, type OfflineReport } from '../../src/core/report/offline.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { FakeClock } from '../fakes/index.ts';
import { expectGolden } from './golden.ts';

const OFFLINE = join(import.meta.dirname, 'offline');
const SETTINGS: OfflineSettings = { only: [], controllerClass: 'keyferry', prune: false };

describe.each(readdirSync(OFFLINE).sort())('%s', (name) => {
  const folder = join(OFFLINE, name);

  it('is told as it was read', async () => {
    expectGolden(join(folder, 'plan.txt'), offlineAsText(await plan(folder, 'base.yaml', 'head.yaml'), PLAIN));
  });

  it('is no change where the base is what it is compared with', async () => {
    const { fingerprint } = await plan(folder, 'base.yaml', 'base.yaml');
    expect(fingerprint).toMatch(/^offline-0c0u0d-/u);
  });
});

function plan(folder: string, base: string, head: string): Promise<OfflineReport> {
  const source = (file: string) => ({
    load: () => Promise.resolve(parseDocuments(file, readFileSync(join(folder, file), 'utf8'))),
  });
  const ports = { base: source(base), head: source(head), clock: new FakeClock('2026-01-01T00:00:00Z') };
  const given = join(folder, 'settings.yaml');
  const settings = existsSync(given) ? (parse(readFileSync(given, 'utf8')) as Partial<OfflineSettings>) : {};
  return planOffline(ports, { ...SETTINGS, ...settings });
}
