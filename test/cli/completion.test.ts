/** Completions as a shell makes them: bash itself reads the script. */
import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { COMMANDS } from '../../src/core/model/command-names.ts';
import { completionScript } from '../../src/core/settings/completion.ts';
import { settingsOf } from '../../src/core/settings/table.ts';
import { SHELLS } from '../../src/core/settings/words.ts';

/** What bash offers for the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const ask = `${completionScript('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _keyferry; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const text = execFileSync('bash', ['-c', ask, 'bash', 'keyferry', ...words], { encoding: 'utf8' });
  return text.split('\n').filter((line) => line !== '');
}

describe('keyferry completion bash', () => {
  it('offers commands, options of the command, and words that an option takes', () => {
    expect(offered('s')).toEqual(['sync', 'status', 'suspend', 'schema']);
    expect(offered('plan', '--plan')).toEqual(['--plan-level']);
    expect(offered('plan', '--output', '')).toEqual(['text', 'json', 'markdown']);
    expect(offered('uninstall', '--secrets', 'd')).toEqual(['delete']);
    expect(offered('completion', '')).toEqual([...SHELLS]);
    expect(offered('help', 'val')).toEqual(['validate']);
    expect(offered('schema', 'Ext')).toEqual(['ExternalSecret']);
  });

  it.each(COMMANDS)('offers every option of %s', (command) => {
    const options = settingsOf(command).map(({ name }) => `--${name}`);
    expect(offered(command, '--').toSorted()).toEqual([...options, '--help'].toSorted());
  });

  it('offers files where a path is meant', () => {
    expect(offered('plan', '-f', 'package.js')).toEqual(['package.json']);
  });
});

describe('keyferry completion', () => {
  it.each(SHELLS)('for %s names every command and option', (shell) => {
    const script = completionScript(shell);
    for (const command of COMMANDS) {
      expect(script).toContain(command);
      for (const { name } of settingsOf(command)) expect(script).toContain(name);
    }
  });

  it.each(['zsh', 'fish'] as const)('for %s is taken by that shell, where it is there', (shell) => {
    const checked = spawnSync(shell, ['-n'], { input: completionScript(shell), encoding: 'utf8' });
    expect(checked.error === undefined ? checked.stderr : '').toBe('');
  });
});
