/** What Keyferry has beside the operator: annotations under `keyferry.dev/`, so that manifests stay valid for both. */
import { parseDuration } from '../../go/duration.ts';
import { DATA_KEY } from '../../model/kubernetes-names.ts';
import { LENIENT_TEMPLATES_ANNOTATION, PUSH_ANNOTATIONS } from '../../model/names.ts';
import { nearest } from '../../model/nearest.ts';
import type { Problem } from '../../model/problem.ts';
import { resolutionIn, type PushExtras, type PushResolution } from '../../model/push-intent.ts';
import { fieldProblem, type Subject } from '../check.ts';
import { asIfFilled, hasPlaceholder } from '../placeholders.ts';

type Annotations = Readonly<Record<string, string>>;

const PREFIX = 'keyferry.dev/';
const KNOWN: readonly string[] = [...Object.values(PUSH_ANNOTATIONS), LENIENT_TEMPLATES_ANNOTATION];
const ADOPTIONS = ['never', 'ifEqual', 'always'] as const;
const DAYS = /^(\d{1,5})d(.*)$/u;
const DAY_MS = 86_400_000;
/** Beyond this a date has no year of four digits for long. */
const LONGEST_DAYS = 36_500;

/** Annotation → is it a value of it, and what is to be written. */
const RULES: readonly (readonly [name: string, isValid: (text: string) => boolean, fix: string])[] = [
  [
    PUSH_ANNOTATIONS.adopt,
    (text) => (ADOPTIONS as readonly string[]).includes(text),
    'Write never, ifEqual or always.',
  ],
  [
    PUSH_ANNOTATIONS.expiresIn,
    (text) => spanOf(text) !== undefined,
    'Write a time from now, as 90d or 12h, 36500d at most.',
  ],
  [
    PUSH_ANNOTATIONS.contentType,
    (text) => text === 'none',
    'Write none; a content type stands in the metadata of an entry.',
  ],
  [PUSH_ANNOTATIONS.binary, (text) => text === 'base64', 'Write base64, or remove it: binary values are then refused.'],
  [
    PUSH_ANNOTATIONS.pfxPasswordKey,
    (text) => DATA_KEY.test(asIfFilled(text)),
    'Write the key of the source Secret that holds the password.',
  ],
  [
    PUSH_ANNOTATIONS.resolve,
    (text) => resolutionsOf(text) !== undefined,
    'Write source@VERSION or vault@VERSION, with the version that the conflict named; several with commas.',
  ],
];

export function pushExtrasProblems(subject: Subject, annotations: Annotations): readonly Problem[] {
  const invalid = RULES.flatMap(([name, isValid, fix]) => {
    const text = annotations[name];
    if (text === undefined || hasPlaceholder(text) || isValid(text)) return [];
    return [
      annotationProblem(subject, name, { code: 'annotation-value', what: 'has a value that it cannot have', fix }),
    ];
  });
  return [...invalid, ...unknownAnnotations(subject, annotations)];
}

function unknownAnnotations(subject: Subject, annotations: Annotations): readonly Problem[] {
  const unknown = Object.keys(annotations).filter((name) => name.startsWith(PREFIX) && !KNOWN.includes(name));
  return unknown.map((name) => {
    const meant = nearest(name, KNOWN);
    const fix = meant === undefined ? 'Remove it.' : `Did you mean ${meant}?`;
    const what = 'is not an annotation of PushSecrets and has no effect';
    return annotationProblem(subject, name, { severity: 'warning', code: 'unknown-annotation', what, fix });
  });
}

function annotationProblem(subject: Subject, name: string, finding: Parameters<typeof fieldProblem>[2]): Problem {
  return fieldProblem(subject, ['metadata', 'annotations', name], finding);
}

/** Values have been looked at. */
export function toPushExtras(annotations: Annotations): PushExtras {
  const of = (name: keyof typeof PUSH_ANNOTATIONS) => annotations[PUSH_ANNOTATIONS[name]] ?? '';
  const expiresInMs = spanOf(of('expiresIn'));
  const pfxPasswordKey = of('pfxPasswordKey');
  return {
    adopt: ADOPTIONS.find((one) => one === of('adopt')) ?? 'never',
    ...(expiresInMs === undefined ? {} : { expiresInMs }),
    noContentType: of('contentType') === 'none',
    binary: of('binary') === 'base64' ? 'base64' : 'refused',
    ...(pfxPasswordKey === '' ? {} : { pfxPasswordKey }),
    resolve: resolutionsOf(of('resolve')) ?? [],
  };
}

/** Milliseconds of `90d`, `1d12h`, `12h`. Days are ours: Go has none. */
function spanOf(text: string): number | undefined {
  const [, days = '0', rest = text] = DAYS.exec(text) ?? [];
  const milliseconds = rest === '' && days !== '0' ? 0 : parseDuration(rest);
  const span = Number(days) * DAY_MS + (milliseconds ?? Number.NaN);
  return span > 0 && span <= LONGEST_DAYS * DAY_MS && (milliseconds ?? 0) >= 0 ? span : undefined;
}

function resolutionsOf(text: string): readonly PushResolution[] | undefined {
  const parts = text.split(',').map((part) => resolutionIn(part.trim()));
  const found = parts.filter((part) => part !== undefined);
  return found.length < parts.length ? undefined : found;
}
