import type { Generator, GeneratorRef, GeneratorSpec } from '../../src/core/model/generator.ts';

/** A generator in namespace shop. */
export function generatorOf(spec: GeneratorSpec, given: Partial<Generator> = {}): Generator {
  const ref = { kind: spec.kind, namespace: 'shop', name: 'generated' };
  return { ref, locate: () => undefined, controller: '', spec, ...given };
}

/** As a manifest in its namespace names it. */
export function referenceTo({ ref: { kind, name } }: Generator): GeneratorRef {
  return { kind, name };
}
