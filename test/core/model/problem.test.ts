import { describe, expect, it } from '@jest/globals';
import { problemText, type Problem } from '../../../src/core/model/problem.ts';

const PROBLEM: Problem = {
  severity: 'error',
  code: 'example',
  at: { kind: 'ExternalSecret', namespace: 'shop', name: 'db' },
  field: 'spec.data[0].remoteRef.key',
  origin: { file: 'db.yaml', line: 7 },
  what: 'is missing',
  fix: 'Add it.',
};

describe('problemText', () => {
  it('goes on from the field', () => {
    expect(problemText(PROBLEM)).toBe(
      'ExternalSecret shop/db: spec.data[0].remoteRef.key is missing. Add it. (db.yaml:7)',
    );
  });

  it('parts the field from a message with a subject of its own', () => {
    const what = 'vault kv-shop did not answer (ETIMEDOUT)';
    expect(problemText({ ...PROBLEM, what, hasSubject: true, fix: 'Run again later.' })).toBe(
      'ExternalSecret shop/db: spec.data[0].remoteRef.key: vault kv-shop did not answer (ETIMEDOUT). Run again later. (db.yaml:7)',
    );
  });

  it('needs neither object nor field', () => {
    expect(problemText({ severity: 'error', code: 'example', what: 'no cluster was named', fix: 'Name one.' })).toBe(
      'no cluster was named. Name one.',
    );
  });
});
