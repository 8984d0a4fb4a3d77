/** The page of template functions, and the example of every function on it. */
import { describe, expect, it } from '@jest/globals';
import {
  BUILTIN_FUNCTIONS,
  templateFunctionsReference,
  type DescribedFunction,
} from '../../scripts/template-functions.ts';
import { FUNCTIONS } from '../../src/core/template/functions/index.ts';
import { parseTemplate } from '../../src/core/template/template.ts';
import { TemplateProblem } from '../../src/core/template/template-problem.ts';
import { fromUtf8, stringMapOf, toUtf8Text } from '../../src/core/template/values.ts';
import { TEMPLATE_ENVIRONMENT } from '../builders/template-environment.ts';
import { pages } from './pages.ts';

function printed({ example }: DescribedFunction): string {
  const template = parseTemplate('example', fromUtf8(example.template), FUNCTIONS);
  if (template instanceof TemplateProblem) return toUtf8Text(template.message);
  const data = Object.entries(example.data ?? {}).map(([key, text]) => [fromUtf8(key), fromUtf8(text)] as const);
  const result = template.execute(stringMapOf(data), { environment: TEMPLATE_ENVIRONMENT, missingKey: 'error' });
  return toUtf8Text(typeof result === 'string' ? result : result.message);
}

describe('docs/reference/template-functions.md', () => {
  const page = pages().find(({ file }) => file === 'docs/reference/template-functions.md');

  it('is what npm run docs writes', () => {
    expect(page?.text).toBe(templateFunctionsReference());
  });

  it('lists every function that a template can call', () => {
    const headings = [...(page?.text ?? '').matchAll(/^### (\S+)$/gm)].map(([, name]) => name);
    const known = [...FUNCTIONS.keys(), ...BUILTIN_FUNCTIONS.map(({ name }) => name)];
    expect(headings.toSorted()).toEqual(known.toSorted());
  });
});

describe('the example of', () => {
  it.each([...FUNCTIONS.values(), ...BUILTIN_FUNCTIONS].map((one) => [one.name, one] as const))(
    '%s prints what the manual says',
    (_name, one) => {
      if ('prints' in one.example) expect(printed(one)).toBe(one.example.prints);
      else expect(printed(one)).toMatch(one.example.matches);
    },
  );
});
