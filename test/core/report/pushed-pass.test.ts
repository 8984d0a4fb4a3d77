/** What a pass pushed, from the job by way of its ConfigMap to `deploy` and `status`. */
import { describe, expect, it } from '@jest/globals';
import { passReport, passReportConfig, readPassReport } from '../../../src/core/deploy/pass-report-config.ts';
import type { PassReport } from '../../../src/core/model/pass-report.ts';
import type { Report } from '../../../src/core/model/report.ts';
import { deploymentAsMarkdown, deploymentAsText, type DeploymentReport } from '../../../src/core/report/deployment.ts';
import { statusAsMarkdown, statusAsText, statusOutcome, type StatusReport } from '../../../src/core/report/status.ts';
import { PLAIN } from '../../../src/core/report/text-table.ts';
import { push, pushChange, PUSH_REPORT, PUSHES } from './push-report.ts';

const FACTS = {
  version: '1.2.3',
  intentsDigest: 'abc',
  startedAt: '2026-11-26T12:00:00.000Z',
  finishedAt: '2026-11-26T12:00:01.234Z',
  exitCode: 1,
  holder: 'keyferry-x1-abcde',
};

const done: Report = {
  ...PUSH_REPORT,
  command: 'sync',
  objects: [],
  pushes: PUSHES.filter(({ verdict }) => verdict !== 'unknown'),
  counts: { ...PUSH_REPORT.counts, create: 0, unknown: 0 },
};

/** As those outside read it. */
function passOf(report: Report): PassReport {
  const read = readPassReport(passReportConfig(passReport(FACTS, report), { namespace: 'shop', name: 'keyferry' }));
  if (read === undefined) throw new Error('it cannot be read');
  return read;
}

const deployment = (pass: PassReport): DeploymentReport => ({
  command: 'deploy',
  installation: 'shop/keyferry',
  cluster: 'cluster shop-prd',
  objects: [{ object: 'CronJob shop/keyferry', outcome: 'unchanged' }],
  problems: [],
  pass,
});

const status = (pass: PassReport): StatusReport => ({
  installation: 'shop/keyferry',
  cluster: 'cluster shop-prd',
  version: '1.2.3',
  schedule: '7 * * * *',
  suspended: false,
  rows: [
    { object: 'SecretStore shop/kv', detail: 'https://kv-shop.vault.azure.net' },
    ...(pass.pushes ?? []).map(({ object, from, targets, verdict, nextDue }) => ({
      object,
      from,
      targets,
      verdict,
      ...(nextDue === undefined ? {} : { nextDue }),
    })),
    { object: 'PushSecret shop/never-seen', from: 'Secret shop/never-seen' },
  ],
  problems: [],
  pass,
});

const DEPLOY_MARKDOWN = `### Keyferry: deployed shop/keyferry in cluster shop-prd

0 created, 0 updated, 0 deleted, 0 unchanged, 4 pushed, 1 removed from vaults, 1 PushSecret failed.

- **error** PushSecret shop/mail: spec.data\\[0\\].match.remoteRef.remoteKey names kv-shop secret/mail, which is not ours. Choose another name. (push.yaml:12)

| | Vault object | Keys | Because of |
| --- | --- | --- | --- |
| set | kv-shop secret/api | password | PushSecret shop/api |
| patch | kv-shop cert/tls | expiry, tag team (version 4387e9f3) | PushSecret shop/cert |
| set | kv-shop secret/db | ~password (tag team, content type; version 4387e9f3) | PushSecret shop/db |
| remove | kv-shop secret/db-old | no longer in the manifests (version 4387e9f3) | PushSecret shop/db |
| recover | kv-shop secret/key | a, b | PushSecret shop/key |

<details open><summary>Where the Secrets come from and go to</summary>

\`\`\`mermaid
flowchart LR
  classDef create stroke:#2da44e,stroke-width:2px
  classDef update stroke:#bf8700,stroke-width:2px
  classDef delete stroke:#cf222e,stroke-width:2px
  classDef trouble stroke:#cf222e,stroke-width:2px
  n1["Secret shop/api"]
  n2["PushSecret shop/api"]
  n3[("kv-shop secret/api")]:::create
  n1 --> n2
  n2 --> n3
  n4["Secrets of shop with app#61;web"]
  n5["PushSecret shop/cert"]
  n6[("kv-shop cert/tls")]:::update
  n4 --> n5
  n5 --> n6
  n7["Secret shop/db"]
  n8["PushSecret shop/db"]
  n9[("kv-shop secret/db")]:::create
  n10[("kv-shop secret/db-old")]:::delete
  n7 --> n8
  n8 --> n9
  n8 --> n10
  n11["Secret shop/key"]
  n12["PushSecret shop/key"]
  n13[("kv-shop secret/key")]:::create
  n11 --> n12
  n12 --> n13
  n14["Secret shop/mail"]
  n15["PushSecret shop/mail"]
  n16[("kv-shop secret/mail")]:::trouble
  n14 --> n15
  n15 --> n16
  n17["Secret shop/still"]
  n18["PushSecret shop/still"]
  n19[("kv-shop secret/still")]
  n17 --> n18
  n18 --> n19
\`\`\`

</details>

Pass of 2026-11-26T12:00:01.234Z in pod keyferry-x1-abcde: 9 vault requests, 1.2 s.
`;
const STATUS_TEXT = `Installation shop/keyferry in cluster shop-prd, version 1.2.3
Schedule 7 * * * *, not started by it yet

  STORE                VAULT
  SecretStore shop/kv  https://kv-shop.vault.azure.net

  PUSHSECRET       VAULT OBJECT                  LAST PASS  NEXT DUE
  shop/api         kv-shop secret/api            pushed     2026-11-26T13:00:00Z
  shop/cert        kv-shop cert/tls              patched
  shop/db          kv-shop secret/db and 1 more  written
  shop/key         kv-shop secret/key            recovered
  shop/mail        kv-shop secret/mail           blocked
  shop/still       kv-shop secret/still          in step
  shop/never-seen

Pass of 2026-11-26T12:00:01.234Z in pod keyferry-x1-abcde: 0 created, 0 updated, 0 deleted, 0 unchanged, 4 pushed, 1 removed from vaults, 1 PushSecret failed. 9 vault requests, 1.2 s.
  error    PushSecret shop/mail: spec.data[0].match.remoteRef.remoteKey names
           kv-shop secret/mail, which is not ours. Choose another name.
           (push.yaml:12)
`;

describe('the report of a pass', () => {
  it('has each PushSecret with its vault objects, what became of them, and when it is due', () => {
    expect(passOf({ ...done, pushes: done.pushes.slice(0, 3) }).pushes).toEqual([
      {
        object: 'PushSecret shop/api',
        from: 'Secret shop/api',
        targets: ['kv-shop secret/api'],
        verdict: 'change',
        nextDue: '2026-11-26T13:00:00Z',
        changes: [{ action: 'set', target: 'kv-shop secret/api', detail: 'password' }],
      },
      {
        object: 'PushSecret shop/cert',
        from: 'Secrets of shop with app=web',
        targets: ['kv-shop cert/tls'],
        verdict: 'change',
        changes: [{ action: 'patch', target: 'kv-shop cert/tls', detail: 'expiry, tag team (version 4387e9f3)' }],
      },
      {
        object: 'PushSecret shop/db',
        from: 'Secret shop/db',
        targets: ['kv-shop secret/db', 'kv-shop secret/db-old'],
        verdict: 'change',
        changes: [
          {
            action: 'set',
            target: 'kv-shop secret/db',
            detail: '~password (tag team, content type; version 4387e9f3)',
          },
          {
            action: 'remove',
            target: 'kv-shop secret/db-old',
            detail: 'no longer in the manifests (version 4387e9f3)',
          },
        ],
      },
    ]);
  });

  it('has none where nothing is written back', () => {
    expect(passOf({ ...done, pushes: [] })).not.toHaveProperty('pushes');
  });

  it('has the problems of PushSecrets among its own', () => {
    expect(passOf(done).problems.map(({ code }) => code)).toEqual(['push-foreign-object']);
  });

  it('has room for both directions, and half of it for each', () => {
    const [pull] = PUSH_REPORT.objects;
    const many = 10_000;
    const objects = Array.from({ length: many }, () => pull).filter((one) => one !== undefined);
    const pushes = Array.from({ length: many }, (_, index) =>
      push(`p-${index}`, { verdict: 'change', changes: [pushChange(`p-${index}`)] }),
    );
    const pass = passOf({ ...done, objects, pushes });
    expect(Buffer.byteLength(JSON.stringify(pass))).toBeLessThan(801_000);
    const told = pass.pushes?.length ?? 0;
    expect(pass.objects.length).toBeGreaterThan(1_000);
    expect(told).toBeGreaterThan(1_000);
    expect(pass.left).toBe(2 * many - pass.objects.length - told);
    const few = passOf({ ...done, objects, pushes: pushes.slice(0, 10) });
    expect(few.pushes).toHaveLength(10);
    expect(few.objects.length).toBeGreaterThan(pass.objects.length);
  });
});

describe('the summary of deploy', () => {
  it('shows what its pass pushed', () => {
    expect(deploymentAsMarkdown(deployment(passOf(done)))).toBe(DEPLOY_MARKDOWN);
  });
});

describe('the log of deploy', () => {
  it('counts what its pass pushed', () => {
    expect(deploymentAsText(deployment(passOf(done)), PLAIN)).toContain(
      ': 0 created, 0 updated, 0 deleted, 0 unchanged, 4 pushed, 1 removed from vaults, 1 PushSecret failed. ',
    );
  });
});

describe('the text of status', () => {
  it('says of each PushSecret what it writes and what the last pass made of it', () => {
    expect(statusAsText(status(passOf(done)), { ...PLAIN, width: 80 })).toBe(STATUS_TEXT);
  });
});

describe('the summary of status', () => {
  it('has PushSecrets beside what is pulled', () => {
    expect(statusAsMarkdown(status(passOf(done)))).toContain(`| Object | Secret or vault object | Last pass | Next |
| --- | --- | --- | --- |
| SecretStore shop/kv | https:<!-- -->//kv-shop.vault.azure.net | | |
| PushSecret shop/api | kv-shop secret/api | pushed | 2026-11-26T13:00:00Z |
| PushSecret shop/cert | kv-shop cert/tls | patched | |
| PushSecret shop/db | kv-shop secret/db, kv-shop secret/db-old | written | |
| PushSecret shop/key | kv-shop secret/key | recovered | |
| PushSecret shop/mail | kv-shop secret/mail | blocked | |
| PushSecret shop/still | kv-shop secret/still | in step | |
| PushSecret shop/never-seen | | | |
`);
  });

  it('is not in trouble for a PushSecret that was not seen yet', () => {
    const outcome = statusOutcome(status({ ...passOf(done), exitCode: 0, problems: [] }));
    expect(outcome.exitCode(false)).toBe(0);
  });
});
