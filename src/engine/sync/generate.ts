/** New values of a generator, whichever kind it is of. */
import { drawValues } from '../../core/generate/draw.ts';
import type { FakeSpec, Generated, Generator, StableSpec } from '../../core/model/generator.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import { PortError } from '../../ports/errors.ts';
import type { ReadPorts } from './ports.ts';

type GeneratorPorts = Pick<ReadPorts, 'random' | 'mask' | 'generators'>;

/**
 * Rejects with a PortError where a service refuses. What is drawn here is told to the masker before anybody else has it;
 * a port that asks a service does so itself.
 */
export async function generate(
  { ref, spec }: Pick<Generator, 'ref' | 'spec'>,
  namespace: string,
  { random, mask, generators }: GeneratorPorts,
): Promise<Generated> {
  if (spec.kind === 'ACRAccessToken') {
    if (generators === undefined) throw notHere();
    return await generators.generate({ ref, spec }, namespace);
  }
  return { values: drawAndMask(spec, { random, mask }) };
}

/** The masker has each value before anybody else. */
export function drawAndMask(
  spec: StableSpec | FakeSpec,
  { random, mask }: Pick<GeneratorPorts, 'random'> & { readonly mask?: GeneratorPorts['mask'] | undefined },
): ReadonlyMap<string, SecretValue> {
  const values = drawValues(spec, random);
  for (const value of values.values()) mask?.(value);
  return values;
}

function notHere(): PortError {
  const what = 'Bug: this command cannot ask for registry tokens';
  return new PortError({ kind: 'Invalid', code: 'Bug', what, fix: 'Please report this.' });
}
