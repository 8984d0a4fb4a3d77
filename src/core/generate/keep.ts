/**
 * Which values of a stable generator stay, and which are drawn anew.
 *
 * | its key in the Secret | the spec it was drawn from | `rotate`        | then        |
 * | --------------------- | -------------------------- | --------------- | ----------- |
 * | is not there          |                            |                 | drawn       |
 * | is there              | is not known               |                 | stays       |
 * | is there              | is another                 |                 | drawn anew  |
 * | is there              | is the same                | another text    | drawn anew  |
 * | is there              | is the same                | the same, or none | stays     |
 *
 * So nothing that is lost beside the Secret changes a value. ESO 2.9 draws at every refresh.
 */
import type { StableSpec } from '../model/generator.ts';
import type { PullIntent } from '../model/intent.ts';
import { ROTATE_ANNOTATION } from '../model/names.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { LiveSecret } from '../model/secret.ts';
import type { Values } from '../transform/entry-outcome.ts';
import { askedMark, readMarks, specMark, type Mark, type MarksByKey } from './marks.ts';
import { isHidden, placeOf } from './place.ts';
import { GENERATED_ANNOTATION } from '../model/names.ts';

export interface StableEntry {
  readonly spec: StableSpec;
  /** `Password shop/db`. */
  readonly generator: string;
  /** Key of the Secret → the generator's own. */
  readonly names: ReadonlyMap<string, string>;
  /** New values by the generator's own keys; asked for where one is needed. */
  readonly draw: () => Values;
}

export interface Kept {
  /** By key, as the template sees them. */
  readonly values: Values;
  /** What the Secret holds beside that: earlier values, and ones that no template writes. */
  readonly beside: Values;
  readonly marks: MarksByKey;
  readonly drawn: readonly Drawn[];
}

export interface Drawn {
  readonly key: string;
  /** Why it is not the one that was there; absent = there was no Secret. */
  readonly why?: string;
}

type Why = 'first' | 'gone' | 'spec' | 'asked';

type Subject = Pick<PullIntent, 'target' | 'extras'>;

export function keepOrDraw(entry: StableEntry, intent: Subject, live: LiveSecret | undefined): Kept {
  if (isNeverWritten(intent, live)) return unwritten(entry);
  const reasons = reasonsToDraw(entry, intent, live);
  const fresh = reasons.size === 0 ? new Map<string, SecretValue>() : entry.draw();
  const places = [...entry.names].map(([key, own]) => ({ key, own, place: placeOf(intent.target, key) }));
  const values = new Map<string, SecretValue>();
  const beside = new Map<string, SecretValue>();
  for (const { key, own, place } of places) {
    const value = (reasons.has(key) ? fresh.get(own) : live?.data.get(place)) ?? SecretValue.ofText('');
    values.set(key, value);
    if (isHidden(place)) beside.set(place, value);
    for (const [name, earlier] of earlierValues(place, intent, { live, isDrawn: reasons.has(key) })) {
      beside.set(name, earlier);
    }
  }
  const drawn = [...reasons].map(([key, why]) => drawnFor(key, why, entry));
  return {
    values,
    beside,
    marks: new Map([...entry.names.keys()].map((key) => [key, markOf(key, entry, intent, live)])),
    drawn,
  };
}

/** ESO 2.9: None writes nothing, and Merge makes no Secret. */
function isNeverWritten({ target }: Subject, live: LiveSecret | undefined): boolean {
  return target.creationPolicy === 'None' || (target.creationPolicy === 'Merge' && live === undefined);
}

function unwritten({ names }: StableEntry): Kept {
  const values = new Map([...names.keys()].map((key) => [key, SecretValue.ofText('')]));
  return { values, beside: new Map(), marks: new Map(), drawn: [] };
}

/** The halves of a key pair belong together: they are drawn together. */
function reasonsToDraw(entry: StableEntry, intent: Subject, live: LiveSecret | undefined): ReadonlyMap<string, Why> {
  const marks = readMarks(live?.annotations.get(GENERATED_ANNOTATION));
  const found = new Map<string, Why>();
  for (const key of entry.names.keys()) {
    const why = whyDrawn(key, { entry, intent, live, mark: marks.get(key) });
    if (why !== undefined) found.set(key, why);
  }
  const [first] = found.values();
  if (entry.spec.kind !== 'SSHKey' || first === undefined) return found;
  return new Map([...entry.names.keys()].map((key) => [key, found.get(key) ?? first]));
}

interface Judged {
  readonly entry: StableEntry;
  readonly intent: Subject;
  readonly live: LiveSecret | undefined;
  readonly mark: Mark | undefined;
}

function whyDrawn(key: string, { entry, intent, live, mark }: Judged): Why | undefined {
  if (live === undefined) return 'first';
  if (!live.data.has(placeOf(intent.target, key))) return 'gone';
  if (mark === undefined) return undefined;
  if (mark.spec !== specMark(entry.spec)) return 'spec';
  const { rotate } = intent.extras;
  return rotate !== undefined && mark.asked !== askedMark(rotate) ? 'asked' : undefined;
}

/** Whoever asked last is remembered also when the annotation is taken away. */
function markOf(key: string, { spec }: StableEntry, { extras }: Subject, live: LiveSecret | undefined): Mark {
  const before = readMarks(live?.annotations.get(GENERATED_ANNOTATION)).get(key);
  const asked = extras.rotate === undefined ? before?.asked : askedMark(extras.rotate);
  return { spec: specMark(spec), ...(asked === undefined ? {} : { asked }) };
}

/** `password_PREVIOUS`, `password_PREVIOUS_2`: the newest first. */
export function previousKeys(place: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${place}_PREVIOUS${index === 0 ? '' : `_${index + 1}`}`);
}

function earlierValues(
  place: string,
  { extras }: Subject,
  { live, isDrawn }: { readonly live: LiveSecret | undefined; readonly isDrawn: boolean },
): readonly (readonly [string, SecretValue])[] {
  const keys = previousKeys(place, extras.keepPrevious);
  const isReplaced = isDrawn && live?.data.has(place) === true;
  const sources = isReplaced ? [place, ...keys] : keys;
  return keys.flatMap((key, index) => {
    const earlier = live?.data.get(sources[index] ?? '');
    return earlier === undefined ? [] : [[key, earlier] as const];
  });
}

function drawnFor(key: string, why: Why, { generator }: StableEntry): Drawn {
  switch (why) {
    case 'first':
      return { key };
    case 'gone':
      return { key, why: 'it was not there' };
    case 'spec':
      return { key, why: `${generator} was changed` };
    case 'asked':
      return { key, why: ROTATE_ANNOTATION };
    default:
      return why satisfies never;
  }
}

/** `drawn: password`, `drawn anew: password (Password shop/db was changed)`; `undefined` = nothing was. */
export function drawnText(drawn: readonly Drawn[]): string | undefined {
  const reasons = [...new Set(drawn.map(({ why }) => why))];
  const parts = reasons.map((why) => {
    const keys = drawn.filter((one) => one.why === why).map(({ key }) => key);
    return why === undefined ? `drawn: ${keys.join(', ')}` : `drawn anew: ${keys.join(', ')} (${why})`;
  });
  return parts.length === 0 ? undefined : parts.join('; ');
}
