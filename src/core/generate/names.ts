/** Under which keys of the Secret the values of a generator end: before there is any value. */
import { keysOfGenerator, isStable, type GeneratorSpec } from '../model/generator.ts';
import type { GenerateEntry } from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { Account } from '../template/limits.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import { checkKeys } from '../transform/check-keys.ts';
import { errorOf, type Values } from '../transform/entry-outcome.ts';
import type { LooseProblem } from '../transform/fetched.ts';
import { rewrite } from '../transform/rewrite.ts';

/** Problems of one field of an entry. */
export interface EntryFault {
  readonly path: FieldPath;
  readonly problem: LooseProblem;
}

export type Named<Found> = Found | { readonly faults: readonly EntryFault[] };

interface Means {
  readonly environment: TemplateEnvironment;
  readonly account?: Account;
}

/** ESO 2.9: rewritten and checked; neither converted nor decoded. */
export function renamed(values: Values, entry: GenerateEntry, means: Means): Named<{ readonly values: Values }> {
  const result = rewrite(values, entry.rewrite, means.environment, means.account);
  if (result.kind === 'refused') {
    return { faults: [{ path: ['rewrite', result.step], problem: result.problem }] };
  }
  const { values: kept, faults } = checkKeys(result.values);
  if (faults.length === 0) return { values: kept };
  const fix = 'Give it another name with rewrite.';
  const path = ['sourceRef', 'generatorRef'];
  return { faults: faults.map((what) => ({ path, problem: errorOf('key-invalid', what, fix) })) };
}

/** Key of the Secret → the generator's own key. */
export function namesOf(
  spec: GeneratorSpec,
  entry: GenerateEntry,
  means: Means,
): Named<{ readonly names: ReadonlyMap<string, string> }> {
  const merge = entry.rewrite.findIndex(({ kind }) => kind === 'merge');
  if (merge !== -1 && isStable(spec)) return { faults: [{ path: ['rewrite', merge], problem: mergeProblem(spec) }] };
  const standIns = new Map(keysOfGenerator(spec).map((key) => [key, SecretValue.ofText('')]));
  const result = renamed(standIns, entry, means);
  if ('faults' in result) return result;
  const owners = new Map([...standIns].map(([key, value]) => [value, key]));
  return { names: new Map([...result.values].map(([key, value]) => [key, owners.get(value) ?? key])) };
}

/** What is merged into another value could not be found again, and would be drawn anew at every refresh. */
function mergeProblem({ kind }: GeneratorSpec): LooseProblem {
  return errorOf(
    'generator-merge',
    `is a merge over a ${kind}, whose value could not be told from the others again`,
    'Give it a key of its own with regexp or transform.',
  );
}
