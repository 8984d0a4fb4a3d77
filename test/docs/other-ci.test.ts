/** Jobs of other CI systems in the manual: the commands and variables in them exist, and the token is handed over. */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readArguments } from '../../src/cli/arguments.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { parseSettings } from '../../src/core/settings/parse.ts';
import { variableOf, type Setting } from '../../src/core/settings/setting.ts';
import { SETTINGS } from '../../src/core/settings/table.ts';
import { blocksOf, pages } from './pages.ts';

interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
}

interface PipelinesStep {
  readonly inputs: { readonly inlineScript: string };
  readonly env: Readonly<Record<string, string>>;
}

interface GitLabJob {
  readonly id_tokens: Readonly<Record<string, { readonly aud: string }>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
}

const BLOCKS = pages().flatMap((page) =>
  blocksOf(page)
    .filter(({ language, text }) => language === 'yaml' && /^\s+(?:- task|id_tokens):/mu.test(text))
    .map(({ line, text }) => ({ place: `${page.file}:${line}`, block: parse(text) as object })),
);

function jobOf(block: object): Job {
  if ('steps' in block) {
    const [step] = block.steps as readonly [PipelinesStep];
    return { variables: step.env, commands: [step.inputs.inlineScript] };
  }
  const [job] = Object.values(block) as [GitLabJob];
  return { variables: job.variables, commands: job.script };
}

describe('jobs of other CI systems in the manual', () => {
  it('are found', () => {
    expect(BLOCKS).toHaveLength(2);
  });

  it.each(BLOCKS.map(({ place, block }) => [place, jobOf(block)] as const))('are accepted: %s', (_place, job) => {
    const faults = job.commands.flatMap((line) => {
      const read = readArguments(line.split(' ').slice(1));
      if (read.kind !== 'run') return [`no command: ${line}`];
      return parseSettings(read.command, read.flags, job.variables).problems.map(problemText);
    });
    expect(faults).toEqual([]);
  });

  it.each(BLOCKS.map(({ place, block }) => [place, jobOf(block)] as const))('set what there is: %s', (_place, job) => {
    const known = SETTINGS.map((setting: Setting) => variableOf(setting));
    const ours = Object.keys(job.variables).filter((name) => name.startsWith('KEYFERRY_'));
    expect(ours.filter((name) => !known.includes(name))).toEqual([]);
    expect(ours.length).toBeGreaterThan(0);
  });

  it('hand over the token of the job', () => {
    const [pipelines, gitlab] = BLOCKS.map(({ block }) => block);
    expect(jobOf(pipelines!).variables['SYSTEM_ACCESSTOKEN']).toBe('$(System.AccessToken)');
    const [job] = Object.values(gitlab!) as [GitLabJob];
    expect(job.id_tokens[job.variables['KEYFERRY_TOKEN_VARIABLE']!]).toEqual({ aud: 'api://AzureADTokenExchange' });
  });
});
