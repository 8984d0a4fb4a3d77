import { describe, expect, it } from '@jest/globals';
import { fillPlaceholders } from '../../../src/core/api/placeholders.ts';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { problemText } from '../../../src/core/model/problem.ts';

function filled(text: string, values: Readonly<Record<string, string>>) {
  const { documents, problems } = fillPlaceholders(parseDocuments('store.yaml', text).documents, values);
  return { values: documents.map(({ value }) => value), problems: problems.map(problemText) };
}

describe('fillPlaceholders', () => {
  it('fills keys and texts anywhere, several in one text', () => {
    const text = 'a: ["${HOST}:${PORT}", 1]\n"${NAME}": {b: "x-${HOST}"}\n';
    expect(filled(text, { HOST: 'db', PORT: '5432', NAME: 'c' })).toEqual({
      values: [{ a: ['db:5432', 1], c: { b: 'x-db' } }],
      problems: [],
    });
  });

  it('cannot be used to change the structure', () => {
    expect(filled('a: ${X}\n', { X: '{b: 1}\nc: 2' }).values).toEqual([{ a: '{b: 1}\nc: 2' }]);
  });

  it('leaves groups of patterns, small letters and escaped placeholders', () => {
    expect(filled('a: ${1} ${name} $${NAME} $NAME\n', {}).values).toEqual([{ a: '${1} ${name} ${NAME} $NAME' }]);
  });

  it('names each placeholder without a value with its field and line', () => {
    expect(filled('a: 1\nb:\n  - c: ${toString} ${VAULT}\n', {}).problems).toEqual([
      'b[0].c holds the placeholder ${VAULT}, which has no value. Give it in --values, or write $${VAULT} where the text is meant. (store.yaml:3)',
    ]);
  });
});
