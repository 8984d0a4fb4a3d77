import { describe, expect, it } from '@jest/globals';
import { win32 } from 'node:path';
import { annotated, fileInRepository } from '../../src/action/annotations.ts';
import { stepFailure } from '../../src/action/step-failure.ts';
import type { WordedProblem } from '../../src/core/report/worded.ts';

describe('fileInRepository', () => {
  it('takes paths of Windows as GitHub knows them', () => {
    expect(fileInRepository('deploy\\secrets\\a.yaml', 'D:\\a\\shop', win32)).toBe('deploy/secrets/a.yaml');
    expect(fileInRepository('D:\\a\\shop\\deploy\\a.yaml', 'D:\\a\\shop', win32)).toBe('deploy/a.yaml');
  });

  it('leaves other paths as they are', () => {
    expect(fileInRepository('deploy/a.yaml', '/home/runner/shop')).toBe('deploy/a.yaml');
    expect(fileInRepository('/home/runner/shop/deploy/a.yaml', '/home/runner/shop')).toBe('deploy/a.yaml');
    expect(fileInRepository('deploy/a.yaml', '')).toBe('deploy/a.yaml');
    expect(fileInRepository('../shop/a.yaml', '/home/runner/shop')).toBe('a.yaml');
  });

  it.each([
    ['../a.yaml', '/home/runner/shop'],
    ['/home/runner/a.yaml', '/home/runner/shop'],
    ['/home/runner/a.yaml', ''],
  ])('is none for a file outside of it: %s', (file, workspace) => {
    expect(fileInRepository(file, workspace)).toBeUndefined();
  });

  it('is none on another drive', () => {
    expect(fileInRepository('C:\\temp\\a.yaml', 'D:\\a\\shop', win32)).toBeUndefined();
  });
});

describe('the failure of a step', () => {
  const of = (name: string): WordedProblem => ({
    severity: 'error',
    code: 'c',
    text: `ExternalSecret shop/${name}: is wrong. Mend it.`,
    at: { kind: 'ExternalSecret', namespace: 'shop', name },
    what: 'is wrong',
    fix: 'Mend it.',
    origin: { file: 'a.yaml', line: 1 },
  });
  const outcome = { looked: ['ExternalSecret shop/a', 'ExternalSecret shop/b'] };
  const document: WordedProblem = { severity: 'error', code: 'd', text: 'x', origin: { file: 'a.yaml', line: 9 } };
  const stopped: WordedProblem = { severity: 'error', code: 's', text: 'the plan deletes too much. Look at it.' };

  it.each([
    ['what failed', [of('b')], '1 of 2 ExternalSecrets failed; see the annotations and the summary.'],
    [
      'also what was never looked at',
      [of('c'), of('c')],
      '1 of 3 ExternalSecrets failed; see the annotations and the summary.',
    ],
    ['documents', [document], '1 error; see the annotations and the summary.'],
    [
      'both',
      [of('a'), document, document],
      '1 of 2 ExternalSecrets failed, 2 other errors; see the annotations and the summary.',
    ],
  ])('counts %s', (_what, problems, text) => {
    expect(stepFailure({ ...outcome, problems })).toBe(text);
  });

  it('counts PushSecrets apart', () => {
    const push = { ...of('p'), at: { kind: 'PushSecret', namespace: 'shop', name: 'p' } };
    const looked = [...outcome.looked, 'PushSecret shop/p', 'PushSecret shop/q'];
    expect(stepFailure({ looked, problems: [of('a'), push, document] })).toBe(
      '1 of 2 ExternalSecrets failed, 1 of 2 PushSecrets failed, 1 other error; see the annotations and the summary.',
    );
    expect(stepFailure({ looked, problems: [push] })).toBe(
      '1 of 2 PushSecrets failed; see the annotations and the summary.',
    );
  });

  it('is in its own words what concerns the whole run', () => {
    expect(stepFailure({ ...outcome, problems: [stopped] })).toBe(stopped.text);
    expect(stepFailure({ ...outcome, problems: [of('a'), stopped] })).toBe(
      `${stopped.text} 1 of 2 ExternalSecrets failed; see the annotations and the summary.`,
    );
  });

  it('is none where there are warnings only', () => {
    expect(stepFailure({ ...outcome, problems: [{ ...of('a'), severity: 'warning' }] })).toBeUndefined();
  });
});

describe('annotations', () => {
  const problem = (cause: string, name: string, field: string): WordedProblem => ({
    severity: 'error',
    code: 'c',
    text: `${cause} ${name} ${field}`,
    at: { kind: 'ExternalSecret', namespace: 'shop', name },
    what: cause,
    hasSubject: true,
    field,
    fix: 'Mend it.',
  });

  it('are one for each object, the first of each cause before the others, nine at most', () => {
    const many = Array.from({ length: 33 }, (_, index) => problem('no token', `es-${index}`, 'f'));
    const problems = [...many, problem('no token', 'es-0', 'g'), problem('denied', 'x', 'f')];
    expect(annotated(problems, 'error').map(({ text }) => text)).toEqual([
      'no token es-0 f',
      'denied x f',
      ...Array.from({ length: 7 }, (_, index) => `no token es-${index + 1} f`),
    ]);
  });
});
