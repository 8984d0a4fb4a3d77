import { describe, expect, it } from '@jest/globals';
import { readArguments } from '../../src/cli/arguments.ts';

describe('readArguments', () => {
  it.each([
    ['help plan', { kind: 'help', command: 'plan', form: 'long' }],
    ['plan help', { kind: 'help', command: 'plan', form: 'long' }],
    ['plan --help', { kind: 'help', command: 'plan', form: 'long' }],
    ['plan -h', { kind: 'help', command: 'plan', form: 'short' }],
    ['-h', { kind: 'help', form: 'short' }],
    ['--help', { kind: 'help', form: 'long' }],
    ['', { kind: 'help', form: 'long' }],
    ['help completion', { kind: 'help', form: 'long' }],
    ['-v', { kind: 'version', output: 'text' }],
    ['-V', { kind: 'version', output: 'text' }],
    ['version -o json', { kind: 'version', output: 'json' }],
    ['version --output=json', { kind: 'version', output: 'json' }],
    ['completion zsh', { kind: 'completion', shell: 'zsh' }],
    ['plan -f=a.yaml -f b.yaml', { kind: 'run', command: 'plan', flags: { filename: ['a.yaml', 'b.yaml'] } }],
    ['plan -f a=b.yaml --only=x/y', { kind: 'run', command: 'plan', flags: { filename: ['a=b.yaml'], only: ['x/y'] } }],
    ['plan --base==x', { kind: 'run', command: 'plan', flags: { base: ['=x'] } }],
  ])('reads %j', (line, expected) => {
    expect(readArguments(line === '' ? [] : line.split(' '))).toEqual(expected);
  });

  it.each([
    ['install', '"install" is not a command. Did you mean deploy?'],
    ['apply', '"apply" is not a command. Did you mean sync?'],
    ['diff', '"diff" is not a command. Did you mean plan?'],
    ['help plna', '"plna" is not a command. Did you mean plan?'],
    [
      'completion',
      'completion needs a shell. Give one of bash, zsh, fish, powershell, as in: source <(keyferry completion bash)',
    ],
    [
      'completion tcsh',
      '"tcsh" is no shell that completion knows. Give one of bash, zsh, fish, powershell, as in: source <(keyferry completion bash)',
    ],
    ['version --now', 'version does not take "--now". It takes --output json.'],
    [
      'plan -k overlays',
      '-k is not an option of plan. A kustomization is built by kustomize: kustomize build DIR | keyferry plan -f -',
    ],
    ['status -k', '-k is not an option of status. See keyferry status -h.'],
  ])('explains %j', (line, text) => {
    const read = readArguments(line.split(' '));
    expect(read.kind === 'wrong' && `${read.what}. ${read.fix}`).toBe(text);
  });
});
