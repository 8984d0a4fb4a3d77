/**
 * Whatever a manifest is, it gives documents or Problems: never an exception, never a hang, and nothing of its values.
 *
 * FUZZ_RUNS sets how many are tried; a failure prints the manifest.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../src/adapters/files/read-text.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { fillPlaceholders } from '../../src/core/api/placeholders.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { validate } from '../../src/commands/validate.ts';
import { runs } from './fuzz-runs.ts';

const CANARY = 'hunter2-canary-7f3a';

const STORE = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'SecretStore',
  metadata: { name: 'kv', namespace: 'shop' },
  spec: {
    provider: {
      azurekv: {
        authType: 'WorkloadIdentity',
        vaultUrl: 'https://kv-shop.vault.azure.net',
        serviceAccountRef: { name: 'sync', audiences: ['a'] },
        authSecretRef: { clientId: { name: 's', key: 'k' } },
      },
    },
    conditions: [{ namespaces: ['a'], namespaceRegexes: ['^a'], namespaceSelector: { matchLabels: { a: 'b' } } }],
  },
};

const EXTERNAL_SECRET = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: 'db', namespace: 'shop', labels: { app: '${APP}' } },
  spec: {
    refreshInterval: '1h',
    secretStoreRef: { name: 'kv', kind: 'SecretStore' },
    target: {
      name: 'db',
      creationPolicy: 'Owner',
      immutable: false,
      template: {
        data: { a: `{{ .k }} ${CANARY}` },
        templateFrom: [{ configMap: { name: 'c', items: [{ key: 'x' }] }, literal: 'a: {{ .k }}' }],
      },
    },
    syncWindows: { kind: 'deny', windows: [{ schedule: '0 0 * * *', duration: '1h' }] },
    data: [{ secretKey: 'k', remoteRef: { key: 'db', property: 'a.b', version: '0'.repeat(32) } }],
    dataFrom: [
      { find: { name: { regexp: '^a' }, tags: { a: 'b' } }, rewrite: [{ regexp: { source: 'a', target: 'b' } }] },
      { extract: { key: 'cert/a', conversionStrategy: 'Unicode' } },
    ],
  },
};

const odd = fc.constantFrom<unknown>(
  ...[null, true, 0, -1, 1e308, '', ' ', 'yes', '\u0000', '\u202e', '{{', '${A}', '$${A}', '<a>', '*', '__proto__'],
  ...[[], {}, [[]], [null], { a: null }, { ['__proto__']: 1 }, 'x'.repeat(300), new Array(50).fill('a')],
);

/** An object of ours with some of its fields replaced, renamed, or taken away. */
const mutated = fc
  .tuple(
    fc.constantFrom<object>(STORE, EXTERNAL_SECRET),
    fc.array(fc.tuple(fc.nat(400), fc.nat(3), odd, fc.nat(30)), { minLength: 1, maxLength: 4 }),
  )
  .map(([object, edits]) => {
    const copy = structuredClone(object) as Fields;
    for (const [at, how, value, letter] of edits) edit(copy, { at, how, value, letter });
    return copy;
  });

type Fields = Record<string, unknown>;

interface Edit {
  readonly at: number;
  readonly how: number;
  readonly value: unknown;
  readonly letter: number;
}

function edit(root: Fields, { at, how, value, letter }: Edit): void {
  const places: (readonly [Fields, string])[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node as Fields, key]);
      walk((node as Fields)[key]);
    }
  };
  walk(root);
  const [holder, key] = places[at % places.length] ?? [root, 'spec'];
  const before = holder[key];
  if (how === 0) holder[key] = structuredClone(value);
  else Reflect.deleteProperty(holder, key);
  if (how >= 2)
    holder[`${key.slice(0, letter % (key.length + 1))}${how === 2 ? 'x' : ''}${key.slice(letter % key.length)}`] =
      before;
}

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const YAML_PIECES = [
  ...[
    'a',
    'b: ',
    ': ',
    '- ',
    '\n',
    '\n  ',
    '\n    ',
    '\t',
    '? ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
  ],
  ...[
    '!!binary ',
    '!!set ',
    '!x ',
    '|',
    '>',
    '|-\n',
    '"',
    "'",
    '#',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '\\',
    '@',
    '`',
    '~',
  ],
  ...[
    '1_000',
    'yes',
    '0b1',
    '.nan',
    '\u0000',
    '\ufeff',
    '\r\n',
    'apiVersion: external-secrets.io/v1\n',
    'kind: List\nitems:\n- ',
  ],
];
const soup = fc.array(fc.constantFrom(...YAML_PIECES), { maxLength: 40 }).map((parts) => parts.join(''));

/** A manifest of ours as YAML text, cut and crossed. */
const damaged = fc.tuple(mutated, fc.nat(2_000), fc.nat(20), soup).map(([object, at, length, insert]) => {
  const text = JSON.stringify(object, null, 2);
  const place = at % text.length;
  return text.slice(0, place) + insert.slice(0, 12) + text.slice(place + length);
});

/** What is told of a text, but of names: a text that has lost its quotes may be one. Throws what must never be thrown. */
async function toldOf(text: string, values: boolean): Promise<string> {
  const { documents, problems } = parseDocuments('m.yaml', text);
  const filled = values ? fillPlaceholders(documents, { APP: CANARY, A: 'x' }, true) : documents;
  const source = { load: async () => ({ documents: filled, problems }) };
  const settings = { only: [], controllerClass: 'keyferry', placeholders: values ? 'refused' : 'kept' } as const;
  const validation = await validate(source, { ...settings, namespaces: 'kept' });
  const told = validation.problems.map(problemText).join('\n');
  const names = filled.flatMap(({ value }) => namesIn(value)).filter((name) => name.includes(CANARY));
  return names.reduce((rest, name) => rest.replaceAll(name, ''), told);
}

function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [name, ...namesIn(one)]);
}

describe('any manifest', () => {
  it.each([
    ['bytes', bytes.map((one) => decode('m.yaml', one)).map((text) => (typeof text === 'string' ? text : ''))],
    ['pieces of YAML', soup],
    ['objects with odd fields', mutated.map((object) => JSON.stringify(object))],
    ['damaged texts', damaged],
  ])('gives documents or Problems, and shows no value: %s', async (_name, texts: fc.Arbitrary<string>) => {
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (text, values) => {
        const began = performance.now();
        const told = await toldOf(text, values);
        expect(told).not.toContain(CANARY);
        expect(performance.now() - began).toBeLessThan(2_000);
      }),
      runs(1 / 4),
    );
  });
});
