/** ConfigMaps as targets in a folder that stands for a cluster. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openDirectory } from '../../../src/adapters/directory/open-directory.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import type { DesiredSecret } from '../../../src/core/model/secret.ts';
import { temporaryFolder, type TemporaryFolder } from '../../contract/temporary-folder.ts';

const REF = { kind: 'ConfigMap', namespace: 'shop', name: 'settings' };
const BYTES = Buffer.from([0xff, 0xfe, 0]);

function wanted(host: string): DesiredSecret {
  const data = new Map([
    ['host', SecretValue.ofText(host)],
    ['cert', SecretValue.of(BYTES)],
  ]);
  return { ref: REF, data, labels: new Map(), annotations: new Map(), ownerReferences: [], finalizers: [] };
}

describe('a ConfigMap in a folder', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => folder.remove());
  const content = async () => readFile(join(folder.path, 'shop/configmaps/settings.yaml'), 'utf8');

  it('is written as kubectl takes it with --show-values, and read back', async () => {
    const { cluster } = openDirectory({ folder: folder.path, showValues: true });
    const created = await cluster.createSecret(wanted('db.example.com'), 'me');
    expect(parse(await content())).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'shop' },
      data: { host: 'db.example.com' },
      binaryData: { cert: BYTES.toString('base64') },
    });
    expect(created.type).toBeUndefined();
    expect(created.data.get('cert')?.equals(SecretValue.of(BYTES))).toBe(true);
    expect((await cluster.getConfigMap('shop', 'settings'))?.data.get('host')).toBe('db.example.com');
    expect(await cluster.getSecret({ ...REF, kind: 'Secret' })).toBeUndefined();
  });

  it('holds no value without --show-values, and knows equal ones again', async () => {
    const { cluster } = openDirectory({ folder: folder.path });
    const created = await cluster.createSecret(wanted('db.example.com'), 'me');
    expect(await content()).not.toMatch(/db\.example\.com|\/\/4A/u);
    expect(created.data.get('host')?.equals(SecretValue.ofText('db.example.com'))).toBe(true);
    expect(created.data.get('host')?.equals(SecretValue.ofText('other'))).toBe(false);
    expect(created.data.get('cert')?.equals(SecretValue.of(BYTES))).toBe(true);
    const updated = await cluster.updateSecret(wanted('other'), created.resourceVersion, 'me');
    expect(updated.data.get('host')?.equals(SecretValue.ofText('other'))).toBe(true);
    expect(await cluster.deleteSecret(updated)).toEqual([]);
    expect(await cluster.getSecret(REF)).toBeUndefined();
  });

  it('is in no list of Secrets', async () => {
    const { cluster } = openDirectory({ folder: folder.path });
    await cluster.createSecret(wanted('x'), 'me');
    expect(await cluster.selectSecrets('shop', { matchLabels: {}, matchExpressions: [] })).toEqual([]);
  });
});
