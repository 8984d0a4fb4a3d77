import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { findKubeconfig } from '../../src/wiring/kubeconfig.ts';
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
      { text: 'kind: Config\r\n', name: `the file ${standard()}`, folder: join(home.path, '.kube') },
    ]);
  });

  it('does not take the working directory for a home, where HOME is empty', async () => {
    process.chdir(home.path);
    const found = await findKubeconfig({ kubeconfig: undefined }, { HOME: '' });
    expect(JSON.stringify(found)).not.toContain('kind: Config');
  });

  it('takes KUBECONFIG apart as the system writes lists of paths', async () => {
    const KUBECONFIG = ['', standard(), standard()].join(delimiter);
    expect(await findKubeconfig({ kubeconfig: undefined }, { KUBECONFIG })).toHaveLength(2);
  });
});
