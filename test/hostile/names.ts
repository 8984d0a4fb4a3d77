/** Names that want to be more than names, and what must not be in anything that is shown. */
import { expect } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';

/** What text, logs, terminals and Markdown each have of their own. */
export const HOSTILE = [
  'db\n::error::forged\r##vso[task.setvariable variable=NODE_OPTIONS]--require=/tmp/evil.js ##[error]c',
  '\n  ::stop-commands::tok\n0 added, 0 changed, 0 removed, 2 unchanged.\n',
  '\u001b[2J\u001b]0;pwned\u0007\u001b[8m\u009b31m\u0085\u2028::add-mask::a\u2029\u202e\u2066\u200b\ufeff\u00ad\u{e0041}',
  ' &commat;octocat @octocat #1 GH-1 owner/repo#2 https://evil.example.com/login www.evil.example.com',
  ' ~~x~~ $\\sqrt{x}$ :tada: <img src=x> [a](b) **b** `c` | d',
].join('');

/** Fits where a line begins. */
export const HOSTILE_LINE = `::stop-commands::tok${HOSTILE}`;

/** Manifests with such a text in every field that takes any, as a pull request of somebody else has them. */
export function hostileManifests(hostile: string = HOSTILE): string {
  const quoted = JSON.stringify(hostile);
  return `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: s, namespace: shop}
spec: {provider: {azurekv: {vaultUrl: "https://kv-shop.vault.azure.net", authType: WorkloadIdentity, tenantId: 11111111-1111-1111-1111-111111111111}}}
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: ${quoted}, namespace: ${quoted}, labels: {${quoted}: ${quoted}}}
spec: {controller: ${quoted}, provider: {azurekv: {vaultUrl: ${quoted}, authType: ${quoted}, tenantId: ${quoted}, ${quoted}: 1}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: key, namespace: shop}
spec:
  secretStoreRef: {name: s}
  data: [{secretKey: x, remoteRef: {key: ${quoted}}}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: others, namespace: shop}
spec:
  secretStoreRef: {name: s}
  ${quoted}: 1
  target: {template: {data: {k: "{{ .x }}"}, metadata: {annotations: {${quoted}: x}, labels: {${quoted}: ${quoted}}}}}
  data:
    - {secretKey: x, remoteRef: {key: db, property: ${quoted}}}
    - {secretKey: y, remoteRef: {key: db, version: ${quoted}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: property, namespace: shop}
spec:
  secretStoreRef: {name: s}
  data: [{secretKey: x, remoteRef: {key: db, property: ${quoted}}}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: found, namespace: shop}
spec:
  secretStoreRef: {name: s}
  dataFrom:
    - find: {name: {regexp: ${quoted}}, tags: {${quoted}: ${quoted}}, path: ${quoted}}
    - extract: {key: ${quoted}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: rendered, namespace: shop}
spec:
  secretStoreRef: {name: s}
  target: {template: {data: {k: ${JSON.stringify(`{{ ${hostile.replaceAll('`', '')} }}`)}}, templateFrom: [{configMap: {name: ${quoted}, items: [{key: ${quoted}}]}}]}}
  data: [{secretKey: x, remoteRef: {key: db}}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: ${quoted}, namespace: ${quoted}}
spec:
  refreshInterval: ${quoted}
  secretStoreRef: {name: ${quoted}, kind: ${quoted}}
  target: {name: ${quoted}, creationPolicy: ${quoted}, deletionPolicy: ${quoted}}
  data: [{secretKey: ${quoted}, remoteRef: {key: ${quoted}, decodingStrategy: ${quoted}}}]
---
apiVersion: external-secrets.io/v1
kind: ${quoted}
metadata: {name: other, namespace: shop}
---
apiVersion: v1
kind: ${quoted}
metadata: {name: ${quoted}}
---
broken: [${quoted}
`;
}

/** Never shown as it is, wherever it comes from. */
const UNSEEN = /[^\P{C}\n\p{Co}\p{Cn}]|[\u2028\u2029]/u;

/** Text or JSON on a stream that a terminal or a CI system reads. */
export function expectTame(shown: string, what = ''): void {
  const lines = shown.split('\n');
  const wrong = lines.filter(
    (line) =>
      UNSEEN.test(line) ||
      /^\s*::/u.test(line) ||
      /##[\p{L}\p{N}_.-]*\[/u.test(line) ||
      /^0 added, 0 changed, 0 removed, 2 unchanged/u.test(line),
  );
  expect({ what, wrong }).toEqual({ what, wrong: [] });
}

const ESC = '\u001b';
const OTHER_CONTROL = new RegExp(String.raw`${ESC}(?!\[(?:1|2|22|31|32|33|39)m)`, 'gu');

/** The same of a text with our own colours. */
export function expectTameColours(shown: string, what = ''): void {
  expect({ what, others: shown.match(OTHER_CONTROL) }).toEqual({ what, others: null });
  expectTame(stripVTControlCharacters(shown), what);
}

/** Beside that: nothing that GitHub makes more of than text. What stands in a code span or a picture is none of it. */
export function expectTameMarkdown(shown: string, what = ''): void {
  expectTame(shown, what);
  const text = shown
    .replaceAll(/```mermaid[\s\S]*?```/gu, '')
    .replaceAll(/^<\/?details.*$/gmu, '')
    .replaceAll(/(?<!\\)`[^`\n]*`/gu, '');
  const wrong = [
    /&(?!amp;|#36;)/u,
    /(?<!&)[@#]\\?[A-Za-z0-9]/u,
    /\bGH-\d/iu,
    /:\/\//u,
    /\bwww\./iu,
    /(?<!\\)~~/u,
    /\$/u,
    /:tada:/u,
    /(?<!\\)<(?!!-- -->)/u,
    /(?<!\\)\[/u,
    /(?<!\\)`/u,
  ].flatMap((pattern) => text.match(new RegExp(`.{0,30}${pattern.source}.{0,20}`, pattern.flags)) ?? []);
  expect({ what, wrong }).toEqual({ what, wrong: [] });
}
