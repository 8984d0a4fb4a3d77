/**
 * Everything that could stand in the way of a deployment, looked at before anything is applied: whose the objects are,
 * who else writes what they make, what would go, and what the API server says to each of them in a dry run.
 */
import pLimit from 'p-limit';
import { isCustomResource } from '../core/deploy/custom-resources.ts';
import { goneFrom, type Deployment } from '../core/deploy/deployment.ts';
import { tooManyGone } from '../core/deploy/gone-intents.ts';
import type { Installation } from '../core/deploy/installation.ts';
import { managerFor, otherInstallation, ownershipOf } from '../core/deploy/ownership.ts';
import { otherRepository, type Repository } from '../core/deploy/repository.ts';
import { groupBy } from '../core/model/group-by.ts';
import type { PullIntent } from '../core/model/intent.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../core/model/kubernetes-object.ts';
import { compareRefs, refText, type ObjectRef } from '../core/model/object-ref.ts';
import { hasErrors, type Problem } from '../core/model/problem.ts';
import type { DeletionLimits } from '../core/plan/guards.ts';
import { failureOf, PortError } from '../ports/errors.ts';
import type { Objects } from '../ports/objects.ts';
import { claimProblems } from './claims.ts';
import { canBeRemade, givenElsewhere, knownObjects, type Known } from './install.ts';
import { findOperators } from './operators.ts';
import { takenProblems } from './taken-fields.ts';
import { podRefusals } from './try-pod.ts';

export interface PreflightInput {
  readonly objects: Objects;
  readonly installation: Installation;
  readonly deployment: Deployment;
  readonly intents: readonly PullIntent[];
  readonly controllerClass: string;
  /** On Secrets that go with their ExternalSecret; `undefined` = no limit. */
  readonly deletionLimits: DeletionLimits | undefined;
  readonly now: Date;
  /** Where this deployment comes from. */
  readonly repository: Repository | undefined;
}

export interface Preflight {
  /** With an error among them nothing is to be applied. */
  readonly problems: readonly Problem[];
  /** The earlier inventory. */
  readonly before: Known;
  /** What of it is no longer part of the deployment and still the installation's, in the order of deletion. */
  readonly gone: readonly KubernetesObject[];
  /** Custom resources that this installation alone applies, by `refText`: what people changed in them is set right. */
  readonly own: ReadonlySet<string>;
}

/** Requests that may be under way at once. */
const CONCURRENCY = 16;

/** Rejects with a PortError for what concerns everything, as a login that is not accepted. */
export async function preflight(input: PreflightInput): Promise<Preflight> {
  const { objects, installation, deployment, intents } = input;
  const refusals = new Refusals(deployment);
  const before = await knownObjects(objects, installation);
  const foreign = otherRepository(before.repository, input.repository, installation);
  if (foreign !== undefined) return { problems: [foreign], before, gone: [], own: new Set() };
  const found = await readAll(goneFrom(before.refs, deployment.objects), objects, refusals);
  const gone = found.filter((object) => ownershipOf(object, installation) !== 'others');
  const resources = deployment.objects.filter(isCustomResource);
  const live = byRef(await readAll(resources.map(typedRefOf), objects, refusals));
  const own = new Set([...live].filter(([, one]) => ownershipOf(one, installation) === 'own').map(([text]) => text));
  const tooMany = tooManyGone(gone.filter(isOwnOf(installation)), intents, input.deletionLimits);
  const problems = [
    ...[...live.values()].flatMap((object) => takenProblem(object, input)),
    ...(resources.length === 0 ? [] : await operators(live, input)),
    ...(await claimProblems(objects, installation, intents)),
    ...(tooMany === undefined ? [] : [tooMany]),
  ];
  if (!hasErrors(problems)) await dryRun(input, own, refusals);
  const ofJob = hasErrors(problems) ? [] : await jobProblems(input);
  return { problems: [...problems, ...refusals.problems(), ...ofJob], before, gone, own };
}

async function jobProblems({ objects, installation, deployment }: PreflightInput): Promise<readonly Problem[]> {
  const cronJob = deployment.objects.find(({ kind }) => kind === 'CronJob');
  if (cronJob === undefined) return [];
  return [
    ...(await podRefusals(objects, installation, cronJob)),
    ...(await takenProblems(objects, installation, cronJob)),
  ];
}

/** What the API server says no to: one problem for all objects of a kind that are refused for the same reason. */
class Refusals {
  readonly #deployment: Deployment;
  readonly #refused: { readonly ref: TypedRef; readonly error: PortError }[] = [];

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

  /** The first by name stands for the others, whichever was answered first. */
  problems(): readonly Problem[] {
    const sorted = this.#refused.toSorted((a, b) => compareRefs(a.ref, b.ref));
    const alike = groupBy(sorted, ({ ref, error }) =>
      [ref.kind, ref.namespace, error.what.replaceAll(ref.name, '')].join(' '),
    );
    return [...alike.values()].flatMap(([first, ...more]) => {
      if (first === undefined) return [];
      // The object is named once, before everything.
      const what = first.error.what.replace(`${refText(first.ref)} `, '');
      return {
        ...about(first.ref, this.#deployment),
        code: 'cannot-be-applied',
        what: more.length === 0 ? what : `${what}, and ${more.length} more of this kind and namespace`,
        fix: `Nothing was applied. ${first.error.fix}`,
      };
    });
  }
}

function isOwnOf(installation: Installation): (object: KubernetesObject) => boolean {
  return (object) => ownershipOf(object, installation) === 'own';
}

/** Those that exist, in the order of the refs. */
async function readAll(
  refs: readonly TypedRef[],
  objects: Objects,
  refusals: Refusals,
): Promise<readonly KubernetesObject[]> {
  const read = await pLimit(CONCURRENCY).map(refs, (ref) => refusals.unlessRefused(ref, () => objects.read(ref)));
  return read.filter((object) => object !== undefined);
}

function byRef(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(objects.map((object) => [refText(typedRefOf(object)), object]));
}

function takenProblem(live: KubernetesObject, { installation, deployment }: PreflightInput): readonly Problem[] {
  const other = otherInstallation(live, installation);
  if (other === undefined) return [];
  return [
    {
      ...about(typedRefOf(live), deployment),
      code: 'resource-taken',
      what: `belongs to installation ${other}`,
      fix: 'Leave it out here, or out of that one.',
    },
  ];
}

async function operators(
  live: ReadonlyMap<string, KubernetesObject>,
  input: PreflightInput,
): Promise<readonly Problem[]> {
  const problems = await findOperators(input.objects, { ...input, live });
  return problems.map((problem) =>
    problem.at === undefined ? problem : { ...about(problem.at, input.deployment), ...problem },
  );
}

async function dryRun(
  { objects, installation, deployment }: PreflightInput,
  own: ReadonlySet<string>,
  refusals: Refusals,
): Promise<void> {
  await pLimit(CONCURRENCY).map(deployment.objects, async (object) => {
    const manager = managerFor(object, installation);
    await refusals.unlessRefused(typedRefOf(object), async () => {
      try {
        if ((await givenElsewhere(object, { objects, installation })) !== undefined) return;
        await objects.tryApply(object, manager, yieldingFor(object, own));
      } catch (error) {
        if (!(error instanceof PortError) || !isExpected(error, object)) throw error;
      }
    });
  });
}

/** A binding to a Role that comes with the deployment; an object whose immutable fields changed, which is made anew. */
function isExpected({ kind, code }: PortError, object: KubernetesObject): boolean {
  const isBinding = object.kind.endsWith('RoleBinding');
  return (isBinding && code === 'NotFound') || (kind === 'Invalid' && canBeRemade(object));
}

/** Fields that another tool set are taken only in what this installation alone applies. */
export function yieldingFor(object: KubernetesObject, own: ReadonlySet<string>): { readonly yielding: boolean } {
  return { yielding: isCustomResource(object) && !own.has(refText(typedRefOf(object))) };
}

function about({ kind, namespace, name }: ObjectRef, { origins }: Deployment) {
  const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  const origin = origins.get(refText(at));
  return { severity: 'error' as const, at, ...(origin === undefined ? {} : { origin }) };
}
