import { describe, expect, it } from '@jest/globals';
import type { AcrAccessTokenSpec, GeneratorSpec } from '../../src/core/model/generator.ts';
import { isStable } from '../../src/core/model/generator.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import { generate } from '../../src/engine/sync/generate.ts';
import { generatorOf, referenceTo } from '../builders/generator.ts';
import { FakeRandom } from '../fakes/fake-random.ts';

const TOKEN: AcrAccessTokenSpec = {
  kind: 'ACRAccessToken',
  registry: 'shop.azurecr.io',
  environmentType: 'PublicCloud',
  auth: { type: 'ManagedIdentity', identityId: '' },
};

const random = new FakeRandom();

describe('generate', () => {
  it('tells the masker of every value that it draws', async () => {
    const masked: SecretValue[] = [];
    const mask = (value: SecretValue): void => void masked.push(value);
    const { values, expires } = await generate(generatorOf({ kind: 'UUID' }), 'shop', { random, mask });
    expect(masked).toEqual([...values.values()]);
    expect([...values.keys()]).toEqual(['uuid']);
    expect(expires).toBeUndefined();
  });

  it('asks the port for a registry token, in the namespace of whoever names the generator', async () => {
    const asked: unknown[] = [];
    const token = generatorOf(TOKEN);
    const generated = { values: new Map([['password', SecretValue.ofText('t0ken')]]), expires: 5 };
    const generators = {
      generate: (...given: readonly unknown[]) => Promise.resolve((asked.push(given), generated)),
    };
    expect(await generate(token, 'shop', { random, generators })).toBe(generated);
    expect(asked).toEqual([[{ ref: token.ref, spec: TOKEN }, 'shop']]);
  });

  it('is a bug where no port was given', async () => {
    await expect(generate(generatorOf(TOKEN), 'shop', { random })).rejects.toThrow(
      'Bug: this command cannot ask for registry tokens',
    );
  });
});

describe('isStable', () => {
  it.each<[GeneratorSpec, boolean]>([
    [{ kind: 'UUID' }, true],
    [{ kind: 'SSHKey', keyType: 'rsa', keySize: 2048, comment: '' }, true],
    [{ kind: 'Fake', data: { a: '1' } }, false],
    [TOKEN, false],
  ])('is asked of a generator before its value is kept: %o', (spec, expected) => {
    expect(isStable(generatorOf(spec).spec)).toBe(expected);
    expect(referenceTo(generatorOf(spec))).toEqual({ kind: spec.kind, name: 'generated' });
  });
});
