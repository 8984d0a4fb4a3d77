/** A report with pushes of every action and verdict. */
import type { PushChangeReport, PushReport, Report } from '../../../src/core/model/report.ts';
import type { VaultRef } from '../../../src/core/model/vault-object.ts';

export const NO_KEYS = { added: [], updated: [], removed: [] };
const VERSION = '4387e9f3d6e14c459867679a90fd0f79';

export function vaultObject(name: string, type: VaultRef['type'] = 'secret'): VaultRef {
  return { kind: 'vault-object', vaultUrl: 'https://kv-shop.vault.azure.net', vault: 'kv-shop', type, name };
}

export function push(name: string, parts: Partial<PushReport> = {}): PushReport {
  return {
    ref: { kind: 'PushSecret', namespace: 'shop', name },
    targets: [vaultObject(name)],
    from: `Secret shop/${name}`,
    verdict: 'unchanged',
    changes: [],
    problems: [],
    ...parts,
  };
}

export function pushChange(name: string, parts: Partial<PushChangeReport> = {}): PushChangeReport {
  const keys = { ...NO_KEYS, added: ['password'] };
  return { action: 'set', target: vaultObject(name), keys, metadata: [], state: 'planned', ...parts };
}

const REFUSED = {
  severity: 'error',
  code: 'push-foreign-object',
  at: { kind: 'PushSecret', namespace: 'shop', name: 'mail' },
  field: 'spec.data[0].match.remoteRef.remoteKey',
  what: 'names kv-shop secret/mail, which is not ours',
  fix: 'Choose another name.',
  origin: { file: 'push.yaml', line: 12 },
} as const;

export const PUSHES: readonly PushReport[] = [
  push('api', { verdict: 'change', changes: [pushChange('api')], nextDue: new Date('2026-11-26T13:00:00.000Z') }),
  push('cert', {
    targets: [vaultObject('tls', 'cert')],
    from: 'Secrets of shop with app=web',
    verdict: 'change',
    changes: [
      pushChange('tls', {
        action: 'patch',
        target: vaultObject('tls', 'cert'),
        keys: NO_KEYS,
        metadata: ['expiry', 'tag team'],
        version: VERSION,
      }),
    ],
  }),
  push('db', {
    targets: [vaultObject('db'), vaultObject('db-old')],
    verdict: 'change',
    changes: [
      pushChange('db', {
        keys: { ...NO_KEYS, updated: ['password'] },
        metadata: ['tag team', 'content type'],
        version: VERSION,
      }),
      pushChange('db-old', {
        action: 'remove',
        keys: NO_KEYS,
        version: VERSION,
        reason: 'no longer in the manifests',
      }),
    ],
  }),
  push('key', {
    verdict: 'change',
    changes: [pushChange('key', { action: 'recover', keys: { ...NO_KEYS, added: ['a', 'b'] } })],
  }),
  push('mail', { verdict: 'blocked', problems: [REFUSED] }),
  push('still'),
  push('values', { verdict: 'unknown', reason: 'its value was not read' }),
];

export const PUSH_REPORT: Report = {
  command: 'plan',
  level: 'full',
  cluster: 'cluster shop-prd',
  objects: [
    {
      ref: { kind: 'ExternalSecret', namespace: 'shop', name: 'db' },
      target: { kind: 'Secret', namespace: 'shop', name: 'db' },
      verdict: 'change',
      changes: [
        {
          action: 'create',
          target: { kind: 'Secret', namespace: 'shop', name: 'db' },
          keys: { ...NO_KEYS, added: ['password'] },
          metadata: [],
          state: 'planned',
        },
      ],
      problems: [],
      sources: [{ store: 'SecretStore shop/kv', vault: 'kv-shop' }],
      nextDue: new Date('2026-11-26T14:00:00.000Z'),
    },
  ],
  prunes: [],
  pushes: PUSHES,
  problems: [],
  counts: {
    create: 1,
    update: 0,
    delete: 0,
    unchanged: 0,
    notDue: 0,
    skipped: 0,
    blocked: 0,
    failed: 0,
    unknown: 1,
    pushed: 4,
    pushRemoved: 1,
    pushFailed: 1,
    errors: 1,
    warnings: 0,
    manifestErrors: 0,
  },
  fingerprint: 'full-3c2u1d-00000000',
  foreign: 0,
  leftBehind: 0,
  reads: { objects: 5, lists: 0, requests: 9 },
  durationMs: 900,
};
