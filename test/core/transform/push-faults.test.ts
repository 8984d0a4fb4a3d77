import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../../src/core/model/message.ts';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { manifestChecks } from '../../../src/core/api/manifests.ts';
import { fieldText } from '../../../src/core/model/origin.ts';
import { pushEntryFaults, pushFaults } from '../../../src/core/transform/push-faults.ts';

const HEAD =
  'apiVersion: external-secrets.io/v1alpha1\nkind: PushSecret\nmetadata: {name: db, namespace: shop}\nspec:\n';

interface Spec {
  readonly stores?: string;
  readonly source?: string;
  readonly data?: readonly string[];
  readonly dataTo?: readonly string[];
}

function intentOf({ stores = '[{name: kv}]', source = '{name: app}', data = [], dataTo = [] }: Spec) {
  const text = `${HEAD}  secretStoreRefs: ${stores}\n  selector: {secret: ${source}}\n  data: [${data.join(', ')}]\n  dataTo: [${dataTo.join(', ')}]\n`;
  const steps = manifestChecks(parseDocuments('p.yaml', text).documents, { placeholders: 'kept' });
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done !== true) continue;
    const [intent] = step.value.pushes;
    if (intent === undefined) throw new Error('refused');
    return intent;
  }
}

function told(spec: Spec): readonly string[] {
  return pushFaults(intentOf(spec)).map(
    ({ code, path, what, fix }) => `${code}: ${fieldText(path)} ${messageText(what)}. ${messageText(fix)}`,
  );
}

function entry(remoteKey: string, property?: string, secretKey = 'k'): string {
  const ref = `{remoteKey: "${remoteKey}"${property === undefined ? '' : `, property: ${property}`}}`;
  return `{match: {${secretKey === '' ? '' : `secretKey: ${secretKey}, `}remoteRef: ${ref}}}`;
}

const bundle = (remoteKey: string, store = '{name: kv}') => `{storeRef: ${store}, remoteKey: "${remoteKey}"}`;
const NAMES = 'Names there have letters, digits and hyphens, 127 at most.';
const KEY = 'spec.data[0].match.remoteRef.remoteKey';

describe('pushFaults', () => {
  it.each(['a', 'secret/a', 'key/a', 'cert/a', 'a-B-9', 'x'.repeat(127), '${ENV}-db', 'secret/a/b'])(
    'finds nothing wrong with the key %s',
    (key) => expect(told({ data: [entry(key)] })).toEqual([]),
  );

  it.each([
    ['a_b', `remote-key-invalid: ${KEY} is no name that Key Vault can have. ${NAMES}`],
    ['bad.name', `remote-key-invalid: ${KEY} is no name that Key Vault can have. ${NAMES}`],
    ['a b', `remote-key-invalid: ${KEY} is no name that Key Vault can have. ${NAMES}`],
    ['dü', `remote-key-invalid: ${KEY} is no name that Key Vault can have. ${NAMES}`],
    ['x'.repeat(128), `remote-key-invalid: ${KEY} is no name that Key Vault can have: it has 128 characters. ${NAMES}`],
    ['', `remote-key-invalid: ${KEY} is empty. Name a secret of the vault.`],
    ['secret/', `remote-key-invalid: ${KEY} ends with a slash. Take the slash away, or write the name behind it.`],
    ['/a', `remote-key-invalid: ${KEY} begins with a slash. Take the slash away.`],
    [
      'app/db',
      `remote-key-invalid: ${KEY} has the type app, which Key Vault does not have. Write NAME, secret/NAME, cert/NAME or key/NAME.`,
    ],
    [
      'certificate/a',
      `remote-key-invalid: ${KEY} has the type certificate, which Key Vault does not have. Did you mean cert/?`,
    ],
    [
      'Secret/a',
      `remote-key-invalid: ${KEY} has the type Secret, which Key Vault does not have. Did you mean secret/?`,
    ],
  ])('tells of the key "%s"', (key, text) => expect(told({ data: [entry(key)] })).toEqual([text]));

  it('tells of the name of a bundle', () => {
    expect(told({ dataTo: [bundle('a_b')] })).toEqual([
      `remote-key-invalid: spec.dataTo[0].remoteKey is no name that Key Vault can have. ${NAMES}`,
    ]);
  });

  it.each([
    ['key/a', 'a key'],
    ['cert/a', 'a certificate'],
  ])('tells of a property of %s', (key, what) => {
    expect(told({ data: [entry(key, 'p')] })).toEqual([
      `push-property: spec.data[0].match.remoteRef.property is given for ${what}, which has no members. Remove it: only secrets that hold a JSON object have members.`,
    ]);
  });

  it('tells of patterns that are none', () => {
    const dataTo = ['{storeRef: {name: kv}, match: {regexp: "("}, rewrite: [{regexp: {source: "(?=a)", target: b}}]}'];
    const fix = 'is not a regular expression (RE2). Correct it; look-around and back-references do not exist in RE2.';
    expect(told({ dataTo })).toEqual([
      `regexp: spec.dataTo[0].match.regexp ${fix}`,
      `regexp: spec.dataTo[0].rewrite[0].regexp.source ${fix}`,
    ]);
  });

  it.each([
    ['[]', 'no-store: spec.secretStoreRefs names no store, so that nothing is pushed. Name at least one.'],
    [
      '[{name: kv}, {}]',
      'no-store: spec.secretStoreRefs[1] has neither a name nor a labelSelector. Give it one of them.',
    ],
    [
      '[{labelSelector: {matchExpressions: [{key: a, operator: In}]}}]',
      'label-selector: spec.secretStoreRefs[0].labelSelector.matchExpressions[0].values is empty, and the operators In and NotIn need at least one. Add one, or write Exists or DoesNotExist.',
    ],
    [
      '[{labelSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}]',
      'label-selector: spec.secretStoreRefs[0].labelSelector.matchExpressions[0].values has entries, and the operators Exists and DoesNotExist take none. Remove them, or write In or NotIn.',
    ],
  ])('tells of the stores %s', (stores, text) => expect(told({ stores, data: [entry('a')] })).toEqual([text]));

  it.each([
    ['{}', 'push-source: spec.selector.secret names no Secret. Write its name, or a selector with its labels.'],
    [
      '{selector: {matchExpressions: [{key: a, operator: in, values: [b]}]}}',
      'label-selector: spec.selector.secret.selector.matchExpressions[0].operator is no operator of a label selector. Write In, NotIn, Exists or DoesNotExist.',
    ],
  ])('tells of the source %s', (source, text) => expect(told({ source, data: [entry('a')] })).toEqual([text]));

  it('tells of a dataTo for a store that is not listed, unless labels may select it', () => {
    const dataTo = ['{storeRef: {name: kv, kind: ClusterSecretStore}}'];
    expect(told({ dataTo })).toEqual([
      'push-store-not-listed: spec.dataTo[0].storeRef names ClusterSecretStore kv, which is not among spec.secretStoreRefs. Add it there, or correct the reference (the kind matters).',
    ]);
    expect(told({ dataTo, stores: '[{labelSelector: {}, kind: ClusterSecretStore}]' })).toEqual([]);
    expect(told({ dataTo, stores: '[{name: kv, kind: ClusterSecretStore}]' })).toEqual([]);
  });

  it('gives an entry its own faults, and its metadata last', () => {
    const intent = intentOf({ data: [entry('a'), '{match: {remoteRef: {remoteKey: a_b}}, metadata: text}'] });
    expect(intent.data.map((one) => pushEntryFaults(one).map(({ code }) => code))).toEqual([
      [],
      ['remote-key-invalid', 'push-metadata'],
    ]);
  });
});

describe('entries that write one object', () => {
  const AGAIN = 'Give each a name of its own, or each a property of its own.';
  const SECOND = 'push-clash: spec.data[1].match.remoteRef.remoteKey';

  it.each([
    ['one name twice', entry('a'), entry('a'), `${SECOND} names the object of spec.data[0] again. ${AGAIN}`],
    [
      'one name in two spellings',
      entry('secret/A'),
      entry('a'),
      `${SECOND} names the object of spec.data[0] again. ${AGAIN}`,
    ],
    [
      'one property twice',
      entry('a', 'p'),
      entry('a', 'p'),
      `${SECOND} names the member of spec.data[0] again. ${AGAIN}`,
    ],
    [
      'a property and none',
      entry('a', 'p'),
      entry('a'),
      `${SECOND} names the object of spec.data[0], one of them with a property and one without. ${AGAIN}`,
    ],
    [
      'a certificate and a secret',
      entry('cert/a'),
      entry('a'),
      `${SECOND} has the name of spec.data[0], and a certificate is a secret and a key of its name, too. Give one of them another name.`,
    ],
    [
      'a key and a certificate',
      entry('key/a'),
      entry('cert/A'),
      `${SECOND} has the name of spec.data[0], and a certificate is a secret and a key of its name, too. Give one of them another name.`,
    ],
  ])('are told: %s', (_, first, second, text) => expect(told({ data: [first, second] })).toEqual([text]));

  it.each([
    ['two properties', entry('a', 'p'), entry('a', 'q')],
    ['a secret and a key', entry('a'), entry('key/a')],
    ['names that are still open', entry('${A}'), entry('${A}')],
    ['two names', entry('a'), entry('b')],
  ])('are not: %s', (_, first, second) => expect(told({ data: [first, second] })).toEqual([]));

  it('are told once for each', () => {
    expect(told({ data: [entry('a'), entry('a'), entry('a')] })).toHaveLength(2);
  });

  it('are told of bundles, too', () => {
    const stores = '[{name: kv}, {name: other}]';
    expect(told({ stores, data: [entry('a')], dataTo: [bundle('a', '{name: other}')] })).toEqual([
      `push-clash: spec.dataTo[0].remoteKey names the object of spec.data[0] again. ${AGAIN}`,
    ]);
    expect(told({ stores, dataTo: [bundle('a'), bundle('a')] })).toHaveLength(1);
    expect(told({ stores, dataTo: [bundle('a'), bundle('a', '{name: other}')] })).toEqual([]);
    const labelled = (team: string) => bundle('a', `{labelSelector: {matchLabels: {team: ${team}}}}`);
    expect(told({ dataTo: [labelled('a'), labelled('b')] })).toEqual([]);
  });

  it('are not told of bundles that an entry for the whole Secret drops', () => {
    expect(told({ data: [entry('a', undefined, '')], dataTo: [bundle('a')] })).toEqual([]);
  });
});
