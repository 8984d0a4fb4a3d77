import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { parse } from 'yaml';
import { openDirectory, type Directory } from '../../../src/adapters/directory/open-directory.ts';
import { withSlashes } from '../../../src/core/model/origin.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { secretRef, type LiveSecret } from '../../../src/core/model/secret.ts';
import { changedData, desired, expectData, expectRefusal } from '../../contract/cluster-contract.ts';
import { temporaryFolder, type TemporaryFolder } from '../../contract/temporary-folder.ts';

const DATA_HASH = 'reconcile.external-secrets.io/data-hash';
const ME = 'me';
const DB = secretRef('contract', 'db');
const FILE = 'contract/secrets/db.yaml';
/** Windows has no modes; there the folder's own rights hold. */
const USER_ONLY = process.platform === 'win32' ? 0o666 : 0o600;

describe('a cluster in a folder', () => {
  let folder: TemporaryFolder;
  let hidden: Directory;
  let shown: Directory;

  beforeEach(async () => {
    folder = await temporaryFolder();
    hidden = openDirectory({ folder: folder.path });
    shown = openDirectory({ folder: folder.path, showValues: true });
  });
  afterEach(async () => folder.remove());

  const path = (file: string): string => join(folder.path, file);
  const shownPath = (file: string): string => withSlashes(path(file), sep);
  const content = async (file = FILE): Promise<string> => readFile(path(file), 'utf8');
  const mode = async (file: string): Promise<number> => (await stat(path(file))).mode & 0o777;
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(path(file)), { recursive: true });
    await writeFile(path(file), text);
  };
  const read = async (directory: Directory): Promise<LiveSecret> => {
    const live = await directory.cluster.getSecret(DB);
    if (live === undefined) throw new Error('the Secret is gone');
    return live;
  };

  it('takes values that a run with --show-values left for changed, so that they are redacted', async () => {
    await shown.cluster.createSecret(desired({ values: { password: 'hunter2' } }), ME);
    const live = await read(hidden);
    expect(live.data.get('password')?.equals(SecretValue.ofText('hunter2'))).toBe(false);
    await hidden.cluster.updateSecret(desired({ values: { password: 'hunter2' } }), live.resourceVersion, ME);
    expect(await content()).not.toContain(Buffer.from('hunter2').toString('base64'));
    expect((await read(hidden)).data.get('password')?.equals(SecretValue.ofText('hunter2'))).toBe(true);
  });

  it.each([
    ['objects: {"ExternalSecret shop/a": null}', 'objects["ExternalSecret shop/a"]'],
    ['fieldOwners: {"Secret shop/a": 5}', 'fieldOwners["Secret shop/a"]'],
  ])('names the damaged entry of a state file with %s', async (damage, entry) => {
    await write('.keyferry/state.yaml', `schemaVersion: 1\n${damage}\n`);
    await expect(hidden.state.remembered('pull')).rejects.toThrow(`${entry} is not what Keyferry writes there`);
  });

  it('prints nothing of a file that is a Helm template', async () => {
    const warned: string[] = [];
    const listen = (warning: Error): void => void warned.push(warning.message);
    process.on('warning', listen);
    await write('chart.yaml', 'x: {{ "hunter2" }}\n');
    await expect(hidden.cluster.getSecret(DB)).rejects.toThrow('chart.yaml:1 is not valid YAML');
    await new Promise((done) => setImmediate(done));
    process.off('warning', listen);
    expect(warned).toEqual([]);
  });

  it('gives a clear error where a file stands in place of a folder', async () => {
    await write('contract/secrets', '');
    await expect(shown.cluster.createSecret(desired(), ME)).rejects.toMatchObject({ name: 'PortError' });
  });

  it('asks nothing of the folder before the first write', async () => {
    const absent = openDirectory({ folder: path('not/yet') });
    expect(await absent.cluster.getSecret(DB)).toBeUndefined();
    expect(await absent.state.remembered('pull')).toEqual([]);
    await absent.cluster.createSecret(desired(), ME);
    expect(await readdir(path('not/yet'))).toEqual(['.keyferry', 'contract']);
  });

  describe('with values', () => {
    it('writes what kubectl apply takes, keys sorted, for the user only', async () => {
      const wanted = desired({
        values: { password: 'hunter2', no: '', 1.5: 'x' },
        labels: new Map([
          ['b', 'true'],
          ['a', 'on'],
        ]),
        annotations: new Map([[DATA_HASH, '172aaa']]),
        type: 'example.com/db',
      });
      await shown.cluster.createSecret(wanted, ME);
      expect(await content()).toBe(
        [
          'apiVersion: v1',
          'kind: Secret',
          'metadata:',
          '  name: db',
          '  namespace: contract',
          '  labels:',
          '    a: "on"',
          '    b: "true"',
          '  annotations:',
          '    reconcile.external-secrets.io/data-hash: 172aaa',
          'type: example.com/db',
          'data:',
          '  "1.5": eA==',
          '  "no": ""',
          '  password: aHVudGVyMg==',
          '',
        ].join('\n'),
      );
      expect(await mode(FILE)).toBe(USER_ONLY);
    });

    it('leaves no temporary file behind', async () => {
      const created = await shown.cluster.createSecret(desired(), ME);
      await expectRefusal(shown.cluster.createSecret(desired(), ME), 'Conflict');
      await shown.cluster.updateSecret(changedData(created, { password: 'x' }), created.resourceVersion, ME);
      expect(await readdir(path('contract/secrets'))).toEqual(['db.yaml']);
      expect(await readdir(path('.keyferry'))).toEqual(['state.yaml']);
    });

    it('is a Conflict when somebody edited the file since it was read', async () => {
      const created = await shown.cluster.createSecret(desired(), ME);
      await write(FILE, (await content()).replace('aHVudGVyMg==', 'b3RoZXI='));
      const update = shown.cluster.updateSecret(changedData(created, { password: 'x' }), created.resourceVersion, ME);
      await expectRefusal(update, 'Conflict');
      expectData(await read(shown), { password: 'other' });
    });
  });

  describe('without values', () => {
    it('writes no value, in no form, and no data hash', async () => {
      const lastApplied = '{"kind":"Secret","data":{"password":"aHVudGVyMg=="}}';
      const annotations = new Map([
        [DATA_HASH, '172aaa'],
        ['kubectl.kubernetes.io/last-applied-configuration', lastApplied],
      ]);
      await hidden.cluster.createSecret(desired({ annotations }), ME);
      const everything = (
        await Promise.all([FILE, '.keyferry/state.yaml', '.keyferry/fingerprint.key'].map(content))
      ).join('');
      for (const leak of ['hunter2', 'aHVudGVyMg', '172aaa']) expect(everything).not.toContain(leak);
      expect((await read(hidden)).annotations.get(DATA_HASH)).toBe('[redacted]');
    });

    it('writes texts that no base64 decoder takes', async () => {
      await hidden.cluster.createSecret(desired(), ME);
      const { data } = parse(await content()) as { data: Record<string, string> };
      expect(data['password']).toMatch(/^\[redacted\] hmac-sha256:[0-9a-f]{64}$/u);
    });

    it('keeps the key out of version control and to the user', async () => {
      await hidden.cluster.createSecret(desired(), ME);
      expect((await content('.keyferry/.gitignore')).split('\n')).toContain('fingerprint.key');
      expect(await mode('.keyferry/fingerprint.key')).toBe(USER_ONLY);
    });

    it('gives values back that can be compared, not revealed', async () => {
      await hidden.cluster.createSecret(desired(), ME);
      const value = (await read(openDirectory({ folder: folder.path }))).data.get('password')!;
      expect(value.isOpaque).toBe(true);
      expect(value.equals(SecretValue.ofText('hunter2'))).toBe(true);
      expect(SecretValue.ofText('hunter3').equals(value)).toBe(false);
      expect(() => value.reveal()).toThrow('an opaque secret value cannot be revealed');
    });

    it('does not show that two values are equal', async () => {
      await hidden.cluster.createSecret(desired({ values: { a: 'same', b: 'same' } }), ME);
      const { data } = parse(await content()) as { data: Record<string, string> };
      expect(data['a']).not.toBe(data['b']);
    });

    it('keeps a value that it does not know when another key changes', async () => {
      const created = await hidden.cluster.createSecret(desired({ values: { a: '1', b: '2' } }), ME);
      await hidden.cluster.updateSecret(changedData(created, { b: 'x' }), created.resourceVersion, 'other');
      expectData(await read(hidden), { a: '1', b: 'x' });
    });

    it('writes everything again when the key is lost', async () => {
      await hidden.cluster.createSecret(desired(), ME);
      await rm(path('.keyferry/fingerprint.key'));
      const fresh = openDirectory({ folder: folder.path });
      const before = await read(fresh);
      expect(before.data.get('password')?.equals(SecretValue.ofText('hunter2'))).toBe(false);
      await fresh.cluster.updateSecret(changedData(before, { password: 'hunter2' }), before.resourceVersion, ME);
      expectData(await read(fresh), { password: 'hunter2' });
    });

    it('shows the values once it is asked to', async () => {
      await hidden.cluster.createSecret(desired(), ME);
      const before = await read(shown);
      expect(before.data.get('password')?.equals(SecretValue.ofText('hunter2'))).toBe(false);
      await shown.cluster.updateSecret(changedData(before, { password: 'hunter2' }), before.resourceVersion, ME);
      expect(await content()).toContain('password: aHVudGVyMg==');
      expect(await mode(FILE)).toBe(USER_ONLY);
    });

    it('hides values that it wrote itself, and refuses to destroy those made by hand', async () => {
      const created = await shown.cluster.createSecret(desired(), ME);
      await hidden.cluster.updateSecret(
        { ...changedData(created, {}), labels: new Map([['a', 'b']]) },
        created.resourceVersion,
        ME,
      );
      expect(await content()).not.toContain('aHVudGVyMg==');

      await write('contract/secrets/login.yaml', secretYaml('login', 'clientSecret: aHVudGVyMg=='));
      const live = (await hidden.cluster.getSecret(secretRef('contract', 'login')))!;
      const merge = hidden.cluster.updateSecret(changedData(live, { added: 'x' }), live.resourceVersion, ME);
      expect((await expectRefusal(merge, 'Forbidden')).what).toContain('(clientSecret)');
      expect(await content('contract/secrets/login.yaml')).toContain('aHVudGVyMg==');
    });
  });

  describe('files made by hand', () => {
    it('reads several objects from one file, whatever its name', async () => {
      await write(
        'deep/setup.yml',
        [secretYaml('db', 'password: aHVudGVyMg==', 'x'), secretYaml('two', 'a: MQ==')].join('---\n'),
      );
      expectData(await read(shown), { password: 'hunter2' });
      const found = await shown.cluster.listSecrets('contract', { key: 'owner', value: 'x' });
      expect(found.map((secret) => secret.ref.name)).toEqual(['db']);
    });

    it('never writes them: a changed Secret gets its own file, which stands in front', async () => {
      await write('setup.yaml', secretYaml('db', 'x: MQ=='));
      const before = await content('setup.yaml');
      const live = await read(hidden);
      await hidden.cluster.updateSecret(changedData(live, { password: 'p' }), live.resourceVersion, ME);
      expect(await content('setup.yaml')).toBe(before);
      expectData(await read(hidden), { x: '1', password: 'p' });
    });

    it('does not delete what would come back', async () => {
      await write('setup.yaml', secretYaml('db', 'x: MQ=='));
      const refusal = await expectRefusal(hidden.cluster.deleteSecret(await read(hidden)), 'Forbidden');
      expect(refusal.what).toBe(
        `Secret contract/db was made by hand and is not deleted (${shownPath('setup.yaml')}:1)`,
      );
    });

    it('refuses a Secret that stands in two files', async () => {
      await write('a.yaml', secretYaml('db', 'x: MQ=='));
      await write('b.yaml', `# comment\n${secretYaml('db', 'x: Mg==')}`);
      const refusal = await expectRefusal(hidden.cluster.getSecret(DB), 'Invalid');
      expect(refusal.what).toBe(
        `Secret contract/db stands in two files: ${shownPath('a.yaml')}:1 and ${shownPath('b.yaml')}:2`,
      );
    });

    it('names file and line of a value that is not base64, and reads other Secrets', async () => {
      await write(
        'setup.yaml',
        [secretYaml('db', 'a: MQ==\n  b: hunter2!'), secretYaml('two', 'a: MQ==')].join('---\n'),
      );
      const refusal = await expectRefusal(hidden.cluster.getSecret(DB), 'Invalid');
      expect(refusal.what).toBe(`Secret contract/db: data[b] is not base64 (${shownPath('setup.yaml')}:8)`);
      expect(await hidden.cluster.getSecret(secretRef('contract', 'two'))).toBeDefined();
    });

    it('names file and line of what is not YAML, shows none of it, and reads other files', async () => {
      await write(FILE, 'apiVersion: v1\nkind: Secret\n  password: [hunter2\n');
      await write('contract/secrets/two.yaml', secretYaml('two', 'a: MQ=='));
      const refusal = await expectRefusal(hidden.cluster.getSecret(DB), 'Invalid');
      expect(refusal.what).toMatch(
        /contract\/secrets\/db\.yaml:\d is not valid YAML: a second colon stands on one line, .+$/u,
      );
      expect(refusal.message).not.toContain('hunter2');
      expect(await hidden.cluster.getSecret(secretRef('contract', 'two'))).toBeDefined();
      expect(await hidden.cluster.getSecret(secretRef('contract', 'three'))).toBeUndefined();
      await expectRefusal(hidden.cluster.listSecrets('contract', { key: 'a', value: 'b' }), 'Invalid');
      expect(await hidden.cluster.listSecrets('elsewhere', { key: 'a', value: 'b' })).toEqual([]);
    });

    it('reads no file that is larger than any list of Secrets', async () => {
      await write(FILE, '');
      await truncate(path(FILE), 64 * 1024 * 1024 + 1);
      const refusal = await expectRefusal(hidden.cluster.getSecret(DB), 'Invalid');
      expect(refusal.message).toBe(
        `file ${path(FILE)} has 67108865 bytes, more than the 67108864 that a file of the folder may have. Move it away.`,
      );
    });

    it('calls nothing absent that an unreadable file might hold', async () => {
      await write('setup.yaml', 'kind: [Secret\n');
      await expectRefusal(hidden.cluster.getSecret(DB), 'Invalid');
      await expectRefusal(hidden.cluster.getServiceAccount('contract', 'sync'), 'Invalid');
    });

    it('looks into neither hidden folders nor node_modules', async () => {
      await write('.hidden/a.yaml', secretYaml('db', 'x: MQ=='));
      await write('node_modules/a.yaml', secretYaml('db', 'x: MQ=='));
      expect(await hidden.cluster.getSecret(DB)).toBeUndefined();
    });

    it('sees a file that is changed while it runs', async () => {
      await write('setup.yaml', secretYaml('db', 'x: MQ=='));
      expectData(await read(shown), { x: '1' });
      await write('setup.yaml', secretYaml('db', 'x: Mg=='));
      expectData(await read(shown), { x: '2' });
    });
  });

  describe('.keyferry/state.yaml', () => {
    const REF = { kind: 'ExternalSecret', namespace: 'contract', name: 'db' };

    it('is sorted, versioned and holds owners and status', async () => {
      await hidden.cluster.createSecret(desired(), ME);
      await hidden.state.write(REF, {
        binding: 'db',
        conditions: [],
        lastTarget: 'db',
        refreshTime: new Date('2026-01-02T03:04:05.6Z'),
      });
      expect(await content('.keyferry/state.yaml')).toBe(
        [
          'fieldOwners:',
          '  Secret contract/db:',
          '    - annotations: []',
          '      data:',
          '        - password',
          '      labels: []',
          '      manager: me',
          '      operation: Apply',
          'objects:',
          '  ExternalSecret contract/db:',
          '    binding: db',
          '    lastTarget: db',
          '    refreshTime: "2026-01-02T03:04:05Z"',
          'schemaVersion: 1',
          'stores: {}',
          '',
        ].join('\n'),
      );
    });

    it('refuses a newer schema and leaves the file alone', async () => {
      await write('.keyferry/state.yaml', 'schemaVersion: 3\nfuture: true\n');
      const refusal = await expectRefusal(hidden.state.write(REF, { binding: '', conditions: [] }), 'Invalid');
      expect(refusal.message).toBe(
        `file ${path('.keyferry/state.yaml')} has schemaVersion 3, this program knows versions up to 2. A newer Keyferry wrote it. Use that version, or a newer one.`,
      );
      expect(await content('.keyferry/state.yaml')).toBe('schemaVersion: 3\nfuture: true\n');
    });

    it('refuses a damaged name of the installation only where it is needed, and keeps it', async () => {
      const text = 'fieldOwners: {}\ninstallation: 0123\nobjects: {}\nschemaVersion: 2\nstores: {}\n';
      await write('.keyferry/state.yaml', text);
      for (const asking of [hidden.state.installation(), hidden.state.nameInstallation('0123456789abcdef')]) {
        expect((await expectRefusal(asking, 'Invalid')).message).toBe(
          `file ${path('.keyferry/state.yaml')} has an "installation" that is not 16 hex digits. Restore it: in vaults, it is the part before the slash in the tag keyferry-owner of what this installation wrote. If it wrote nothing, remove it.`,
        );
      }
      expect(await hidden.state.remembered('push')).toEqual([]);
      expect(await content('.keyferry/state.yaml')).toBe(text);
    });

    it.each([
      ['no YAML', 'schemaVersion: 1\nobjects: [\n', 'is not valid YAML'],
      ['a list', '- a\n', 'is not a mapping'],
      ['without version', 'objects: {}\n', 'has no schemaVersion'],
      ['wrong inside', 'schemaVersion: 1\nobjects: [1]\n', 'objects is not a mapping'],
    ])('refuses a file that is %s', async (_title, text, what) => {
      await write('.keyferry/state.yaml', text);
      expect((await expectRefusal(hidden.state.read(REF), 'Invalid')).what).toContain(what);
    });

    it('keeps what two processes write at the same time', async () => {
      const other = openDirectory({ folder: folder.path });
      const write = async (directory: Directory, name: string): Promise<void> =>
        directory.state.write({ ...REF, name }, { binding: name, conditions: [] });
      for (let index = 0; index < 10; index += 1) {
        await write(hidden, `a${index}`);
        await write(other, `b${index}`);
      }
      expect(await hidden.state.remembered('pull')).toHaveLength(20);
    });
  });

  it('keeps hundreds of Secrets that are written at the same time, and who owns what in each', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `s-${index}`);
    const refs = names.map((name) => secretRef('contract', name));
    for (let at = 0; at < refs.length; at += 20) {
      const batch = refs.slice(at, at + 20);
      await Promise.all(batch.map((ref) => hidden.cluster.createSecret(desired({ ref }), ME)));
    }
    const read = await Promise.all(refs.map((ref) => hidden.cluster.getSecret(ref)));
    expect(read.map((live) => live?.ref.name)).toEqual(names);
    const { fieldOwners } = parse(await content('.keyferry/state.yaml')) as { readonly fieldOwners: object };
    expect(Object.keys(fieldOwners).sort()).toEqual(names.map((name) => `Secret contract/${name}`).sort());
  }, 30_000);
});

function secretYaml(name: string, data: string, owner = 'nobody'): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: contract, labels: {owner: ${owner}}}\ntype: Opaque\n# values\ndata:\n  ${data}\n`;
}
