/** Workflows of the manual that use the action: its inputs and outputs are there, and the job may do what it must. */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { combinationProblems } from '../../src/action/combinations.ts';
import { ACTION_INPUTS, ACTION_OUTPUTS, inputName, type ActionCommand } from '../../src/action/input-table.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { parseSettings } from '../../src/core/settings/parse.ts';
import { settingsOf } from '../../src/core/settings/table.ts';
import { blocksOf, pages } from './pages.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

interface Workflow {
  readonly on: unknown;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const WORKFLOWS = pages().flatMap((page) =>
  blocksOf(page)
    .filter(({ language, text }) => language === 'yaml' && /^jobs:$/mu.test(text))
    .map(({ line, text }) => ({ place: `${page.file}:${line}`, text, workflow: parse(text) as Workflow })),
);
const WITH_ACTION = WORKFLOWS.filter(({ workflow }) => actionSteps(workflow).length > 0);

describe('workflows of the manual', () => {
  it('are found', () => {
    expect(WITH_ACTION.length).toBeGreaterThan(2);
  });

  it.each(WITH_ACTION.map(({ place, workflow }) => [place, workflow] as const))(
    'give the action inputs that it takes: %s',
    (_place, workflow) => {
      expect(actionSteps(workflow).flatMap(faultsOf)).toEqual([]);
    },
  );

  it.each(WITH_ACTION.map(({ place, text }) => [place, text] as const))(
    'use outputs that there are: %s',
    (_place, text) => {
      const used = [...text.matchAll(/steps\.[\w-]+\.outputs\.([\w-]+)/gu)].map(([, name]) => name);
      const names = ACTION_OUTPUTS.map(({ name }) => name);
      expect(used.filter((name) => !names.includes(name ?? ''))).toEqual([]);
    },
  );

  it.each(WITH_ACTION.map(({ place, workflow }) => [place, workflow] as const))(
    'apply nothing where an approved plan got lost: %s',
    (_place, workflow) => {
      const applies = actionSteps(workflow).filter((step) => step.with?.['plan-fingerprint'] !== undefined);
      expect(applies.filter((step) => step.with?.['require-plan-fingerprint'] !== true)).toEqual([]);
    },
  );

  it.each(WITH_ACTION.map(({ place, workflow }) => [place, workflow] as const))(
    'may ask for an ID token where they log in, and only there: %s',
    (_place, workflow) => {
      const steps = actionSteps(workflow).map((step) => step.with ?? {});
      const logsIn = steps.some((given) => given['command'] !== 'validate' && given['plan-level'] !== 'offline');
      const comments = workflow.on === 'pull_request' && steps.some((given) => given['command'] === 'plan');
      expect(workflow.permissions).toEqual({
        contents: 'read',
        ...(logsIn ? { 'id-token': 'write' } : {}),
        ...(comments ? { 'pull-requests': 'write' } : {}),
      });
    },
  );
});

function actionSteps({ jobs }: Workflow): readonly Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps.filter(({ uses = '' }) => /\/keyferry@/u.test(uses)));
}

const CLUSTER =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c';

const ID = '00000000-0000-0000-0000-000000000000';
const STANDS_FOR: Readonly<Record<string, string>> = {
  'aks-cluster': CLUSTER,
  'azure-client-id': ID,
  'azure-tenant-id': ID,
};

/**
 * Values from expressions are not known here, and count as some text; those of a cluster and of ids as some of these. A choice is left
 * to what it comes to.
 */
function faultsOf(step: Step): readonly string[] {
  const given = Object.entries(step.with ?? {}).map(
    ([name, value]) => [name, STANDS_FOR[name] ?? String(value)] as const,
  );
  const unknown = given.filter(([name]) => !ACTION_INPUTS.some((input) => input.name === name));
  const command = String(step.with?.['command'] ?? 'deploy') as ActionCommand;
  const flags = settingsOf(command).flatMap((setting) => {
    const value = given.find(([name]) => name === inputName(setting))?.[1];
    const isLater = setting.kind === 'choice' && value?.startsWith('${{') === true;
    return value === undefined || isLater ? [] : [[setting.name, value] as const];
  });
  const { problems } = parseSettings(command, Object.fromEntries(flags), {});
  const isOpen = (value: string) => value.startsWith('${{');
  const combined = combinationProblems(
    command,
    (name) => given.find(([one, to]) => one === name && !isOpen(to))?.[1] ?? '',
  );
  return [...unknown.map(([name]) => `${name} is no input`), ...[...problems, ...combined].map(problemText)];
}
