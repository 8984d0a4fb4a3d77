/** One `find`: what it takes, and what keeps it from taking anything. */
import { describe, expect, it } from '@jest/globals';
import { messageText, say } from '../../../src/core/model/message.ts';
import type { FindEntry } from '../../../src/core/model/intent.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { ListedObject } from '../../../src/core/model/vault.ts';
import { Account, DEFAULT_LIMITS } from '../../../src/core/template/limits.ts';
import { assembleFind } from '../../../src/core/transform/assemble-find.ts';
import type { Fetched, FetchResult, LooseProblem } from '../../../src/core/transform/fetched.ts';
import { fittingNames } from '../../../src/core/transform/find.ts';
import { atOnce } from '../../builders/at-once.ts';
import { intent } from '../../builders/index.ts';
import { TEMPLATE_ENVIRONMENT } from '../../builders/template-environment.ts';

const FORBIDDEN: LooseProblem = { severity: 'error', code: 'forbidden', what: 'may not be read', fix: 'Ask.' };
const THROTTLED: LooseProblem = { severity: 'warning', code: 'slow', what: 'was slow', fix: 'Wait.' };
const ENTRY: FindEntry = {
  kind: 'find',
  index: 0,
  store: { kind: 'SecretStore', name: 'kv' },
  find: {
    nameRegexp: '^d',
    tags: {},
    conversionStrategy: 'Default',
    decodingStrategy: 'None',
    nullBytePolicy: 'Ignore',
  },
  rewrite: [],
};

const listed = (name: string): ListedObject => ({ name, enabled: true, tags: new Map(), attributes: {} });

/** `null`: a secret without a value. */
type Vault = Readonly<Record<string, string | LooseProblem | null | undefined>>;

function resultOf(content: Vault[string]): FetchResult {
  if (content === undefined) return { kind: 'absent' };
  if (content === null) return { kind: 'found', object: { value: undefined, tags: new Map(), attributes: {} } };
  if (typeof content !== 'string') return { kind: 'failed', problem: content };
  return { kind: 'found', object: { value: SecretValue.ofText(content), tags: new Map(), attributes: {} } };
}

/** What becomes of `^d` in this vault. */
function found(
  vault: Vault,
  parts: Partial<Pick<Fetched, 'list' | 'fittingNames'> & FindEntry> & { deletionPolicy?: 'Retain' | 'Delete' } = {},
) {
  const { list, fittingNames: fitting, deletionPolicy = 'Retain' as const, ...entry } = parts;
  const items = Object.keys(vault).map(listed);
  const fetched: Fetched = {
    generated: () => ({ kind: 'generated', values: new Map() }),
    nowSeconds: 0,
    list: list ?? (() => ({ kind: 'listed', items })),
    get: (_store, { name }) => resultOf(vault[name]),
    fittingNames: fitting ?? (({ find: { nameRegexp } }) => atOnce(fittingNames(items, nameRegexp))),
    storeProblem: () => undefined,
    keySyntax: () => 'azurekv',
    describe: () => 'vault kv-main',
  };
  const target = { ...intent('db').target, deletionPolicy };
  const context = {
    intent: { ...intent('db'), target },
    fetched,
    environment: TEMPLATE_ENVIRONMENT,
    account: new Account(DEFAULT_LIMITS),
  };
  const outcome = assembleFind({ ...context, entry: { ...ENTRY, ...entry } });
  if (outcome.kind === 'absent' || outcome.kind === 'left-out') return outcome;
  const told = (outcome.kind === 'values' ? outcome.warnings : outcome.problems).map(({ severity, field, what }) =>
    messageText(say`${severity} ${field ?? 'undefined'} ${what}`),
  );
  const values = outcome.kind === 'values' ? outcome.values : new Map<string, SecretValue>();
  const texts = Object.fromEntries([...values].map(([key, value]) => [key, Buffer.from(value.reveal()).toString()]));
  return { kind: outcome.kind, texts, told };
}

const AT = 'spec.dataFrom[0].find';

describe('a find', () => {
  it('takes what matches, under its own name', () => {
    expect(found({ d1: 'one', d2: 'two', other: 'x' })).toEqual({
      kind: 'values',
      texts: { d1: 'one', d2: 'two' },
      told: [],
    });
  });

  it('passes over a secret without a value', () => {
    expect(found({ d1: 'one', d2: null })).toEqual({ kind: 'values', texts: { d1: 'one' }, told: [] });
  });

  it('warns where nothing matches, and takes nothing', () => {
    expect(found({ other: 'x' })).toEqual({
      kind: 'values',
      texts: {},
      told: [expect.stringMatching(/^warning spec\.dataFrom\[0\]\.find matches none of 1 secrets? in vault kv-main/u)],
    });
  });

  it('is not read where the vault does not list', () => {
    expect(found({ d1: 'one' }, { list: () => ({ kind: 'failed', problem: FORBIDDEN }) })).toEqual({
      kind: 'unreadable',
      texts: {},
      told: [`error ${AT} may not be read`],
    });
  });

  it('is not read where one match is not, whatever else is gone', () => {
    expect(found({ d1: 'one', d2: FORBIDDEN, d3: undefined })).toEqual({
      kind: 'unreadable',
      texts: {},
      told: [`error ${AT} may not be read`],
    });
  });

  it('is not read where a match is gone, under Retain', () => {
    expect(found({ d1: 'one', d2: undefined })).toEqual({
      kind: 'unreadable',
      texts: {},
      told: [`error ${AT} matched "d2", which was deleted from vault kv-main before it could be read`],
    });
  });

  it('leaves out a match that is gone, under Delete, and passes on what a read warns of', () => {
    expect(found({ d1: 'one', d2: undefined }, { deletionPolicy: 'Delete' })).toEqual({
      kind: 'values',
      texts: { d1: 'one' },
      told: [`warning ${AT} matched "d2", deleted from vault kv-main before it could be read and left out`],
    });
    expect(found({ d1: 'one', d2: THROTTLED }, { deletionPolicy: 'Delete' })).toEqual({
      kind: 'values',
      texts: { d1: 'one' },
      told: [`warning ${AT} was slow`],
    });
  });

  it('fails where its pattern is too large for the names that there are', () => {
    expect(found({ d1: 'one', d2: 'two' }, { fittingNames: () => 'too-costly' })).toEqual({
      kind: 'failed',
      texts: {},
      told: [`error ${AT}.name.regexp is too large a pattern to search the names of 2 secrets in vault kv-main`],
    });
  });

  it('fails where a rewrite makes a name that no Secret takes', () => {
    const rewrite = [{ kind: 'regexp' as const, source: 'd.', target: 'same name' }];
    expect(found({ d1: 'one' }, { rewrite })).toEqual({
      kind: 'failed',
      texts: {},
      told: [`error ${AT} has the key "same name" with " ", which a Secret key cannot hold`],
    });
  });
});
