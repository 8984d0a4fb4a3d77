/** Input that no vault takes: each is told with its line, and the vault stays as it is. */
import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { problemText } from '../../src/core/model/problem.ts';
import { entry, pushSecret, PushWorld } from './push-world.ts';

const metadata = (kind: string, spec: object) => ({
  apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
  kind,
  spec,
});
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']));
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('input that no vault takes', () => {
  it.each([
    ['a wrong kind of metadata', [{ ...entry('a'), metadata: metadata('Metadata', {}) }], 'PushSecretMetadata'],
    ['an unknown field of metadata', [{ ...entry('a'), metadata: metadata('PushSecretMetadata', { tag: {} }) }], 'tag'],
    ['15 tags', [{ ...entry('a'), metadata: metadata('PushSecretMetadata', { tags: tags(15) }) }], 'tags'],
    ['a key that the Secret lacks', [entry('nope', 'a')], 'secret key nope does not exist'],
    ['a name with an underscore', [entry('a', 'a_b')], 'is no name that Key Vault can have'],
    ['a type that does not exist', [entry('a', 'certs/a')], 'Did you mean cert/?'],
    ['two entries for one object', [entry('a', 'a'), entry('b', 'secret/A')], 'kv-shop secret/a'],
    ['a value of 25,601 bytes', [entry('long')], '25601 bytes'],
    ['bytes that are no text', [entry('binary')], 'no text'],
    ['a certificate without its key', [entry('certificate', 'cert/a')], 'private key'],
    ['a key that is none', [entry('a', 'key/a')], 'PEM'],
    ['a key with a member', [entry('key', 'key/a', 'x')], 'property'],
  ])('%s is told, and the other entries are written', async (_case, data, told) => {
    const world = new PushWorld({
      source: {
        a: 'correct',
        b: 'horse',
        long: 'x'.repeat(25_601),
        key: PEM_KEY,
        certificate: 'no certificate',
        good: 'good',
      },
    });
    world.cluster.patch({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'source', namespace: 'shop' } },
      data: { binary: Buffer.from([0xff, 0xfe]).toString('base64') },
    });
    const push = pushSecret('bad', { selector: { secret: { name: 'source' } }, data: [...data, entry('good')] });
    const { pushes, counts } = await world.sync([push]);
    const errors = pushes.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
    expect(errors.length).toBeGreaterThan(0);
    for (const { origin } of errors)
      expect(origin).toMatchObject({ file: 'manifests.yaml', line: expect.any(Number) as unknown });
    expect(errors.map(problemText).join('\n')).toContain(told);
    expect(world.values).toEqual({ good: ['good'] });
    expect({ pushed: counts.pushed, failed: counts.pushFailed }).toEqual({ pushed: 1, failed: 1 });
  });

  it('a source in a namespace that is going deletes nothing', async () => {
    const world = new PushWorld({ db: { db: 'correct-horse' } });
    await world.sync([pushSecret('db')]);
    world.cluster.delete('Secret', 'shop', 'db');
    world.cluster.getNamespace = async (name) => ({ name, labels: {}, deleting: true });
    const { pushes } = await world.sync([pushSecret('db')]);
    expect(pushes.flatMap(({ problems }) => problems.map(problemText))).toEqual([
      expect.stringContaining('What was pushed from it is left alone: namespace shop is being deleted.'),
    ]);
    expect(world.values).toEqual({ db: ['correct-horse'] });
  });
});
