import { describe, expect, it } from '@jest/globals';
import { validationAsMarkdown, type Validation } from '../../../src/core/report/validation.ts';

const validation: Validation = { stores: 1, externalSecrets: 2, pushSecrets: 0, refused: 0, foreign: 0, problems: [] };

describe('validationAsMarkdown', () => {
  it('counts what is valid', () => {
    expect(validationAsMarkdown(validation)).toBe(
      '### Keyferry: validate\n\n1 store and 2 ExternalSecrets are valid: 0 errors, 0 warnings.\n',
    );
  });

  it('counts PushSecrets where there are some', () => {
    expect(validationAsMarkdown({ ...validation, pushSecrets: 3 })).toBe(
      '### Keyferry: validate\n\n1 store, 2 ExternalSecrets and 3 PushSecrets are valid: 0 errors, 0 warnings.\n',
    );
  });

  it('lists problems by line, with nothing in them that Markdown reads as more than text', () => {
    const problem = { severity: 'error', code: 'x', what: 'is "<img src=x>\n# *b*"', fix: 'Change it.' } as const;
    const at = (line: number) => ({ ...problem, origin: { file: 'a_b.yaml', line } });
    expect(validationAsMarkdown({ ...validation, refused: 1, problems: [at(9), at(3)] })).toBe(
      [
        '### Keyferry: validate',
        '',
        '- **error** is "\\<img src=x\\>\\\\n# \\*b\\*". Change it.',
        '  - a\\_b.yaml:3',
        '  - a\\_b.yaml:9',
        '',
        '1 store and 2 ExternalSecrets are valid, 1 object refused: 2 errors, 0 warnings.',
        '',
      ].join('\n'),
    );
  });

  it('tells what a broken store has wrong before the ExternalSecrets that cannot use it', () => {
    const error = { severity: 'error', what: 'is wrong', fix: 'Change it.' } as const;
    const cause = { ...error, code: 'bad-url', origin: { file: 'z.yaml', line: 9 } };
    const consequence = { ...error, code: 'store-refused', origin: { file: 'a.yaml', line: 1 } };
    expect(validationAsMarkdown({ ...validation, problems: [consequence, cause] })).toContain(
      '- **error** is wrong. Change it. (z.yaml:9)\n- **error** is wrong. Change it. (a.yaml:1)\n',
    );
  });
});
