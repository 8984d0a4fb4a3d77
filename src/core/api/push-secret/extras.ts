/** The annotations of PushSecrets that the operator does not have: one row for each. */
import { parseDuration } from '../../go/duration.ts';
import { DATA_KEY } from '../../model/kubernetes-names.ts';
import { PUSH_ANNOTATIONS } from '../../model/names.ts';
import { resolutionIn, type PushExtras, type PushResolution } from '../../model/push-intent.ts';
import { isLenient, LENIENT_TEMPLATES, type Annotations, type AnnotationTable } from '../annotations.ts';
import { asIfFilled } from '../placeholders.ts';

const ADOPTIONS = ['never', 'ifEqual', 'always'] as const;
const DAYS = /^(\d{1,5})d(.*)$/u;
const DAY_MS = 86_400_000;
/** Beyond this a date has no year of four digits for long. */
const LONGEST_DAYS = 36_500;

export const PUSH_ANNOTATION_TABLE: AnnotationTable = {
  kinds: 'PushSecrets',
  rows: [
    {
      name: PUSH_ANNOTATIONS.adopt,
      values: '`never`, `ifEqual`, `always`',
      default: '`never`',
      does: 'Whether a vault object that is not ours may become ours: only if it holds what would be written, or always.',
      isValid: (text) => (ADOPTIONS as readonly string[]).includes(text),
      fix: 'Write never, ifEqual or always.',
    },
    {
      name: PUSH_ANNOTATIONS.expiresIn,
      values: 'a time from now, as `90d`, `12h`, `1d12h`; `36500d` at most',
      default: 'no expiry',
      does: 'The expiry, counted from when a value is written. An `expirationDate` of an entry counts before it.',
      isValid: (text) => spanOf(text) !== undefined,
      form: String.raw`^[0-9.+a-z\u00b5\u03bc]+$`,
      fix: 'Write a time from now, as 90d or 12h, 36500d at most.',
    },
    {
      name: PUSH_ANNOTATIONS.contentType,
      values: '`none`',
      default: 'what is there stays',
      does: 'Takes the content type off. A `contentType` of an entry counts before it.',
      isValid: (text) => text === 'none',
      fix: 'Write none; a content type stands in the metadata of an entry.',
    },
    {
      name: PUSH_ANNOTATIONS.binary,
      values: '`base64`',
      default: 'binary values are refused',
      does: 'What is no text is written as Base64, with the tag `encoding=base64`.',
      isValid: (text) => text === 'base64',
      fix: 'Write base64, or remove it: binary values are then refused.',
    },
    {
      name: PUSH_ANNOTATIONS.pfxPasswordKey,
      values: 'a key of the source Secret',
      default: 'a PKCS#12 has no password',
      does: 'The password of the PKCS#12 in it.',
      isValid: (text) => DATA_KEY.test(asIfFilled(text)),
      form: DATA_KEY.source,
      fix: 'Write the key of the source Secret that holds the password.',
    },
    {
      name: PUSH_ANNOTATIONS.resolve,
      values: '`source@VERSION`, `vault@VERSION`; several with commas',
      default: 'neither side',
      does: 'Which side counts after a `push-conflict`, for the very version that it named.',
      isValid: (text) => resolutionsOf(text) !== undefined,
      form: '(?:source|vault)@',
      fix: 'Write source@VERSION or vault@VERSION, with the version that the conflict named; several with commas.',
    },
    LENIENT_TEMPLATES,
  ],
};

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
    lenientTemplates: isLenient(annotations),
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
