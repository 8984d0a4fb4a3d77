/** From what a pass in the cluster found to what `deploy` and `status` show of it, by way of the ConfigMap between them. */
import { describe, expect, it } from '@jest/globals';
import { passReport, passReportConfig, readPassReport } from '../../../src/core/deploy/pass-report-config.ts';
import type { PassReport } from '../../../src/core/model/pass-report.ts';
import type { ChangeReport, ObjectReport, Report } from '../../../src/core/model/report.ts';
import { deploymentAsMarkdown, deploymentAsText, type DeploymentReport } from '../../../src/core/report/deployment.ts';
import { PLAIN } from '../../../src/core/report/text-table.ts';
import { statusAsMarkdown, statusAsText } from '../../../src/core/report/status.ts';

const INSTALLATION = { namespace: 'shop', name: 'keyferry' };

function object(name: string, parts: Partial<ObjectReport> = {}): ObjectReport {
  return {
    ref: { kind: 'ExternalSecret', namespace: 'shop', name },
    target: { kind: 'Secret', namespace: 'shop', name },
    verdict: 'unchanged',
    changes: [],
    problems: [],
    sources: [{ store: 'SecretStore shop/kv', vault: 'kv-shop' }],
    ...parts,
  };
}

function change(name: string, parts: Partial<ChangeReport> = {}): ChangeReport {
  const keys = { added: ['password', 'user'], updated: [], removed: [] };
  const target = { kind: 'Secret', namespace: 'shop', name };
  return { action: 'create', target, keys, metadata: [], state: 'done', ...parts };
}

const REFUSED = {
  severity: 'error',
  code: 'remote-object-absent',
  at: { kind: 'ExternalSecret', namespace: 'shop', name: 'mail' },
  what: 'secret "mail_key" does not exist in vault kv-shop',
  fix: 'Check the name.',
} as const;

const NO_KEYS = { added: [], updated: [], removed: [] };
const REPORT: Report = {
  command: 'sync',
  level: 'full',
  cluster: 'cluster aks-shop',
  objects: [
    object('api'),
    object('db', { verdict: 'change', changes: [change('db')], nextDue: new Date('2026-11-26T13:00:00.000Z') }),
    object('mail', { verdict: 'failed', problems: [REFUSED] }),
  ],
  prunes: [change('old', { action: 'delete', keys: NO_KEYS, reason: 'its ExternalSecret is gone' })],
  pushes: [],
  problems: [],
  counts: {
    create: 1,
    update: 0,
    delete: 1,
    unchanged: 1,
    notDue: 0,
    skipped: 0,
    blocked: 0,
    failed: 1,
    errors: 1,
    warnings: 0,
    manifestErrors: 0,
  },
  fingerprint: 'full-1c0u1d-00',
  foreign: 0,
  leftBehind: 0,
  reads: { objects: 3, lists: 0, requests: 4 },
  durationMs: 900,
};
const FACTS = {
  version: '1.2.3',
  intentsDigest: 'abc',
  startedAt: '2026-11-26T12:00:00.000Z',
  finishedAt: '2026-11-26T12:00:01.234Z',
  exitCode: 1,
  holder: 'keyferry-x1-abcde',
};

/** As those outside read it. */
function passOf(report: Report): PassReport {
  const read = readPassReport(passReportConfig(passReport(FACTS, report), INSTALLATION));
  if (read === undefined) throw new Error('it cannot be read');
  return read;
}

function deployment(pass: PassReport): DeploymentReport {
  return {
    command: 'deploy',
    installation: 'shop/keyferry',
    cluster: 'cluster AKS_Shop',
    objects: [
      { object: 'CronJob shop/keyferry', outcome: 'created' },
      { object: 'Role shop/keyferry', outcome: 'unchanged' },
    ],
    problems: [],
    pass,
  };
}

const PICTURE = `<details open><summary>Where the Secrets come from</summary>

\`\`\`mermaid
flowchart LR
  classDef create stroke:#2da44e,stroke-width:2px
  classDef trouble stroke:#cf222e,stroke-width:2px
  n1["ExternalSecret shop/db"]
  n2(["SecretStore shop/kv"])
  n3[("vault kv-shop")]
  n4["Secret shop/db"]:::create
  n3 --> n2
  n2 --> n1
  n1 --> n4
  n5["ExternalSecret shop/mail"]
  n6["Secret shop/mail"]:::trouble
  n2 --> n5
  n5 --> n6
  n7["ExternalSecret shop/api"]
  n8["Secret shop/api"]
  n2 --> n7
  n7 --> n8
\`\`\`

</details>`;
const ERROR =
  '- **error** ExternalSecret shop/mail: secret "mail\\_key" does not exist in vault kv-shop. Check the name.';
const COUNTS = '1 created, 0 updated, 1 deleted, 1 failed, 1 unchanged.';
const PASS = 'Pass of 2026-11-26T12:00:01.234Z in pod keyferry-x1-abcde: 4 vault requests, 1.2 s.';

describe('the summary of deploy', () => {
  it('shows what the pass did to Secrets, what went wrong, where they come from, and what it cost', () => {
    expect(deploymentAsMarkdown(deployment(passOf(REPORT))))
      .toBe(`### Keyferry: deployed shop/keyferry in cluster AKS\\_Shop

${COUNTS}

${ERROR}

| | Secret | Keys | Because of |
| --- | --- | --- | --- |
| create | Secret shop/db | password, user | ExternalSecret shop/db |
| delete | Secret shop/old | its ExternalSecret is gone | |

The installation itself:

| | Object |
| --- | --- |
| created | CronJob shop/keyferry |

${PICTURE}

${PASS}
`);
  });

  it('has room in a step summary for a pass with a thousand errors and ten thousand Secrets', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => {
      const name = `secret-${index}`;
      return object(name, { verdict: 'change', changes: [change(name)], problems: index < 1_000 ? [REFUSED] : [] });
    });
    const pass = passOf({ ...REPORT, objects: many });
    expect(Buffer.byteLength(JSON.stringify(pass))).toBeLessThan(1024 * 1024);
    const text = deploymentAsMarkdown(deployment(pass));
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    const told = text.match(/^\| create \|/gmu)?.length ?? 0;
    expect(told).toBeGreaterThan(1_000);
    expect(text).toMatch(new RegExp(`4 vault requests, 1\\.2 s\\. And ${800 + 10_000 - told} more, see the log`, 'u'));
  });

  it('says what it knows of a pass of an earlier version', () => {
    const { version, intentsDigest, startedAt, finishedAt, exitCode, holder, counts, problems, ...rest } =
      passOf(REPORT);
    const objects = rest.objects.map(({ object, target, verdict }) => ({ object, target, verdict }));
    const facts = { version, intentsDigest, startedAt, finishedAt, exitCode, holder };
    const earlier = { ...facts, ...(counts === undefined ? {} : { counts }), problems, left: 0, objects };
    const text = deploymentAsMarkdown({ ...deployment(earlier), objects: [] });
    expect(text).toBe(`### Keyferry: not deployed: shop/keyferry in cluster AKS\\_Shop

${COUNTS}

${ERROR}

${PASS.replace('4 vault requests, ', '')}
`);
  });
});

describe('the log of deploy', () => {
  it('tells what entries find or name and do not take, and counts the rest', () => {
    const field = 'spec.dataFrom[0].find';
    const leftOut = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ field, name: `off-${index}`, why: 'disabled' as const }));
    const objects = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => object(name, { leftOut: leftOut(index + 1) }));
    const text = deploymentAsText(deployment(passOf({ ...REPORT, objects })), PLAIN);
    expect(text.split('\n').filter((line) => line.includes('leave'))).toEqual([
      '  ExternalSecret shop/a: spec.dataFrom[0].find leaves out off-0 (disabled)',
      '  ExternalSecret shop/b: spec.dataFrom[0].find leaves out off-0 (disabled), off-1 (disabled)',
      '  ExternalSecret shop/c: spec.dataFrom[0].find leaves out off-0 (disabled), off-1 (disabled), off-2 (disabled)',
      '  ExternalSecret shop/d: spec.dataFrom[0].find leaves out off-0 (disabled), off-1 (disabled), off-2 (disabled), off-3 (disabled)',
      '  ExternalSecret shop/e: spec.dataFrom[0].find leaves out off-0 (disabled), off-1 (disabled), off-2 (disabled), off-3 (disabled), off-4 (disabled)',
      '  … and 1 more entry that leaves something out',
    ]);
  });

  it('ends with the pass and what it cost', () => {
    expect(deploymentAsText(deployment(passOf(REPORT)), PLAIN)).toBe(`Deployed shop/keyferry in cluster AKS_Shop

  + created  CronJob shop/keyferry

1 created, 0 changed, 0 deleted, 1 unchanged.

${PASS.replace(': ', `: ${COUNTS} `)}
  error    ExternalSecret shop/mail: secret "mail_key" does not exist in vault kv-shop. Check the name.
`);
  });
});

describe('the summary of status', () => {
  it('shows the Secrets that are there, and where they come from', () => {
    const text = statusAsMarkdown({
      installation: 'shop/keyferry',
      cluster: 'cluster AKS_Shop',
      version: '1.2.3',
      schedule: '7,22,37,52 * * * *',
      suspended: false,
      rows: [
        { object: 'SecretStore shop/kv', detail: 'kv-shop' },
        { object: 'ExternalSecret shop/db', secret: 'Secret shop/db', keys: ['a', 'b'], verdict: 'change' },
      ],
      problems: [],
      pass: passOf(REPORT),
    });
    expect(text).toBe(`### Keyferry: installation shop/keyferry in cluster AKS\\_Shop

Schedule 7,22,37,52 \\* \\* \\* \\*, not started by it yet

${ERROR}

| Object | Secret | Last pass | Next |
| --- | --- | --- | --- |
| SecretStore shop/kv | kv-shop | | |
| ExternalSecret shop/db | Secret shop/db (2 keys) | created | |

${PICTURE}

${PASS}
`);
  });
});

describe('the text of status', () => {
  it('says of each ExternalSecret what the last pass made of it, in columns that fit', () => {
    const row = (name: string, verdict: string) => ({
      object: `ExternalSecret shop/${name}`,
      secret: `Secret shop/${name}`,
      keys: ['password', 'user'],
      verdict,
      nextDue: '2026-11-26T13:00:00Z',
    });
    const text = statusAsText(
      {
        installation: 'shop/keyferry',
        cluster: 'cluster AKS_Shop',
        version: '1.2.3',
        schedule: '7 * * * *',
        suspended: false,
        rows: [
          { object: 'SecretStore shop/kv', detail: 'https://kv-shop.vault.azure.net' },
          row('api', 'unchanged'),
          row('db', 'change'),
          row('mail', 'failed'),
          row('later', 'not-due'),
        ],
        problems: [],
        pass: passOf({ ...REPORT, objects: REPORT.objects.slice(0, 2) }),
      },
      PLAIN,
    );
    expect(text).toBe(`Installation shop/keyferry in cluster AKS_Shop, version 1.2.3
Schedule 7 * * * *, not started by it yet

  STORE                VAULT
  SecretStore shop/kv  https://kv-shop.vault.azure.net

  EXTERNALSECRET  SECRET               LAST PASS  NEXT DUE
  shop/api        shop/api (2 keys)    in step    2026-11-26T13:00:00Z
  shop/db         shop/db (2 keys)     created    2026-11-26T13:00:00Z
  shop/mail       shop/mail (2 keys)   failed     2026-11-26T13:00:00Z
  shop/later      shop/later (2 keys)  not due    2026-11-26T13:00:00Z

Pass of 2026-11-26T12:00:01.234Z in pod keyferry-x1-abcde: 1 created, 0 updated, 1 deleted, 1 failed, 1 unchanged. 4 vault requests, 1.2 s.
`);
  });
});
