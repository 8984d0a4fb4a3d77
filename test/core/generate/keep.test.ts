import { describe, expect, it } from '@jest/globals';
import { drawnText, keepOrDraw, type StableEntry } from '../../../src/core/generate/keep.ts';
import { marksText, specMark } from '../../../src/core/generate/marks.ts';
import { isHidden, placeOf } from '../../../src/core/generate/place.ts';
import { DEFAULT_SYMBOLS } from '../../../src/core/model/password-form.ts';
import type { PasswordSpec, StableSpec } from '../../../src/core/model/generator.ts';
import type { PullExtras, PullIntent, TargetTemplate } from '../../../src/core/model/intent.ts';
import { GENERATED_ANNOTATION } from '../../../src/core/model/names.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { intent, liveSecret } from '../../builders/index.ts';

const PASSWORD: PasswordSpec = {
  kind: 'Password',
  length: 24,
  digits: 6,
  symbols: 6,
  symbolCharacters: DEFAULT_SYMBOLS,
  noUpper: false,
  allowRepeat: false,
  secretKeys: ['password'],
  encoding: 'raw',
  prefix: '',
  suffix: '',
};
const PAIR: StableSpec = { kind: 'SSHKey', keyType: 'ed25519', keySize: 0, comment: '' };

interface Given {
  readonly spec?: StableSpec;
  readonly names?: Readonly<Record<string, string>>;
  /** Of the Secret; `null` = there is none. */
  readonly live?: Readonly<Record<string, string>> | null;
  readonly mark?: string;
  readonly extras?: Partial<PullExtras>;
  readonly target?: Partial<PullIntent['target']>;
}

function kept({ spec = PASSWORD, names = { password: 'password' }, live = {}, mark, extras = {}, target = {} }: Given) {
  const entry: StableEntry = {
    spec,
    generator: 'Password shop/g',
    names: new Map(Object.entries(names)),
    draw: () => new Map(Object.values(names).map((own) => [own, SecretValue.ofText(`new ${own}`)])),
  };
  const annotations = mark === undefined ? {} : { [GENERATED_ANNOTATION]: mark };
  const there = live === null ? undefined : liveSecret('db', live, { annotations });
  const result = keepOrDraw(entry, intent('db', { extras, target }), there);
  return {
    values: textsOf(result.values),
    beside: textsOf(result.beside),
    drawn: drawnText(result.drawn),
    marks: marksText(result.marks),
  };
}

function textsOf(values: ReadonlyMap<string, SecretValue>): Readonly<Record<string, string>> {
  return Object.fromEntries([...values].map(([key, value]) => [key, Buffer.from(value.reveal()).toString()]));
}

const MARK = specMark(PASSWORD);

describe('a generated value', () => {
  it.each<[string, Given, string, string | undefined]>([
    ['is drawn for a Secret that is not there', { live: null }, 'new password', 'drawn: password'],
    [
      'is drawn where its key is gone',
      { live: { other: '1' } },
      'new password',
      'drawn anew: password (it was not there)',
    ],
    ['stays where nothing is known of it', { live: { password: 'old' } }, 'old', undefined],
    [
      'stays, and somebody may even ask, where nothing is known of it',
      { live: { password: 'old' }, extras: { rotate: '1' } },
      'old',
      undefined,
    ],
    ['stays while the spec is the same', { live: { password: 'old' }, mark: `password=${MARK}` }, 'old', undefined],
    [
      'is drawn anew for another spec',
      { live: { password: 'old' }, mark: 'password=0123456789abcdef' },
      'new password',
      'drawn anew: password (Password shop/g was changed)',
    ],
    [
      'is drawn anew when somebody asks',
      { live: { password: 'old' }, mark: `password=${MARK}`, extras: { rotate: '1' } },
      'new password',
      'drawn anew: password (keyferry.dev/rotate)',
    ],
    ['stays when a mark is no mark of ours', { live: { password: 'old' }, mark: 'password=zz x' }, 'old', undefined],
    [
      'is drawn for nobody under creationPolicy None',
      { live: null, target: { creationPolicy: 'None' } },
      '',
      undefined,
    ],
    [
      'is drawn for no Secret that Merge would not make',
      { live: null, target: { creationPolicy: 'Merge' } },
      '',
      undefined,
    ],
  ])('%s', (_, given, value, drawn) => {
    const result = kept(given);
    expect(result.values).toEqual({ password: value });
    expect(result.drawn).toBe(drawn);
  });

  it('is not drawn again for the text that has asked, nor when that text is taken away', () => {
    const asked = kept({ live: { password: 'old' }, mark: `password=${MARK}`, extras: { rotate: '1' } });
    const again = kept({ live: { password: 'mine' }, mark: asked.marks, extras: { rotate: '1' } });
    expect(again).toEqual({ values: { password: 'mine' }, beside: {}, drawn: undefined, marks: asked.marks });
    expect(kept({ live: { password: 'mine' }, mark: again.marks })).toEqual(again);
  });

  it('stays when a key beside it is added, and only that one is drawn', () => {
    const spec = { ...PASSWORD, secretKeys: ['password', 'reader'] };
    const names = { password: 'password', reader: 'reader' };
    expect(kept({ spec, names, live: { password: 'old' }, mark: `password=${MARK}` })).toEqual({
      values: { password: 'old', reader: 'new reader' },
      beside: {},
      drawn: 'drawn anew: reader (it was not there)',
      marks: `password=${MARK} reader=${MARK}`,
    });
  });

  it('that is half of a key pair is drawn with the other half', () => {
    const names = { privateKey: 'privateKey', publicKey: 'publicKey' };
    expect(kept({ spec: PAIR, names, live: { publicKey: 'old' } }).values).toEqual({
      privateKey: 'new privateKey',
      publicKey: 'new publicKey',
    });
  });

  it('is found under the name that a rewrite gave it', () => {
    expect(kept({ names: { pw: 'password' }, live: { pw: 'old', password: 'other' } }).values).toEqual({ pw: 'old' });
  });
});

describe('keep-previous', () => {
  const mark = 'password=0123456789abcdef';

  it('moves earlier values on, the newest first, and lets the oldest go', () => {
    const live = { password: 'c', password_PREVIOUS: 'b', password_PREVIOUS_2: 'a' };
    expect(kept({ live, mark, extras: { keepPrevious: 2 } }).beside).toEqual({
      password_PREVIOUS: 'c',
      password_PREVIOUS_2: 'b',
    });
  });

  it('keeps them where nothing is drawn', () => {
    const live = { password: 'c', password_PREVIOUS: 'b' };
    expect(kept({ live, extras: { keepPrevious: 2 } }).beside).toEqual({ password_PREVIOUS: 'b' });
  });

  it('does not move them on when the value itself was gone', () => {
    const live = { password_PREVIOUS: 'b' };
    expect(kept({ live, extras: { keepPrevious: 2 } }).beside).toEqual({ password_PREVIOUS: 'b' });
  });

  it('keeps none where it does not ask for one', () => {
    expect(kept({ live: { password: 'c', password_PREVIOUS: 'b' }, mark }).beside).toEqual({});
  });
});

const TEMPLATE: TargetTemplate = {
  mergePolicy: 'Replace',
  labels: {},
  annotations: {},
  finalizers: [],
  data: {},
  templateFrom: [],
};
const LITERAL: TargetTemplate['templateFrom'][number] = {
  target: 'data',
  valuesDecodingStrategy: 'None',
  sources: [],
  literal: 'a: b',
};

describe('the place of a generated value', () => {
  it.each<[string, Partial<TargetTemplate> | undefined, string]>([
    ['is its key without a template', undefined, 'password'],
    ['is its key where a template has no data', {}, 'password'],
    ['is the key whose text is the value alone', { data: { pw: '{{ .password }}' } }, 'pw'],
    ['is that key with trim markers', { data: { pw: '{{- .password | toString -}}' } }, 'pw'],
    ['is hidden where the text is more than the value', { data: { dsn: 'x {{ .password }}' } }, '.keyferry.password'],
    ['is its key under mergePolicy Merge', { mergePolicy: 'Merge', data: { dsn: '{{ .password }}!' } }, 'password'],
    [
      'is hidden where a text is written over it',
      { mergePolicy: 'Merge', data: { password: 'x{{ .password }}' } },
      '.keyferry.password',
    ],
    [
      'is hidden where a ConfigMap may write over it',
      { mergePolicy: 'Merge', templateFrom: [LITERAL] },
      '.keyferry.password',
    ],
  ])('%s', (_, template, expected) => {
    const target = intent('db').target;
    const place = placeOf(
      template === undefined ? target : { ...target, template: { ...TEMPLATE, ...template } },
      'password',
    );
    expect(place).toBe(expected);
    expect(isHidden(place)).toBe(expected.startsWith('.keyferry.'));
  });

  it('holds what no template keeps', () => {
    const template = { ...TEMPLATE, data: { dsn: 'app:{{ .password }}' } };
    expect(kept({ live: { '.keyferry.password': 'old', dsn: 'app:old' }, target: { template } })).toEqual({
      values: { password: 'old' },
      beside: { '.keyferry.password': 'old' },
      drawn: undefined,
      marks: `password=${MARK}`,
    });
  });
});
