/** Secret values that nobody could print by chance, and the search for them in whatever leaves the program. */
import { randomBytes, randomInt } from 'node:crypto';
import { parse, parseAllDocuments, stringify } from 'yaml';
import type { ScenarioFiles } from './world.ts';

type Fields = Record<string, unknown>;

export interface Leak {
  readonly output: string;
  readonly form: string;
}

/** Makes canaries and remembers them. */
export class Canaries {
  readonly #values: string[] = [];

  #made = 0;

  /** A value of the next of several shapes: quoted lines with other scripts, base64, JSON, a word, numbers, few bytes. */
  next(): string {
    const shapes = [linesShape, base64Shape, jsonShape, numberShape, wordShape, exponentShape, shortShape];
    const random = (): string => this.remember(randomBytes(9).toString('hex'));
    const shape = shapes[this.#made % shapes.length]!;
    this.#made += 1;
    return this.remember(shape(random));
  }

  remember(value: string): string {
    this.#values.push(value);
    return value;
  }

  /** Every canary of these texts that stands in one of the outputs, in any of its forms. */
  leaks(outputs: ReadonlyMap<string, string>): readonly Leak[] {
    const forms = this.#values.flatMap(formsOf);
    return [...outputs].flatMap(([output, text]) => [
      ...forms.filter(({ text: form }) => text.includes(form)).map(({ form }) => ({ output, form })),
      ...(/eyJ[\w-]{8,}\.[\w-]{8,}/u.test(text) ? [{ output, form: 'a token' }] : []),
    ]);
  }

  /** The texts that a value turns into in the `data` of a Secret. */
  encoded(): readonly string[] {
    return this.#values.map((value) => Buffer.from(value).toString('base64'));
  }
}

/** The scenario with every value of vault and cluster replaced. */
export function withCanaries(files: ScenarioFiles, canaries: Canaries): ScenarioFiles {
  const { earlier } = files;
  const manifests = (text: string) => text.replaceAll('TYPED-BY-MISTAKE', () => canaries.next().split('\n')[0]!);
  return {
    ...files,
    manifests: manifests(files.manifests),
    vault: vaultWithCanaries(files.vault, canaries),
    cluster: clusterWithCanaries(files.cluster, canaries),
    ...(earlier === undefined
      ? {}
      : { earlier: { manifests: manifests(earlier.manifests), vault: vaultWithCanaries(earlier.vault, canaries) } }),
  };
}

function vaultWithCanaries(text: string, canaries: Canaries): string {
  const replaced = JSON.stringify(parse(text), (key, value: unknown) => (key === 'value' ? canaries.next() : value));
  return stringify(JSON.parse(replaced));
}

function clusterWithCanaries(text: string, canaries: Canaries): string {
  const documents = parseAllDocuments(text);
  const objects = (Array.isArray(documents) ? documents : []).map((document) => document.toJS() as Fields);
  return objects
    .map((object) => {
      const texts = Object.keys((object['stringData'] ?? {}) as Fields).map((key) => [key, valueOf(key, canaries)]);
      return stringify(texts.length === 0 ? object : { ...object, stringData: Object.fromEntries(texts) as Fields });
    })
    .join('---\n');
}

/** Kubernetes takes nothing but JSON under the key of a registry's login. */
function valueOf(key: string, canaries: Canaries): string {
  return key.startsWith('.docker') ? JSON.stringify({ registry: canaries.next() }) : canaries.next();
}

function linesShape(random: () => string): string {
  return `first "${random()}" & 'more' = 100%\n  zweite Zeile: grün ${random()} 鍵\n\\${random()}\t<end>\n`;
}

function base64Shape(random: () => string): string {
  return Buffer.from(`${random()}?${random()}`).toString('base64');
}

function jsonShape(random: () => string): string {
  return JSON.stringify({ inner: random(), 'a key': `a "${random()}"`, settings: random() });
}

function wordShape(random: () => string): string {
  return `w${random()}`;
}

/** Fifteen digits: a number that float64 holds as it is, and that nobody prints by chance. */
function numberShape(): string {
  return `9${randomInt(10 ** 13, 10 ** 14)}`;
}

function exponentShape(): string {
  const digits = String(randomInt(10 ** 13, 10 ** 14));
  return `${digits[0]}.${digits.slice(1)}e+17`;
}

/** Three bytes, which no mask looks for. */
function shortShape(): string {
  const letter = String.fromCharCode(0x41 + randomInt(26));
  return `${letter}^${randomInt(10)}`;
}

type Form = { readonly form: string; readonly text: string };

function formsOf(value: string): readonly Form[] {
  if (/^[A-Z]\^\d$/u.test(value)) return [{ form: `plain: ${value}`, text: value }];
  return [...numberForms(value), ...textForms(value)];
}

/** What printers of numbers make of it, and its digits by themselves. */
function numberForms(value: string): readonly Form[] {
  if (!/^[\d.]+(?:e\+\d+)?$/u.test(value)) return [];
  const digits = value.replace(/e.*$/u, '').replace('.', '');
  const texts = [digits, digits.slice(0, 9), `${digits[0]}.${digits.slice(1, 9)}`, Number(value).toString(16)];
  return texts.map((text) => ({ form: `number: ${value}`, text }));
}

function textForms(value: string): readonly Form[] {
  const parts = [value, ...value.split('\n').map((line) => line.trim())].filter((part) => part.length >= 8);
  return parts.flatMap((part) => {
    const bytes = Buffer.from(part);
    const json = JSON.stringify(part).slice(1, -1);
    return [
      { form: `plain: ${part}`, text: part },
      { form: `base64: ${part}`, text: bytes.toString('base64').replace(/=+$/u, '') },
      { form: `base64url: ${part}`, text: bytes.toString('base64url') },
      { form: `hex: ${part}`, text: bytes.toString('hex') },
      { form: `URL-encoded: ${part}`, text: encodeURIComponent(part) },
      { form: `form-encoded: ${part}`, text: new URLSearchParams([['', part]]).toString().slice(1) },
      { form: `JSON: ${part}`, text: json },
      { form: `JSON in JSON: ${part}`, text: JSON.stringify(json).slice(1, -1) },
    ];
  });
}
