/** What the options for the pods must look like, and what they say: quantities, pairs, tolerations. */
import { nearest } from '../model/nearest.ts';
import { MEBIBYTE, readQuantity } from '../deploy/quantity.ts';
import type { Finding } from './finding.ts';
import { isLabelValue, isQualifiedName, KEY_FIX, VALUE_FIX } from './kubernetes-names.ts';

const LEAST_MEMORY_MEBIBYTES = 32;
const MOST_CORES = 1_000;

/** `256Mi`; what is far too little is another unit than the one that was meant. */
export function memoryQuantity(text: string): Finding | undefined {
  const bytes = readQuantity(text);
  if (bytes === undefined) return noQuantity(text, memoryMeant(text));
  if (bytes >= LEAST_MEMORY_MEBIBYTES * MEBIBYTE) return undefined;
  const what = bytes < 0 ? 'is less than nothing' : `is ${bytesText(bytes)}, and no pod runs with that`;
  return { what: `"${text}" ${what}`, fix: meant(memoryMeant(text.replace(/^-/u, ''))) };
}

function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < MEBIBYTE ? `${Math.round(bytes / 1024)} KiB` : `${Math.round(bytes / MEBIBYTE)} MiB`;
}

/** `256mi`, `256MB`, `256 Mi`, `256`, `256m` → `256Mi`. */
function memoryMeant(text: string): string {
  const { number = '', unit = '' } =
    /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>[kmgt]?)(?:i?b?|bytes)$/iu.exec(text)?.groups ?? {};
  if (Number(number) === 0) return '256Mi';
  return `${number}${/^[gt]/iu.test(unit) ? unit.toUpperCase() : 'M'}i`;
}

/** `500m`, `0.5`, `2`. */
export function cpuQuantity(text: string): Finding | undefined {
  const cores = readQuantity(text);
  if (cores === undefined) return noQuantity(text, cpuMeant(text));
  if (cores > 0 && cores <= MOST_CORES) return undefined;
  const what = cores > MOST_CORES ? `is ${cores.toLocaleString('en')} cores` : 'is no amount of CPU';
  return { what: `"${text}" ${what}`, fix: meant(cpuMeant(text)) };
}

function cpuMeant(text: string): string {
  const { number = '', unit = '' } = /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>[a-z]*)$/iu.exec(text)?.groups ?? {};
  if (Number(number) === 0) return '500m';
  return /^m/iu.test(unit) ? `${number}m` : number;
}

function noQuantity(text: string, suggestion: string): Finding {
  return { what: `"${text}" is no quantity that Kubernetes reads`, fix: meant(suggestion) };
}

function meant(suggestion: string): string {
  return `Write it as ${suggestion}.`;
}

export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** At the first `=`; `undefined` where there is none, or nothing before it. */
export function pairOf(text: string): Pair | undefined {
  const place = text.indexOf('=');
  return place > 0 ? { key: text.slice(0, place).trim(), value: text.slice(place + 1) } : undefined;
}

/** By key; later ones win, but `pod-rules` refuses two of one key. */
export function pairsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.flatMap((text) => pairOf(text) ?? []).map(({ key, value }) => [key, value]));
}

/** `deploy` sets them; another value would make another job of it. */
const OWN_VARIABLES = [
  'KEYFERRY_HOME',
  'KEYFERRY_INSTALLATION',
  'KEYFERRY_INSTALLATION_NAMESPACE',
  'KEYFERRY_DEPLOYED',
  'KEYFERRY_PRUNE',
  'KEYFERRY_DUE',
  'KEYFERRY_FORCE',
  'KEYFERRY_TAKE_OVER',
  'KEYFERRY_RESOLVE',
  'KEYFERRY_VAULT_OBJECTS',
  'KEYFERRY_WINDOW',
  'KEYFERRY_START_DELAY',
];

/** The value is never shown. */
export function variable(text: string): Finding | undefined {
  const pair = pairOf(text);
  if (pair === undefined) return { what: 'has an entry that is not NAME=VALUE', fix: 'Write one NAME=VALUE a line.' };
  const { key } = pair;
  if (!/^[-._A-Za-z][-._A-Za-z0-9]*$/u.test(key)) {
    return {
      what: `${quoted(key)} is no name of a variable`,
      fix: 'Use letters, digits, dashes, dots and underscores, and no digit first.',
    };
  }
  if (!OWN_VARIABLES.includes(key)) return undefined;
  return { what: `${quoted(key)} is set by the deployment itself`, fix: 'Leave it out.' };
}

export function label(text: string): Finding | undefined {
  return metadata(text) ?? badValue(text);
}

export function annotation(text: string): Finding | undefined {
  return metadata(text);
}

/** Those of the nodes are all that there is to choose from; the operating system is not. */
export function nodeLabel(text: string): Finding | undefined {
  const pair = pairOf(text);
  if (pair === undefined) return noPair(text, 'KEY=VALUE');
  if (!isQualifiedName(pair.key)) return { what: `${quoted(pair.key)} is no key of a label`, fix: KEY_FIX };
  if (pair.key === 'kubernetes.io/os' && pair.value !== 'linux') {
    return { what: `"${text}" asks for other nodes than Linux`, fix: 'Leave it out: the job runs on Linux.' };
  }
  return badValue(text);
}

function badValue(text: string): Finding | undefined {
  const { key = '', value = '' } = pairOf(text) ?? {};
  if (isLabelValue(value)) return undefined;
  return { what: `${quoted(key)} has "${value}", which is no value of a label`, fix: VALUE_FIX };
}

/** What the installation, its selectors and the identity of the pods stand on. */
const RESERVED: readonly RegExp[] = [
  /^app\.kubernetes\.io\/(?:name|instance|component|managed-by)$/u,
  /^(?:.*\.)?keyferry\.dev\//u,
  /^(?:batch|cronjob)\.kubernetes\.io\//u,
  /^(?:controller-uid|job-name)$/u,
];
const IDENTITY = 'azure.workload.identity/use';

function metadata(text: string): Finding | undefined {
  const pair = pairOf(text);
  if (pair === undefined) return noPair(text, 'KEY=VALUE');
  const { key } = pair;
  if (!isQualifiedName(key)) return { what: `${quoted(key)} is no key that Kubernetes takes`, fix: KEY_FIX };
  if (key === IDENTITY) {
    return {
      what: `${quoted(key)} is set by the deployment itself`,
      fix: 'Leave it out: it is there where a store uses the identity of the pods.',
    };
  }
  if (!RESERVED.some((one) => one.test(key))) return undefined;
  return { what: `${quoted(key)} is set by the deployment itself`, fix: 'Leave it out, or take another key.' };
}

function noPair(text: string, form: string): Finding {
  return { what: `has an entry ${quoted(text)} that is not ${form}`, fix: `Write one ${form} a line.` };
}

function quoted(text: string): string {
  return `"${text}"`;
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const TOLERATION_FIX = 'Write KEY=VALUE:EFFECT, KEY:EFFECT for any value, or KEY for any value and effect.';

export function toleration(text: string): Finding | undefined {
  const { key, value, effect } = tolerationParts(text);
  if (!isQualifiedName(key)) return { what: `"${text}" has no key that Kubernetes takes`, fix: TOLERATION_FIX };
  if (value !== undefined && !isLabelValue(value)) {
    return { what: `"${text}" has "${value}", which is no value of a taint`, fix: VALUE_FIX };
  }
  if (effect === undefined || EFFECTS.includes(effect)) return undefined;
  const near = EFFECTS.find((one) => one.toLowerCase() === effect.toLowerCase()) ?? nearest(effect, EFFECTS);
  const what = `"${text}" has "${effect}", which is not one of ${EFFECTS.join(', ')}`;
  return { what, fix: near === undefined ? 'Use one of these.' : `Did you mean ${near}?` };
}

/** kubectl's notation of taints: `KEY=VALUE:EFFECT`, `KEY:EFFECT`, `KEY`. */
export function tolerationOf(text: string): object {
  const { key, value, effect } = tolerationParts(text);
  return {
    key,
    ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
    ...(effect === undefined ? {} : { effect }),
  };
}

function tolerationParts(text: string): {
  readonly key: string;
  readonly value: string | undefined;
  readonly effect: string | undefined;
} {
  const { taint, effect } = /^(?<taint>[^:]*)(?::(?<effect>.*))?$/su.exec(text)?.groups ?? {};
  const place = (taint ?? '').indexOf('=');
  const key = place === -1 ? (taint ?? '') : (taint ?? '').slice(0, place);
  return { key, value: place === -1 ? undefined : (taint ?? '').slice(place + 1), effect };
}
