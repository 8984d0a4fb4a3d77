import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { findKubeconfig, isPipeline } from '../../src/wiring/kubeconfig.ts';
import { temporaryFolder, type TemporaryFolder } from '../contract/temporary-folder.ts';

describe('findKubeconfig', () => {
  let home: TemporaryFolder;
  let before: string;
  beforeEach(async () => {
    home = await temporaryFolder();
    before = process.cwd();
    await mkdir(join(home.path, '.kube'));
    await writeFile(join(home.path, '.kube/config'), 'kind: Config\r\n');
  });
  afterEach(async () => {
    process.chdir(before);
    await home.remove();
  });

  const standard = () => join(home.path, '.kube', 'config');

  it('finds the one at home', async () => {
    expect(await findKubeconfig({ kubeconfig: undefined }, { HOME: home.path })).toEqual([
      { text: 'kind: Config\n', name: `the file ${standard()}`, folder: join(home.path, '.kube') },
    ]);
  });

  it('does not take the working directory for a home, where HOME is empty', async () => {
    process.chdir(home.path);
    const found = await findKubeconfig({ kubeconfig: undefined }, { HOME: '' });
    expect(JSON.stringify(found)).not.toContain('kind: Config');
  });

  it.each([{ GITHUB_ACTIONS: 'true' }, { GITLAB_CI: 'true' }, { TF_BUILD: 'True' }])(
    'is a pipeline, where only what was given names a cluster: %j',
    (variables) => {
      expect(isPipeline(variables)).toBe(true);
    },
  );

  it('is no pipeline on a laptop', () => {
    expect(isPipeline({ CI: 'true' })).toBe(false);
  });

  it('only tells of the one at home where it has to be named', async () => {
    expect(await findKubeconfig({ kubeconfig: undefined }, { HOME: home.path }, true)).toEqual({
      isPod: false,
      hasStandard: true,
    });
    const given = { kubeconfig: '~/.kube/config' };
    expect(await findKubeconfig(given, { HOME: home.path }, true)).toMatchObject([{ text: 'kind: Config\n' }]);
  });

  it('takes KUBECONFIG of a step before, also where it has to be named', async () => {
    expect(await findKubeconfig({ kubeconfig: undefined }, { KUBECONFIG: standard() }, true)).toHaveLength(1);
  });

  it('refuses to take the cluster of a pod where there is none', async () => {
    await expect(findKubeconfig({ kubeconfig: undefined, inCluster: true }, { HOME: home.path })).rejects.toMatchObject(
      {
        what: '--in-cluster was given, and this runs in no pod: KUBERNETES_SERVICE_HOST is not set, or no token is mounted',
      },
    );
  });

  it('takes KUBECONFIG apart as the system writes lists of paths', async () => {
    const KUBECONFIG = ['', standard(), standard()].join(delimiter);
    expect(await findKubeconfig({ kubeconfig: undefined }, { KUBECONFIG })).toHaveLength(2);
  });
});
