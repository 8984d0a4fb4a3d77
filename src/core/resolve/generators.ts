/** From a generatorRef to the generator: does it exist, and is it ours? ESO 2.9, 8.3. */
import type { Generator, GeneratorRef } from '../model/generator.ts';
import { isClusterWide } from '../model/kinds.ts';
import { nearest } from '../model/nearest.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { StoreFinding } from './stores.ts';

export interface GeneratorWorld {
  readonly generators: ReadonlyMap<string, Generator>;
  /** Objects whose manifests have errors. */
  readonly refused: ReadonlySet<string>;
  readonly controllerClass: string;
}

/** What manifests alone tell. */
export function generatorWorldOf({
  generators,
  refused,
}: {
  readonly generators: readonly Generator[];
  readonly refused: readonly ObjectRef[];
}): Pick<GeneratorWorld, 'generators' | 'refused'> {
  return {
    generators: new Map(generators.map((generator) => [refText(generator.ref), generator])),
    refused: new Set(refused.map(refText)),
  };
}

/** The object that a reference names from within a namespace. */
export function generatorObjectRef({ kind, name }: GeneratorRef, namespace: string): ObjectRef {
  return isClusterWide(kind) ? { kind, name } : { kind, namespace, name };
}

export function isGenerator(resolved: Generator | StoreFinding): resolved is Generator {
  return 'spec' in resolved;
}

/** The generator a reference names, or why there is none. */
export function resolveGenerator(
  ref: GeneratorRef,
  namespace: string,
  { generators, refused }: Pick<GeneratorWorld, 'generators' | 'refused'>,
): Generator | StoreFinding {
  const object = generatorObjectRef(ref, namespace);
  const found = generators.get(refText(object));
  if (found !== undefined) return found;
  if (refused.has(refText(object))) {
    return {
      code: 'generator-refused',
      what: `names ${refText(object)}, whose manifest has errors`,
      fix: 'Correct the generator first; its own problems are listed.',
    };
  }
  const names = [...generators.values()].filter(
    ({ ref: one }) => one.kind === object.kind && one.namespace === object.namespace,
  );
  const near = nearest(
    ref.name,
    names.map(({ ref: { name } }) => name),
  );
  return {
    code: 'generator-absent',
    what: `names ${refText(object)}, which does not exist`,
    fix:
      near === undefined
        ? 'Add it to the manifests, or correct the reference (kind and namespace matter).'
        : `Did you mean ${near}?`,
  };
}

/** ESO 2.9: only a Fake has a class, and whoever names one of another class is left alone. */
export function isOfOtherClass(ref: GeneratorRef, namespace: string, world: GeneratorWorld): boolean {
  const found = world.generators.get(refText(generatorObjectRef(ref, namespace)));
  return found !== undefined && found.controller !== '' && found.controller !== world.controllerClass;
}
