/** No cluster named: the ways that this command has, in words that cover an input that came out empty. */
import { describe, expect, it } from '@jest/globals';
import { runDeploy } from '../../src/wiring/installation.ts';
import { openCluster, openRealCluster } from '../../src/wiring/open-cluster.ts';
import type { RunContext } from '../../src/wiring/ports.ts';
import { parseSettings } from '../../src/core/settings/parse.ts';
import type { CommandName } from '../../src/core/model/command-names.ts';
import { PortError } from '../../src/ports/errors.ts';

const outsideOf = (environment: Readonly<Record<string, string>>) =>
  ({ environment: { HOME: '/nowhere', ...environment }, connectToAks: () => undefined }) as unknown as RunContext;

async function wordsOf(open: typeof openCluster | typeof openRealCluster, command: CommandName, flags: object) {
  const { settings } = parseSettings(command, flags as never, {});
  const error: unknown = await open(settings!, outsideOf({})).catch((reason: unknown) => reason);
  return error instanceof PortError ? error.message : error;
}

describe('a run without a cluster', () => {
  it.each([
    [
      'sync',
      openCluster,
      { filename: ['x'] },
      'no cluster was named: KUBECONFIG is not set, and there is no ~/.kube/config. Give --kubeconfig PATH, --aks-cluster ID, or --directory FOLDER: a folder that holds Secrets as YAML files.',
    ],
    [
      'deploy',
      openCluster,
      { filename: ['x'], engine: 'runner' },
      'no cluster was named: KUBECONFIG is not set, and there is no ~/.kube/config. Give --kubeconfig PATH, or --aks-cluster ID.',
    ],
    [
      'status',
      openRealCluster,
      {},
      'no cluster was named: KUBECONFIG is not set, and there is no ~/.kube/config. Give --kubeconfig PATH, or --aks-cluster ID.',
    ],
  ] as const)('is told the ways that the command has: %s', async (command, open, flags, expected) => {
    expect(await wordsOf(open, command, flags)).toBe(expected);
  });

  it('is told that before anything is said of the engine that would be installed', async () => {
    const { settings } = parseSettings('deploy', { filename: ['x'] }, {});
    const request = {
      settings: settings!,
      outside: outsideOf({ KEYFERRY_ENGINE: '/nowhere/engine.js' }),
      version: '1.0.0',
      base: () => Promise.reject(new Error('no base is asked for')),
    };
    await expect(runDeploy(request)).rejects.toThrow('no cluster was named');
  });

  it('is told which context was meant to choose', async () => {
    expect(await wordsOf(openRealCluster, 'status', { context: 'shop-prd' })).toBe(
      'no cluster was named: --context "shop-prd" chooses within a kubeconfig, and KUBECONFIG is not set, and there is no ~/.kube/config. Give --kubeconfig PATH, or --aks-cluster ID.',
    );
  });

  it('is told in a workflow that a variable may not be set', async () => {
    const { settings } = parseSettings('status', {}, {});
    await expect(openRealCluster(settings!, outsideOf({ GITHUB_ACTIONS: 'true' }))).rejects.toMatchObject({
      what: 'no cluster was named: --aks-cluster and --kubeconfig are absent, or empty, and KUBECONFIG is not set',
      fix: 'Give --kubeconfig PATH, or --aks-cluster ID. A variable that is not set is empty: look for vars.AKS_CLUSTER, or what it is called, in the repository and in the environment of this job.',
    });
  });
});
