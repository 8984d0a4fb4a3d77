import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';

describe('parseDocuments', () => {
  it('knows the line of each field, also inside lists and behind aliases', () => {
    const text = ['a: &shared', '  b: 1', 'list:', '  - x: 1', '  - y: 2', 'c: *shared'].join('\n');
    const { documents } = parseDocuments('m.yaml', text);
    const lines = [['a', 'b'], ['list', 1, 'y'], ['list', 0], ['c', 'b'], ['absent']].map(
      (path) => documents[0]?.locate(path)?.line,
    );
    expect(lines).toEqual([2, 5, 4, 2, 1]);
  });

  it('reads the documents around one that is not YAML', () => {
    const text = 'kind: A\n---\nb: [1, 2\nc: "external-secrets.io\n---\nkind: C\n';
    const { documents, problems } = parseDocuments('m.yaml', text);
    expect(documents[0]?.value).toEqual({ kind: 'A' });
    expect(problems[0]).toMatchObject({
      severity: 'error',
      code: 'unreadable-document',
      fix: 'Mend it at this line; the other documents were read.',
    });
  });

  it('calls a Helm template by its name and does not hold it against the run', () => {
    const { documents, problems } = parseDocuments('t.yaml', 'kind: A\n---\nx: {{ .Values.x }}: 1\n---\nkind: B\n');
    expect(documents.map(({ value }) => value)).toEqual([{ kind: 'A' }, { kind: 'B' }]);
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'unreadable-document',
        origin: { file: 't.yaml', line: 3 },
        what: 'this document is not YAML yet: it holds "{{", as a Helm template does',
        fix: 'Render it first: helm template … | keyferry … -f -',
      },
    ]);
  });

  it('is an error when the Helm template holds External Secrets', () => {
    const text = 'apiVersion: external-secrets.io/v1\nmetadata: {name: {{ .x }}}\n  bad: 1\n';
    expect(parseDocuments('t.yaml', text).problems.map(({ severity }) => severity)).toEqual(['error']);
  });

  it('takes the items of a List as documents of their own, each with its own line', () => {
    const { documents } = parseDocuments('l.yaml', 'kind: List\nitems:\n  - kind: A\n  - kind: B\n');
    expect(documents.map(({ value, origin }) => [value, origin?.line])).toEqual([
      [{ kind: 'A' }, 3],
      [{ kind: 'B' }, 4],
    ]);
  });

  it('leaves out empty documents and comments', () => {
    expect(parseDocuments('e.yaml', '# nothing\n---\n---\n# more\n')).toEqual({ documents: [], problems: [] });
  });

  it('refuses aliases that multiply beyond reason instead of filling the memory', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    const text = ['l0: &l0 [x, x, x, x, x, x, x, x, x]', ...levels].join('\n');
    const { documents, problems } = parseDocuments('bomb.yaml', text);
    expect(documents).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['unreadable-document']);
  });

  it('never repeats what a broken document holds', () => {
    const { problems } = parseDocuments('m.yaml', 'password: "hunter2\n: [');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});
