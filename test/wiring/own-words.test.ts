import { describe, expect, it } from '@jest/globals';
import { inWordsOf } from '../../src/wiring/own-words.ts';

const inWords = inWordsOf(({ name }) => `<${name}>`);

describe('inWordsOf', () => {
  it.each([
    ['run again with --force if this is meant', 'run again with <force> if this is meant'],
    ['(--prune deletes what they made)', '(<prune> deletes what they made)'],
    ['--max-deletes "ten" is not a whole number', '<max-deletes> "ten" is not a whole number'],
    ['--prune cannot go with --only', '<prune> cannot go with <only>'],
  ])('puts options into the words of the entry: %s', (text, own) => {
    expect(inWords(text)).toBe(own);
  });

  it.each([
    'kubectl get secret db --show-managed-fields',
    'Secret shop/my--only-secret',
    'a value---force',
    'az role assignment create --role "Key Vault Secrets User"',
    'Correct it: az aks list --query "[].id" --output tsv prints those that there are.',
    'kubectl create role NAME --verb=get -n shop; kubectl get secrets --namespace shop --context a.b',
  ])('leaves other programs and names alone: %s', (text) => {
    expect(inWords(text)).toBe(text);
  });

  it('goes on after a command of another program, and in other lines', () => {
    const text = 'az aks show --ids "a.b" --output tsv has it. Or give --force.\n--prune';
    expect(inWords(text)).toBe('az aks show --ids "a.b" --output tsv has it. Or give <force>.\n<prune>');
  });
});
