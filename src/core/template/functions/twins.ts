/** Functions that exist under two names. */
import type { FunctionExample, TemplateFunction } from '../function-table.ts';

/** The same function under another name. */
export function alias(original: TemplateFunction, name: string): TemplateFunction {
  return { ...original, name, example: renamed(original, name) };
}

/** A function and others that are the same. */
export function withAliases(original: TemplateFunction, ...names: readonly string[]): readonly TemplateFunction[] {
  return [original, ...names.map((name) => alias(original, name))];
}

/**
 * sprig: a function that panics has a twin that returns an error. In a template both fail, and with the same text; only
 * the signatures differ.
 */
export function withMust(original: TemplateFunction): readonly TemplateFunction[] {
  const name = `must${original.name.charAt(0).toUpperCase()}${original.name.slice(1)}`;
  const signature = original.signature.replace(/ ([^ ]+(?: \{\})?)$/, ' ($1, error)');
  return [original, { ...alias(original, name), signature, summary: `As ${original.name}.` }];
}

function renamed(original: TemplateFunction, name: string): FunctionExample {
  const template = original.example.template.replaceAll(new RegExp(`\\b${original.name}\\b`, 'g'), name);
  return { ...original.example, template };
}
