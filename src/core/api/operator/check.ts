/** Warnings for whoever has the same manifests carried out by a release of External Secrets Operator. */
import { LENIENT_TEMPLATES_ANNOTATION } from '../../model/names.ts';
import { apiVersionsOf, kindNamed, versionOf, type Kind } from '../../model/kinds.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldsOf } from '../../model/fields.ts';
import { annotationPath, ANNOTATION_PREFIX } from '../annotations.ts';
import { fieldProblem, type Subject } from '../check.ts';
import { fieldsAt } from '../newer-fields.ts';
import {
  DIFFERENCE_FACTS,
  KNOWN_RELEASES,
  NEWER_FACTS,
  VERSION_FACTS,
  type FactPlace,
  type FunctionFact,
  type NewerFact,
} from './facts.ts';
import { compareReleases, operatorRelease, type OperatorRelease } from './release.ts';

const NAME = 'External Secrets Operator';

export function operatorProblems(subject: Subject, release: OperatorRelease): readonly Problem[] {
  const spec = specIn(subject.document.head.kind);
  return [
    ...unservedVersions(subject, release),
    ...(spec === undefined ? [] : [...newerFields(subject, release, spec), ...differences(subject, release, spec)]),
    ...ignoredAnnotations(subject, release),
  ];
}

/** A release of which nothing, or not all, is known. */
export function releaseProblems(release: OperatorRelease): readonly Problem[] {
  const { first, last } = KNOWN_RELEASES;
  const isOld = isBefore(release, first);
  if (!isOld && compareReleases(release, releaseOf(last)) <= 0) return [];
  return [
    {
      severity: 'warning',
      code: 'operator-release',
      what: `${NAME} ${release.text} is ${isOld ? 'older' : 'newer'} than what is known of it, ${first} to ${last}`,
      fix: isOld ? 'What older releases lack besides is not told.' : `What changed after ${last} is not told.`,
    },
  ];
}

/** Of a function that a template names; `undefined` where the release has it. */
export function functionFinding(
  fact: FunctionFact,
  release: OperatorRelease,
): Pick<Problem, 'what' | 'fix'> | undefined {
  const { name, firstWith, goneIn } = fact;
  if (goneIn !== undefined && !isBefore(release, goneIn)) {
    return {
      what: `uses ${name}, which ${NAME} ${release.text} does not have`,
      fix: `It went in ${goneIn}. Do without it.`,
    };
  }
  if (firstWith !== undefined && isBefore(release, firstWith)) {
    return { what: `uses ${name}, which ${NAME} ${release.text} does not have`, fix: `It came in ${firstWith}.` };
  }
  return undefined;
}

interface SpecPlace {
  readonly of: FactPlace;
  readonly path: FieldPath;
}

/** Where the spec stands that rows speak of; cluster-wide kinds hold one of another kind. */
function specIn(kind: string): SpecPlace | undefined {
  const row = kindNamed(kind);
  if (row?.makes !== undefined) return specOfChild(row.makes);
  const of = placeOf(row);
  return of === undefined ? undefined : { of, path: ['spec'] };
}

function specOfChild(kind: string): SpecPlace | undefined {
  const child = specIn(kind);
  const field = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}Spec`;
  return child === undefined ? undefined : { ...child, path: ['spec', field] };
}

function placeOf(row: Kind | undefined): FactPlace | undefined {
  switch (row?.role) {
    case 'pull':
    case 'push':
    case 'store':
      return row.role;
    case 'generator':
      return row.resource === 'passwords' ? row.resource : undefined;
    default:
      return undefined;
  }
}

function fieldsIn({ document }: Subject, spec: SpecPlace, path: string) {
  return fieldsAt(document.value, [...spec.path, path].join('.'));
}

/** Kinds that have `v1`: the others are alpha for ever. */
function unservedVersions(subject: Subject, release: OperatorRelease): readonly Problem[] {
  const { head, written } = subject.document;
  const { apiVersion } = written ?? head;
  const row = kindNamed(head.kind);
  const [newest = ''] = row === undefined ? [] : apiVersionsOf(row);
  if (versionOf(newest) !== 'v1') return [];
  const gone = VERSION_FACTS.filter(
    ({ version, goneIn }) => version === versionOf(apiVersion) && !isBefore(release, goneIn),
  );
  return gone.map(({ goneIn }) =>
    fieldProblem(subject, ['apiVersion'], {
      severity: 'warning',
      code: 'operator-version',
      what: `is ${apiVersion}, which ${NAME} ${release.text} does not serve`,
      fix: `It went in ${goneIn}. Write ${newest}.`,
    }),
  );
}

function newerFields(subject: Subject, release: OperatorRelease, spec: SpecPlace): readonly Problem[] {
  const rows = NEWER_FACTS.filter(({ of, firstWith }) => of === spec.of && isBefore(release, firstWith));
  return rows.flatMap((row) =>
    fieldsIn(subject, spec, row.path)
      .filter(({ value }) => row.holds?.(value) ?? true)
      .map(({ path }) =>
        fieldProblem(subject, path, {
          severity: 'warning',
          code: 'operator-field',
          what: whatOfNewer(row, release),
          fix: `Leave it out, or run ${row.firstWith} or newer.`,
        }),
      ),
  );
}

function whatOfNewer({ word, lastWithout, firstWith }: NewerFact, release: OperatorRelease): string {
  const operator = `${NAME} ${release.text}`;
  if (compareReleases(release, releaseOf(lastWithout)) > 0) {
    return `${word === undefined ? '' : `is ${word}, and `}may be unknown to ${operator}: it came after ${lastWithout}, and ${firstWith} has it`;
  }
  return word === undefined ? `is unknown to ${operator}, which drops it` : `is ${word}, which ${operator} refuses`;
}

function differences(subject: Subject, release: OperatorRelease, spec: SpecPlace): readonly Problem[] {
  const { measured } = KNOWN_RELEASES;
  const seen = compareReleases(release, releaseOf(measured)) === 0 ? '' : ` (measured in ${measured})`;
  return DIFFERENCE_FACTS.filter(({ of }) => of === spec.of).flatMap(({ path: place, holds, what, fix }) =>
    fieldsIn(subject, spec, place)
      .filter(({ value }) => holds?.(value) ?? true)
      .map(({ path }) =>
        fieldProblem(subject, path, { severity: 'warning', code: 'operator-differs', what: `${what}${seen}`, fix }),
      ),
  );
}

/** Templates are lenient there anyway. */
function ignoredAnnotations(subject: Subject, { text }: OperatorRelease): readonly Problem[] {
  const annotations = fieldsOf(fieldsOf(fieldsOf(subject.document.value)['metadata'])['annotations']);
  return Object.keys(annotations)
    .filter((name) => name.startsWith(ANNOTATION_PREFIX) && name !== LENIENT_TEMPLATES_ANNOTATION)
    .map((name) =>
      fieldProblem(subject, annotationPath(name), {
        severity: 'warning',
        code: 'operator-annotation',
        what: `means nothing to ${NAME} ${text}`,
        fix: 'Make sure that nothing depends on it there.',
      }),
    );
}

function isBefore(release: OperatorRelease, other: string): boolean {
  return compareReleases(release, releaseOf(other)) < 0;
}

/** Of the table, whose texts are releases. */
function releaseOf(text: string): OperatorRelease {
  return operatorRelease(text) ?? { text, numbers: [0, 0, 0] };
}
