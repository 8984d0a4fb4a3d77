/** Rules between the fields of a generator: what ESO 2.9 would fail over at every refresh, told before the first. */
import type { AcrAccessTokenSpec, GeneratorSpec, PasswordSpec, SshKeySpec } from '../../model/generator.ts';
import type { FieldPath } from '../../model/origin.ts';
import { passwordFault } from '../../model/password-form.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, type Subject } from '../check.ts';
import { blockOf } from './spec.ts';
import type { WrittenClusterGenerator } from './schema.ts';

/** Go 1.24: fewer are refused, as being insecure. */
const LEAST_RSA_BITS = 1024;

/** `at` is where the spec stands. */
export function specRules(subject: Subject, at: FieldPath, spec: GeneratorSpec): readonly Problem[] {
  switch (spec.kind) {
    case 'Password':
      return [...countRules(subject, at, spec), ...keyRules(subject, at, spec)];
    case 'SSHKey':
      return bitRules(subject, at, spec);
    case 'ACRAccessToken':
      return [...cloudRules(subject, at, spec), ...loginRules(subject, at, spec)];
    default:
      return [];
  }
}

function countRules(subject: Subject, at: FieldPath, spec: PasswordSpec): readonly Problem[] {
  const negative = (['digits', 'symbols'] as const).find((field) => spec[field] < 0);
  if (negative !== undefined) {
    const fix = 'Write 0 or more.';
    return [fieldProblem(subject, [...at, negative], { code: 'password-counts', what: 'is less than 0', fix })];
  }
  const fault = passwordFault(spec);
  if (fault === undefined) return [];
  return [
    fieldProblem(subject, at, {
      code: 'password-counts',
      what: `asks for a password that cannot be made (length ${spec.length}, digits ${spec.digits}, symbols ${spec.symbols}): ${fault}`,
      fix: 'Give digits and symbols of your own, at most 10 digits; or set allowRepeat: true.',
    }),
  ];
}

function keyRules(subject: Subject, at: FieldPath, { secretKeys }: PasswordSpec): readonly Problem[] {
  return secretKeys.flatMap((key, index) => {
    if (key !== '' && secretKeys.indexOf(key) === index) return [];
    const what = key === '' ? 'is empty' : 'stands there twice';
    const path = [...at, 'secretKeys', index];
    return [fieldProblem(subject, path, { code: 'secret-keys', what, fix: 'Give each key a name of its own.' })];
  });
}

function bitRules(subject: Subject, at: FieldPath, { keyType, keySize }: SshKeySpec): readonly Problem[] {
  if (keyType !== 'rsa' || keySize >= LEAST_RSA_BITS) return [];
  return [
    fieldProblem(subject, [...at, 'keySize'], {
      code: 'ssh-key-size',
      what: `is ${keySize}, and an RSA key of fewer than ${LEAST_RSA_BITS} bits is refused as insecure`,
      fix: 'Write 2048 or more, or leave it out.',
    }),
  ];
}

function cloudRules(subject: Subject, at: FieldPath, { environmentType }: AcrAccessTokenSpec): readonly Problem[] {
  if (environmentType !== 'AzureStackCloud') return [];
  return [
    fieldProblem(subject, [...at, 'environmentType'], {
      code: 'registry-cloud',
      what: 'is AzureStackCloud, which has no registries',
      fix: 'Write the cloud of the registry, as PublicCloud.',
    }),
  ];
}

/** Without a namespace of their own: they are looked for where the generator is used. */
function loginRules(subject: Subject, at: FieldPath, { auth }: AcrAccessTokenSpec): readonly Problem[] {
  if (auth.type !== 'ServicePrincipal') return [];
  return (['clientId', 'clientSecret'] as const)
    .filter((field) => auth[field].name === '' || auth[field].key === '')
    .map((field) =>
      fieldProblem(subject, [...at, 'auth', 'servicePrincipal', 'secretRef', field], {
        code: 'registry-login',
        what: 'does not name a Secret and its key',
        fix: 'Write name and key.',
      }),
    );
}

/** ESO 2.9: fails with it at every refresh. */
export function noLogin(subject: Subject, at: FieldPath): Problem {
  return fieldProblem(subject, [...at, 'auth'], {
    code: 'registry-login',
    what: 'says of nobody who logs in to the registry',
    fix: 'Write one of servicePrincipal, managedIdentity and workloadIdentity below it.',
  });
}

/** ESO 2.9: `invalid ClusterGenerator: when kind is Password, PasswordSpec must be set`. */
export function blockProblems(
  subject: Subject,
  { kind, generator }: WrittenClusterGenerator,
  at: FieldPath,
): readonly Problem[] {
  const wanted = blockOf(kind);
  const written = Object.entries(generator).flatMap(([name, block]) =>
    block === undefined || block === null ? [] : [name],
  );
  if (written.length === 1 && written[0] === wanted) return [];
  const found = written.length === 0 ? 'nothing' : written.join(' and ');
  return [
    fieldProblem(subject, at, {
      code: 'cluster-generator-block',
      what: `has ${found}, and its kind is ${kind}`,
      fix: `Write ${wanted} and nothing else below it, or correct kind.`,
    }),
  ];
}
