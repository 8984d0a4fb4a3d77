/** Inputs beside a command that does not take them: what is passed over, and what is refused. */
import { describe, expect, it } from '@jest/globals';
import { combinationProblems } from '../../src/action/combinations.ts';
import {
  ACTION_COMMANDS,
  ACTION_INPUTS,
  inWordsOfTheAction,
  type ActionCommand,
} from '../../src/action/input-table.ts';
import { problemMessage } from '../../src/core/model/problem.ts';

/** As the runner gives them: every default of action.yml, and what was given. */
function problemsOf(command: ActionCommand, given: Readonly<Record<string, string>>): readonly string[] {
  const defaults = Object.fromEntries(ACTION_INPUTS.map(({ name, default: text = '' }) => [name, text]));
  const all: Readonly<Record<string, string>> = { ...defaults, ...given };
  return combinationProblems(command, (name) => all[name] ?? '').map((one) => inWordsOfTheAction(problemMessage(one)));
}

const DEPENDS = 'In a step whose command depends on the event, let this input depend on it too.';

describe('an input that the command does not take', () => {
  it.each([
    [
      'sync',
      { 'plan-level': 'metadata' },
      `the input plan-level cannot go with command: sync, for it would write, and not only plan. Use command: plan, or leave it out. ${DEPENDS}`,
    ],
    [
      'deploy',
      { 'plan-level': 'offline' },
      `the input plan-level cannot go with command: deploy, for it would write, and not only plan. Use command: plan, or leave it out. ${DEPENDS}`,
    ],
    [
      'uninstall',
      { only: 'shop/db' },
      'the input only cannot go with command: uninstall, for an installation is looked after as a whole. Leave it out. To take some away, take them out of the manifests and deploy.',
    ],
    [
      'plan',
      { engine: 'eso' },
      'the input engine eso is not built yet. Take the input engine cronjob, or the input engine runner, which installs nothing.',
    ],
    [
      'plan',
      { engine: 'Runner' },
      'the input engine is "Runner", which is not one of cronjob, runner, eso. Did you mean runner?',
    ],
    [
      'plan',
      { 'plan-fingerprint': 'full-1c0u0d-00' },
      `the input plan-fingerprint cannot go with command: plan, for nothing is applied. Give it to the step that applies what was approved, with command: deploy or sync. ${DEPENDS}`,
    ],
    [
      'sync',
      { 'cluster-rights': 'true' },
      'the input cluster-rights cannot go with command: sync, for this run has the rights of whoever logs in to the cluster. Leave it out, or use command: deploy.',
    ],
    [
      'sync',
      { 'service-account': 'shop' },
      'the input service-account cannot go with command: sync, for the vault is read with azure-client-id, and nothing is made in the cluster but Secrets. Leave it out, or use command: deploy.',
    ],
    [
      'sync',
      { refresh: 'true' },
      'the input refresh cannot go with command: sync, for only status takes it. Leave it out, or use command: status.',
    ],
    [
      'sync',
      { secrets: 'delete' },
      'the input secrets cannot go with command: sync, for only uninstall takes it. Leave it out, or use command: uninstall.',
    ],
    [
      'sync',
      { image: 'registry/node:24' },
      'the input image cannot go with command: sync, for only deploy and render take it. Leave it out, or use command: deploy or render.',
    ],
    [
      'deploy',
      { engine: 'runner', only: 'shop/db' },
      'the input only cannot go with command: deploy, for a deployment that knew some of the manifests would delete the Secrets of the others. Leave it out, or use command: sync.',
    ],
    [
      'deploy',
      { engine: 'runner', directory: 'preview' },
      'the input directory cannot go with command: deploy, for nothing can be installed in a folder. Use command: sync, or name a cluster.',
    ],
    [
      'deploy',
      { due: 'true' },
      'the input due cannot go with command: deploy, for a deployment looks at everything. Leave it out, or use command: sync.',
    ],
    [
      'uninstall',
      { namespace: 'shop' },
      'the input namespace cannot go with command: uninstall, for it is that of manifests, and not where the installation is. Give installation-namespace.',
    ],
    [
      'status',
      { engine: 'runner' },
      'the input engine cannot go with command: status, for only the engine cronjob installs something. Leave the step out, or deploy with engine: cronjob first.',
    ],
  ] as const)('is refused with the nearest right combination: %s %j', (command, given, expected) => {
    expect(problemsOf(command, given)).toEqual([expected]);
  });

  it.each([
    ['plan', { image: 'registry/node:24', 'wait-timeout': '60', 'cluster-rights': 'true', engine: 'runner' }],
    ['validate', { 'max-deletes': '3', 'aks-cluster': '/subscriptions/x', directory: 'preview', prune: 'true' }],
    ['sync', { base: 'before', 'wait-timeout': '60', engine: 'runner', comment: 'true' }],
    ['uninstall', { manifests: 'deploy', 'vault-url': 'https://kv-shop.vault.azure.net', memory: '1Gi' }],
    ['render', { 'aks-cluster': '/subscriptions/x', 'allow-downgrade': 'true' }],
  ] as const)('is passed over where a step shares it between events: %s %j', (command, given) => {
    expect(problemsOf(command, given)).toEqual([]);
  });

  it('is told now where it could not be taken in the other run either', () => {
    expect(problemsOf('plan', { 'wait-timeout': 'long' })).toEqual([
      'the input wait-timeout "long" is not a whole number. Use 0 or more.',
    ]);
  });

  it.each(ACTION_COMMANDS)('is none where everything is as action.yml has it: %s', (command) => {
    expect(problemsOf(command, {})).toEqual([]);
  });
});
