/** How every form tells what is written back into vaults. */
import { describe, expect, it } from '@jest/globals';
import type { PushChangeReport, Report } from '../../../src/core/model/report.ts';
import { reportAsJson } from '../../../src/core/report/as-json.ts';
import { reportAsMarkdown } from '../../../src/core/report/as-markdown.ts';
import { reportAsText } from '../../../src/core/report/as-text.ts';
import { exitCode, hasChanges } from '../../../src/core/report/build-report.ts';
import { runOutcome } from '../../../src/core/report/run.ts';
import { PLAIN } from '../../../src/core/report/text-table.ts';
import { NO_KEYS, push, pushChange, PUSH_REPORT, vaultObject } from './push-report.ts';

const TEXT = `Plan (full) for 8 objects in cluster shop-prd   fingerprint full-3c2u1d-00000000

    ACTION  SECRET   KEYS      FROM
  + create  shop/db  password  db

    ACTION   VAULT OBJECT           KEYS                    FROM
  > set      kv-shop secret/api     password                shop/api
  ~ patch    kv-shop cert/tls       expiry, tag team        shop/cert
  > set      kv-shop secret/db      ~password (tag…t type)  shop/db
  - remove   kv-shop secret/db-old  no longer in t…nifests  shop/db
  ^ recover  kv-shop secret/key     a, b                    shop/key
  ! blocked  kv-shop secret/mail                            shop/mail
  ? unknown  kv-shop secret/values  its value was not read  shop/values

  error    PushSecret shop/mail: spec.data[0].match.remoteRef.remoteKey names
           kv-shop secret/mail, which is not ours. Choose another name.
           (push.yaml:12)

1 to create, 0 to update, 0 to delete, 1 unknown, 0 unchanged, 4 to push, 1 to
remove from vaults, 1 PushSecret failed.
`;
const WIDE_ROWS = `    ACTION   VAULT OBJECT           KEYS                                                  FROM
  > set      kv-shop secret/api     password                                              shop/api
  ~ patch    kv-shop cert/tls       expiry, tag team (version 4387e9f3)                   shop/cert (Secrets of shop with app=web)
  > set      kv-shop secret/db      ~password (tag team, content type; version 4387e9f3)  shop/db
  - remove   kv-shop secret/db-old  no longer in the manifests (version 4387e9f3)         shop/db
  ^ recover  kv-shop secret/key     a, b                                                  shop/key
  ! blocked  kv-shop secret/mail                                                          shop/mail
  ? unknown  kv-shop secret/values  its value was not read                                shop/values`;
const MARKDOWN = `### Keyferry: plan (full) for 8 objects in cluster shop-prd

1 to create, 0 to update, 0 to delete, 1 unknown, 0 unchanged, 4 to push, 1 to remove from vaults, 1 PushSecret failed.

- **error** PushSecret shop/mail: spec.data\\[0\\].match.remoteRef.remoteKey names kv-shop secret/mail, which is not ours. Choose another name. (push.yaml:12)

| | Secret | Keys | Because of |
| --- | --- | --- | --- |
| create | Secret shop/db | password | ExternalSecret shop/db |

| | Vault object | Keys | Because of |
| --- | --- | --- | --- |
| set | kv-shop secret/api | password | PushSecret shop/api |
| patch | kv-shop cert/tls | expiry, tag team (version 4387e9f3) | PushSecret shop/cert |
| set | kv-shop secret/db | ~password (tag team, content type; version 4387e9f3) | PushSecret shop/db |
| remove | kv-shop secret/db-old | no longer in the manifests (version 4387e9f3) | PushSecret shop/db |
| recover | kv-shop secret/key | a, b | PushSecret shop/key |
| unknown | kv-shop secret/values | its value was not read | PushSecret shop/values |

<details open><summary>Where the Secrets come from and go to</summary>

\`\`\`mermaid
flowchart LR
  classDef create stroke:#2da44e,stroke-width:2px
  classDef update stroke:#bf8700,stroke-width:2px
  classDef delete stroke:#cf222e,stroke-width:2px
  classDef trouble stroke:#cf222e,stroke-width:2px
  classDef unknown stroke:#8250df,stroke-width:2px
  n1["ExternalSecret shop/db"]
  n2(["SecretStore shop/kv"])
  n3[("vault kv-shop")]
  n4["Secret shop/db"]:::create
  n3 --> n2
  n2 --> n1
  n1 --> n4
  n5["Secret shop/api"]
  n6["PushSecret shop/api"]
  n7[("kv-shop secret/api")]:::create
  n5 --> n6
  n6 --> n7
  n8["Secrets of shop with app#61;web"]
  n9["PushSecret shop/cert"]
  n10[("kv-shop cert/tls")]:::update
  n8 --> n9
  n9 --> n10
  n11["PushSecret shop/db"]
  n12[("kv-shop secret/db")]:::create
  n13[("kv-shop secret/db-old")]:::delete
  n4 --> n11
  n11 --> n12
  n11 --> n13
  n14["Secret shop/key"]
  n15["PushSecret shop/key"]
  n16[("kv-shop secret/key")]:::create
  n14 --> n15
  n15 --> n16
  n17["Secret shop/mail"]
  n18["PushSecret shop/mail"]
  n19[("kv-shop secret/mail")]:::trouble
  n17 --> n18
  n18 --> n19
  n20["Secret shop/values"]
  n21["PushSecret shop/values"]
  n22[("kv-shop secret/values")]:::unknown
  n20 --> n21
  n21 --> n22
\`\`\`

</details>

9 vault requests, 0.9 s. Fingerprint: \`full-3c2u1d-00000000\`
`;

/** The rows of pushes alone, on a terminal of 80 columns. */
function rowsOf(...pushes: Report['pushes']): readonly string[] {
  const text = reportAsText({ ...PUSH_REPORT, objects: [], pushes }, { ...PLAIN, width: 80 });
  return text.split('\n\n')[1]?.split('\n').slice(1) ?? [];
}

describe('the text of a plan', () => {
  it('has a table of what is pushed below that of Secrets, within 80 columns', () => {
    const text = reportAsText(PUSH_REPORT, { ...PLAIN, width: 80 });
    expect(text).toBe(TEXT);
  });

  it('says all of it where there is room', () => {
    expect(reportAsText(PUSH_REPORT, { ...PLAIN, width: 160 })).toContain(WIDE_ROWS);
  });

  it('counts what was pushed, in the words of a sync', () => {
    const counts = { ...PUSH_REPORT.counts, create: 0, unknown: 0, pushed: 2, pushRemoved: 1, pushFailed: 2 };
    const text = reportAsText({ ...PUSH_REPORT, command: 'sync', objects: [], pushes: [], counts }, PLAIN);
    expect(text.split('\n\n').at(-1)).toBe(
      '0 created, 0 updated, 0 deleted, 0 unchanged, 2 pushed, 1 removed from vaults, 2 PushSecrets failed.\n',
    );
  });

  it('says nothing of pushes where there are none', () => {
    const { pushed, pushRemoved, pushFailed, ...counts } = PUSH_REPORT.counts;
    expect([pushed, pushRemoved, pushFailed]).toEqual([4, 1, 1]);
    const text = reportAsText({ ...PUSH_REPORT, pushes: [], counts }, PLAIN);
    expect(text).not.toMatch(/push|vault/iu);
  });
});

describe('a row of what is pushed', () => {
  it.each<[string, Partial<PushChangeReport>, string]>([
    ['a new object', {}, '  > set     kv-shop secret/db  password  shop/db'],
    [
      'one that was deleted and comes back',
      { action: 'recover', keys: { ...NO_KEYS, added: ['a', 'b'] } },
      '  ^ recover  kv-shop secret/db  a, b  shop/db',
    ],
    [
      'members of a JSON object',
      { keys: { added: ['new'], updated: ['changed'], removed: ['gone'] }, version: 'abcdefgh12345678' },
      '  > set     kv-shop secret/db  +new, ~changed, -gone (version abcdefgh)  shop/db',
    ],
    [
      'properties alone',
      { action: 'patch', keys: NO_KEYS, metadata: ['content type'], version: 'abcdefgh12345678' },
      '  ~ patch   kv-shop secret/db  content type (version abcdefgh)  shop/db',
    ],
    [
      'one that goes',
      { action: 'remove', keys: NO_KEYS, version: 'abcdefgh12345678', reason: 'its source Secret is gone' },
      '  - remove  kv-shop secret/db  its source Secret is gone  shop/db',
    ],
    ['a write that was withheld', { state: 'withheld' }, '  > set withheld  kv-shop secret/db  password  shop/db'],
    ['one that failed', { state: 'failed' }, '  ! set not made  kv-shop secret/db  password  shop/db'],
    [
      'one that is kept, since something else was not written',
      { action: 'remove', keys: NO_KEYS, reason: 'no longer in the manifests', state: 'kept' },
      '  = remove kept  kv-shop secret/db  no longer in the manifests  shop/db',
    ],
    ['one that was left', { state: 'left' }, '  > set left  kv-shop secret/db  password  shop/db'],
  ])('tells %s', (_what, parts, row) => {
    const told = rowsOf(push('db', { verdict: 'change', changes: [pushChange('db', parts)] }));
    expect(told.map((line) => line.replace(/ {2,}/gu, '  '))).toEqual([row.replace(/ {2,}/gu, '  ')]);
  });

  it('is one more for what failed beside what was written, and none where a write says so', () => {
    const targets = [vaultObject('a'), vaultObject('b')];
    const done = pushChange('a', { state: 'done' });
    expect(rowsOf(push('db', { targets, verdict: 'failed', changes: [done] }))).toEqual([
      '  > set     kv-shop secret/a  password  shop/db',
      '  ! failed  kv-shop secret/b            shop/db',
    ]);
    const failed = pushChange('b', { state: 'failed' });
    expect(rowsOf(push('db', { targets, verdict: 'failed', changes: [done, failed] }))).toEqual([
      '  > set           kv-shop secret/a  password  shop/db',
      '  ! set not made  kv-shop secret/b  password  shop/db',
    ]);
  });

  it('names what a PushSecret reads, where that is not the Secret of its own name', () => {
    const changes = [pushChange('db')];
    const [other] = rowsOf(push('db', { from: 'Secret shop/other', verdict: 'change', changes }));
    expect(other).toMatch(/ shop\/db \(Secret shop\/other\)$/u);
    const [gone] = rowsOf(push('db', { from: 'no Secret', verdict: 'change', changes }));
    expect(gone).toMatch(/ shop\/db$/u);
  });
});

describe('the Markdown of a plan', () => {
  it('has a table and a picture of what is pushed', () => {
    expect(reportAsMarkdown(PUSH_REPORT)).toBe(MARKDOWN);
  });
});

describe('the JSON of a plan', () => {
  it('has an entry for each PushSecret, and the version of the format that it had', () => {
    const json = JSON.parse(reportAsJson({ ...PUSH_REPORT, pushes: PUSH_REPORT.pushes.slice(0, 3) })) as {
      readonly version: number;
      readonly counts: unknown;
      readonly pushes: readonly unknown[];
    };
    expect(json.version).toBe(1);
    expect(json.counts).toEqual(PUSH_REPORT.counts);
    expect(json.pushes[0]).toEqual({
      object: 'PushSecret shop/api',
      kind: 'PushSecret',
      namespace: 'shop',
      name: 'api',
      from: 'Secret shop/api',
      targets: ['kv-shop secret/api'],
      verdict: 'change',
      nextDue: '2026-11-26T13:00:00.000Z',
      changes: [
        {
          action: 'set',
          target: 'kv-shop secret/api',
          keys: { added: ['password'], updated: [], removed: [] },
          metadata: [],
          state: 'planned',
        },
      ],
      problems: [],
    });
    expect(json.pushes[2]).toMatchObject({
      object: 'PushSecret shop/db',
      targets: ['kv-shop secret/db', 'kv-shop secret/db-old'],
      changes: [
        { action: 'set', metadata: ['tag team', 'content type'], version: '4387e9f3d6e14c459867679a90fd0f79' },
        { action: 'remove', target: 'kv-shop secret/db-old', reason: 'no longer in the manifests' },
      ],
    });
  });
});

describe('the outcome of a plan', () => {
  it('has the numbers of what is pushed, and when the first of both directions is due', () => {
    const { outputs, looked, problems } = runOutcome(PUSH_REPORT);
    expect(outputs).toMatchObject({
      changed: true,
      pushed: 4,
      'push-removed': 1,
      'push-failed': 1,
      'next-due': '2026-11-26T13:00:00Z',
    });
    expect(looked.slice(0, 2)).toEqual(['ExternalSecret shop/db', 'PushSecret shop/api']);
    expect(problems.map(({ code }) => code)).toEqual(['push-foreign-object']);
  });

  it('has zeros where nothing is pushed', () => {
    const { pushed, pushRemoved, pushFailed, ...counts } = PUSH_REPORT.counts;
    expect([pushed, pushRemoved, pushFailed]).toEqual([4, 1, 1]);
    const { outputs } = runOutcome({ ...PUSH_REPORT, pushes: [], counts });
    expect(outputs).toMatchObject({ pushed: 0, 'push-removed': 0, 'push-failed': 0 });
  });

  it('tells nothing as pushed where a limit stopped a sync before its first write', () => {
    const stopped = { severity: 'error', code: 'too-many-deletions', what: 'w', fix: 'f' } as const;
    const { outputs } = runOutcome({ ...PUSH_REPORT, command: 'sync', stopped });
    expect(outputs).toMatchObject({ changed: false, pushed: 0, 'push-removed': 0, 'push-failed': 1 });
  });

  it.each([{ pushed: 1 }, { pushRemoved: 1 }])('is a change with %o alone', (some) => {
    const none = { ...PUSH_REPORT.counts, create: 0, unknown: 0, pushed: 0, pushRemoved: 0, errors: 0 };
    expect(hasChanges({ ...PUSH_REPORT, counts: none })).toBe(false);
    const report = { ...PUSH_REPORT, counts: { ...none, ...some } };
    expect(hasChanges(report)).toBe(true);
    expect([exitCode(report, false), exitCode(report, true)]).toEqual([0, 2]);
  });
});
