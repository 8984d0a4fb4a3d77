/**
 * What keeps a refused object out of a cluster: our own check of manifests, in the place of the operator's definitions
 * and webhook. It stands before a real API server, too, whose definitions here take everything.
 *
 * It is open where a case does not speak of refusals: there the operator took what we refuse, and a pass says so.
 */
import { checkManifests } from '../../src/core/api/manifests.ts';
import { documentOf } from '../../src/core/model/document.ts';
import { refText } from '../../src/core/model/object-ref.ts';
import { problemText } from '../../src/core/model/problem.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { mergePatch } from '../fakes/kubernetes-object.ts';
import type { ConformanceCase } from './load-case.ts';

export type Refusals = Readonly<Record<string, string>>;

export class Door {
  readonly #isGuarded: boolean;
  readonly #inside = new Map<string, KubernetesObject>();
  #refused: Record<string, string> = {};

  constructor(one: ConformanceCase) {
    this.#isGuarded = speaksOfRefusals(one);
  }

  /** May this object be created, or put in the place of what is there? */
  admits(object: KubernetesObject): boolean {
    const name = nameOf(object);
    const fault = this.#isGuarded ? faultOf(object) : undefined;
    if (fault === undefined) this.#inside.set(name, object);
    else this.#refused[name] = fault;
    return fault === undefined;
  }

  /** May an object become what this patch makes of it? */
  admitsPatch(patch: KubernetesObject): boolean {
    const { status: _status, ...rest } = patch;
    return this.admits(mergePatch(this.#inside.get(nameOf(patch)), rest) as KubernetesObject);
  }

  /** What was refused since the last time that this was asked, and why. */
  takeRefused(): Refusals {
    const refused = this.#refused;
    this.#refused = {};
    return refused;
  }
}

export function speaksOfRefusals({ lab, expect }: ConformanceCase): boolean {
  return lab.admission === true || expect.some(({ rejected }) => rejected !== undefined);
}

function faultOf(object: KubernetesObject): string | undefined {
  const document = documentOf({ value: object, locate: () => undefined, home: 'cluster' });
  const errors = checkManifests([document], 'default').problems.filter(({ severity }) => severity === 'error');
  return errors.length === 0 ? undefined : errors.map(problemText).join('\n');
}

function nameOf({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return refText(namespace === undefined ? { kind, name } : { kind, namespace, name });
}
