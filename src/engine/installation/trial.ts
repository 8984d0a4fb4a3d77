/**
 * What the API server says to each object of a deployment before anything is applied, in a dry run of all of them.
 *
 * | it says | then |
 * | --- | --- |
 * | nothing | it can be applied |
 * | another field manager set a field to something else | that is told, and it is tried with force |
 * | a field is immutable, and the object is one that is made anew | it is tried under another name, for two of one cannot be |
 * | there is no such Role, of a binding | it comes with the deployment |
 * | a webhook takes no dry run | that is told: it is no refusal |
 * | anything else | nothing is applied |
 */
import { messageText, say, withTexts, type Message } from '../../core/model/message.ts';
import { isCustomResource } from '../../core/deploy/custom-resources.ts';
import type { Deployment } from '../../core/deploy/deployment.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { managerFor } from '../../core/deploy/ownership.ts';
import { groupBy } from '../../core/model/group-by.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { compareRefs, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import { failureOf, PortError } from '../../ports/errors.ts';
import type { Objects } from '../../ports/objects.ts';
import { givenElsewhere, mustBeRemade } from './install.ts';
import { withoutObject } from './object-problem.ts';
import { together } from '../limits.ts';

interface Said {
  readonly ref: TypedRef;
  readonly error: PortError;
}

/** What the API server says no to: one problem for all objects of a kind that are refused for the same reason. */
export class Refusals {
  readonly #deployment: Deployment;
  readonly #refused: Said[] = [];
  readonly #told: Said[] = [];

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** What the asking gives; `undefined` where it was refused. Rejects for what is no affair of this object. */
  async unlessRefused<Result>(ref: TypedRef, ask: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await ask();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.whole || failure.code === 'Bug') throw error;
      this.#refused.push({ ref, error: failure });
      return undefined;
    }
  }

  /** Stands in no way. */
  tell(ref: TypedRef, error: PortError): void {
    this.#told.push({ ref, error });
  }

  problems(): readonly Problem[] {
    const refused = inGroups(this.#refused).map(({ ref, what, fix }) => ({
      ...about(ref, this.#deployment),
      code: 'cannot-be-applied',
      what,
      fix: say`Nothing was applied. ${fix}`,
    }));
    const told = inGroups(this.#told).map(({ ref, code, what, fix }) => ({
      ...about(ref, this.#deployment),
      ...(code === 'FieldConflict' ? FIELDS_TAKEN : CANNOT_BE_TRIED),
      what,
      fix,
    }));
    return [...refused, ...told];
  }
}

const FIELDS_TAKEN = { severity: 'warning', code: 'fields-taken' } as const;
const CANNOT_BE_TRIED = { severity: 'warning', code: 'cannot-be-tried' } as const;

interface Group {
  readonly ref: TypedRef;
  readonly code: string | undefined;
  readonly what: Message;
  readonly fix: Message;
}

/** The first by name stands for the others, whichever was answered first. */
function inGroups(said: readonly Said[]): readonly Group[] {
  const sorted = said.toSorted((a, b) => compareRefs(a.ref, b.ref));
  const groups = groupBy(sorted, ({ ref, error }) =>
    [ref.kind, ref.namespace, messageText(error.what).replaceAll(ref.name, '')].join(' '),
  );
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const { ref, error } = first;
    const what = withoutObject(ref, error.what);
    const all = more.length === 0 ? what : say`${what}, and ${more.length} more of this kind and namespace`;
    return [{ ref, code: error.code, what: all, fix: error.fix }];
  });
}

export interface Trying {
  readonly objects: Objects;
  readonly installation: Installation;
  readonly deployment: Deployment;
  /** Custom resources that this installation alone applies, by `refText`. */
  readonly own: ReadonlySet<string>;
}

/** Stores nothing. */
export async function tryAll(trying: Trying, refusals: Refusals): Promise<void> {
  await together(trying.deployment.objects, async (object) => {
    const ref = typedRefOf(object);
    await refusals.unlessRefused(ref, async () => {
      try {
        await tryOne(object, trying, refusals);
      } catch (error) {
        if (!(error instanceof PortError)) throw error;
        if (error.code === 'NoDryRun') refusals.tell(ref, error);
        else if (!isMissingRole(error, object)) throw error;
      }
    });
  });
}

async function tryOne(object: KubernetesObject, trying: Trying, refusals: Refusals): Promise<void> {
  const { objects, installation, own } = trying;
  const manager = managerFor(object, installation);
  const { yielding } = yieldingFor(own)(object);
  if ((await givenElsewhere(object, trying)) !== undefined) return;
  try {
    await objects.tryApply(object, manager, { yielding: true });
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    if (mustBeRemade(error, object)) {
      await tryAnew(object, trying);
      return;
    }
    if (yielding || error.code !== 'FieldConflict') throw error;
    refusals.tell(typedRefOf(object), taking(error));
    await objects.tryApply(object, manager, { yielding }).catch(async (second: unknown) => {
      if (!(second instanceof PortError) || !mustBeRemade(second, object)) throw second;
      await tryAnew(object, trying);
    });
  }
}

function taking({ kind, what }: PortError): PortError {
  return new PortError({
    kind,
    code: 'FieldConflict',
    what: say`${what}; they are taken over`,
    fix: 'Let both say the same, or take the object out of one of the two: else each undoes what the other did.',
  });
}

/** What admission says to it as a new object, before the one that is there is deleted for it. */
async function tryAnew(object: KubernetesObject, { objects, installation }: Trying): Promise<void> {
  const ref = typedRefOf(object);
  const trial = { ...object, metadata: { ...object.metadata, name: `${ref.name}-anew` } };
  try {
    await objects.tryApply(trial, managerFor(object, installation));
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    // The one that is there makes room.
    if (error.code === 'QuotaExceeded') return;
    const { kind, code, fix } = error;
    const what = withTexts(error.what, (text) => text.replaceAll(trial.metadata.name, ref.name));
    throw new PortError({ kind, what, fix, ...(code === undefined ? {} : { code }), whole: error.whole, cause: error });
  }
}

/** A binding to a Role that comes with the deployment. */
function isMissingRole({ code }: PortError, { kind }: KubernetesObject): boolean {
  return kind.endsWith('RoleBinding') && code === 'NotFound';
}

/** Fields that another tool set are taken only in what this installation alone applies. */
export function yieldingFor(own: ReadonlySet<string>): (object: KubernetesObject) => { readonly yielding: boolean } {
  return (object) => ({ yielding: isCustomResource(object) && !own.has(refText(typedRefOf(object))) });
}

/** With the place where it was written down. */
export function about({ kind, namespace, name }: ObjectRef, { origins }: Deployment) {
  const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  const origin = origins.get(refText(at));
  return { severity: 'error' as const, at, ...(origin === undefined ? {} : { origin }) };
}
