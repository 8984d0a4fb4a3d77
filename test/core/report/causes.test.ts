import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/core/model/problem.ts';
import { causesAsText, causesOf } from '../../../src/core/report/causes.ts';
import { asRows, byPlace, told } from '../../../src/core/report/problems.ts';
import { problemsAsMarkdown } from '../../../src/core/report/markdown.ts';
import { PLAIN } from '../../../src/core/report/text-table.ts';

const NO_TOKEN = {
  severity: 'error',
  code: 'provider-no-token',
  field: 'spec.data[0].remoteRef.key',
  what: 'this job may not ask GitHub for an ID token',
  hasSubject: true,
  fix: 'Add permissions to the job.',
} as const;

function of(name: string, problem: Partial<Problem> = {}, line = 9): Problem {
  const at = { kind: 'ExternalSecret', namespace: 'shop', name };
  return { ...NO_TOKEN, at, origin: { file: 'all.yaml', line }, ...problem };
}

const text = (problems: readonly Problem[], width?: number) =>
  causesAsText(problems.map(told), width === undefined ? PLAIN : { ...PLAIN, width });

describe('problems of one cause', () => {
  it('are told once, with the objects below, not more than five', () => {
    const problems = Array.from({ length: 33 }, (_, index) => of(`es-${index}`, {}, index + 1));
    expect(text(problems)).toBe(
      [
        '  error    33 ExternalSecrets: this job may not ask GitHub for an ID token. Add permissions to the job.',
        '           ExternalSecret shop/es-0: spec.data[0].remoteRef.key (all.yaml:1)',
        '           ExternalSecret shop/es-1: spec.data[0].remoteRef.key (all.yaml:2)',
        '           ExternalSecret shop/es-2: spec.data[0].remoteRef.key (all.yaml:3)',
        '           ExternalSecret shop/es-3: spec.data[0].remoteRef.key (all.yaml:4)',
        '           ExternalSecret shop/es-4: spec.data[0].remoteRef.key (all.yaml:5)',
        '           … and 28 more',
      ].join('\n'),
    );
  });

  it('are one where a service names the secret that was asked for, which then stands with its place', () => {
    const denied = (name: string) => of(name, { what: `identity 6f may not read secret "${name}" in vault kv` });
    expect(text([denied('db'), denied('mail')])).toBe(
      [
        '  error    2 ExternalSecrets: identity 6f may not read secret … in vault kv. Add permissions to the job.',
        '           ExternalSecret shop/db: spec.data[0].remoteRef.key "db" (all.yaml:9)',
        '           ExternalSecret shop/mail: spec.data[0].remoteRef.key "mail" (all.yaml:9)',
      ].join('\n'),
    );
  });

  it('are one where only the command to copy names another object', () => {
    const denied = (name: string) =>
      of(name, {
        what: `cluster c does not let "u" patch "${name}"`,
        fix: `Run kubectl create role --resource-name=${name}.`,
      });
    expect(causesOf([denied('db'), denied('mail')].map(told)).map((cause) => cause.text)).toEqual([
      '2 ExternalSecrets: cluster c does not let "u" patch …. Run kubectl create role --resource-name=db.',
    ]);
  });

  it('of one object name its fields', () => {
    expect(text([of('db'), of('db', { field: 'spec.data[1].remoteRef.key' }, 12)])).toBe(
      [
        '  error    ExternalSecret shop/db: this job may not ask GitHub for an ID token. Add permissions to the job.',
        '           spec.data[0].remoteRef.key (all.yaml:9)',
        '           spec.data[1].remoteRef.key (all.yaml:12)',
      ].join('\n'),
    );
  });

  it('are two where what is to be mended is another thing', () => {
    const absent = (name: string) => {
      const { severity, code, at, field, fix } = { ...NO_TOKEN, ...of(name), field: NO_TOKEN.field };
      return { severity, code, at: at!, field, what: `"${name}" does not exist in vault kv`, fix };
    };
    expect(causesOf([absent('db'), absent('mail')].map(told))).toHaveLength(2);
  });

  it('are one list in Markdown', () => {
    expect(problemsAsMarkdown([of('db'), of('mail')])).toBe(
      [
        '- **error** 2 ExternalSecrets: this job may not ask GitHub for an ID token. Add permissions to the job.',
        '  - ExternalSecret shop/db: spec.data\\[0\\].remoteRef.key (all.yaml:9)',
        '  - ExternalSecret shop/mail: spec.data\\[0\\].remoteRef.key (all.yaml:9)',
      ].join('\n'),
    );
  });
});

describe('a message', () => {
  it('is one line where there is no terminal', () => {
    expect(text([of('db', { fix: 'word '.repeat(60).trim() })])).not.toContain('\n');
  });

  it('wraps on a terminal, its further lines below the first word', () => {
    expect(text([of('db')], 80)).toBe(
      [
        '  error    ExternalSecret shop/db: spec.data[0].remoteRef.key: this job may not',
        '           ask GitHub for an ID token. Add permissions to the job. (all.yaml:9)',
      ].join('\n'),
    );
  });

  it('shows lines that it quotes below it, each for itself', () => {
    expect(text([of('db', { quoted: ['{"a":1}', '::error::x', 'b\nc'] })])).toBe(
      [
        '  error    ExternalSecret shop/db: spec.data[0].remoteRef.key: this job may not ask GitHub for an ID token. Add permissions to the job. (all.yaml:9)',
        '           {"a":1}',
        '           : :error::x',
        '           b\\nc',
      ].join('\n'),
    );
  });
});

describe('the order of problems', () => {
  it('is that of the rows beside a table, numbers as people count', () => {
    const store: Problem = { ...of('kv'), at: { kind: 'SecretStore', namespace: 'shop', name: 'kv' } };
    const { severity, code, what, fix } = NO_TOKEN;
    const document = { severity, code, what, fix };
    const problems: readonly Problem[] = [of('es-10', {}, 1), of('es-2', {}, 3), store, document];
    const names = problems.toSorted(asRows).map(({ at }) => at?.name);
    expect(names).toEqual([undefined, 'kv', 'es-2', 'es-10']);
  });

  it('is that of the file where only the manifests are checked', () => {
    const problems = [of('es-2', {}, 3), of('es-10', {}, 1)];
    expect(problems.toSorted(byPlace).map(({ at }) => at?.name)).toEqual(['es-10', 'es-2']);
  });
});
