/** Generators, and ClusterGenerators around them: as written → checked, with every default. */
import type { Generator, GeneratorSpec } from '../../model/generator.ts';
import { lifecycleOf } from '../../model/lifecycle.ts';
import type { FieldPath } from '../../model/origin.ts';
import { hasErrors, type Problem } from '../../model/problem.ts';
import { checkShape, locateIn, type Checked } from '../check.ts';
import { specOf, type CheckOf, type WrittenObject } from '../written-object.ts';
import { blockProblems, noLogin, specRules } from './rules.ts';
import {
  acrAccessTokenSpecSchemas,
  clusterGeneratorSpecSchemas,
  fakeSpecSchemas,
  passwordSpecSchemas,
  sshKeySpecSchemas,
  uuidSpecSchemas,
} from './schema.ts';
import { servedGenerators, unservedGenerator } from './served.ts';
import { blockOf, toAcrAccessTokenSpec, toClusterSpec, toFakeSpec, toPasswordSpec, toSshKeySpec } from './spec.ts';

const SPEC: FieldPath = ['spec'];
const BLOCK: FieldPath = ['spec', 'generator'];

/** The check of one kind, out of its schemas and its defaults. */
function checkOf<Written>(
  schemas: Parameters<typeof checkShape<Written>>[2],
  toSpec: (written: Written) => GeneratorSpec | undefined,
  controllerOf: (written: Written) => string = () => '',
): CheckOf<Generator> {
  return (subject) => {
    const { value: written, problems: ofShape } = checkShape(subject, SPEC, schemas, specOf(subject));
    if (written === undefined) return { value: undefined, problems: ofShape };
    const spec = toSpec(written);
    if (spec === undefined) return { value: undefined, problems: [...ofShape, noLogin(subject, SPEC)] };
    return checked(subject, { spec, controller: controllerOf(written) }, [
      ...ofShape,
      ...specRules(subject, SPEC, spec),
    ]);
  };
}

export const checkPassword = checkOf(passwordSpecSchemas, toPasswordSpec);
export const checkUuid = checkOf(uuidSpecSchemas, () => ({ kind: 'UUID' }));
export const checkSshKey = checkOf(sshKeySpecSchemas, toSshKeySpec);
export const checkFake = checkOf(fakeSpecSchemas, toFakeSpec, ({ controller }) => controller ?? '');
export const checkAcrAccessToken = checkOf(acrAccessTokenSpecSchemas, toAcrAccessTokenSpec);

/** ESO 2.9: becomes a generator of its kind in the namespace of whoever names it; the class of a Fake is not looked at. */
export function checkClusterGenerator(subject: WrittenObject): Checked<Generator> {
  const shape = checkShape(subject, SPEC, clusterGeneratorSpecSchemas, specOf(subject));
  const { value: written, problems } = shape;
  if (written === undefined) return { value: undefined, problems };
  if (!servedGenerators.includes(written.kind)) {
    return { value: undefined, problems: [...problems, unservedGenerator(subject, ['spec', 'kind'], written.kind)] };
  }
  const ofBlock = blockProblems(subject, written, BLOCK);
  if (ofBlock.length > 0) return { value: undefined, problems: [...problems, ...ofBlock] };
  const at = [...BLOCK, blockOf(written.kind)];
  const spec = toClusterSpec(written);
  if (spec === undefined) return { value: undefined, problems: [...problems, noLogin(subject, at)] };
  return checked(subject, { spec, controller: '' }, [...problems, ...specRules(subject, at, spec)]);
}

function checked(
  subject: WrittenObject,
  parts: Pick<Generator, 'spec' | 'controller'>,
  problems: readonly Problem[],
): Checked<Generator> {
  const { at, document } = subject;
  if (hasErrors(problems)) return { value: undefined, problems };
  const origin = document.origin === undefined ? {} : { origin: document.origin };
  return { value: { ref: at, ...origin, locate: locateIn(subject), ...lifecycleOf(document), ...parts }, problems };
}
