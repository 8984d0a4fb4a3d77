/**
 * The last line of defence: takes every known secret value out of a text that is about to leave the program.
 *
 * Knows a value as it is, its lines of four characters and more, the texts and numbers in it where it is JSON, and the
 * usual disguises of each: base64, URL-encoded, JSON-escaped, a number in the ways in which numbers are printed. Nothing
 * may rely on it: a value in any other disguise passes, and values below four bytes are not searched for, since they
 * would take ordinary words apart, nor is a part of JSON that is the name of an object of the manifests.
 *
 * A text is walked once, whatever the number of values: the four characters at each place say how long a value could
 * be that begins there, and what stands there so long is a value or is none.
 */
import { REDACTED } from '../../core/model/names.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import { leavesOf } from './json-leaves.ts';
import type { Masker } from '../../ports/masker.ts';

const SHORTEST = 4;

export class RedactingMasker implements Masker {
  readonly #known = new Set<string>();
  /** First four characters → how long the texts are that begin with them, longest first. */
  readonly #lengths = new Map<string, number[]>();
  #spared: ReadonlySet<string> = new Set();

  spare(names: ReadonlySet<string>): void {
    this.#spared = new Set([...this.#spared, ...names]);
  }

  mask(value: SecretValue): void {
    if (value.isOpaque || value.size < SHORTEST) return;
    const bytes = value.reveal();
    const leaves = leavesOf(Buffer.from(bytes).toString('utf8'))
      .filter((leaf) => !this.#spared.has(leaf))
      .map((leaf) => Buffer.from(leaf));
    for (const part of [bytes, ...leaves]) for (const text of appearances(part)) this.#remember(text);
  }

  /** The text without any value that was masked so far. */
  redact(text: string): string {
    // Stryker disable next-line ConditionalExpression: nothing would be found, more slowly
    if (this.#known.size === 0) return text;
    const kept: string[] = [];
    let keptTo = 0;
    for (const [start, end] of this.#findings(text)) {
      kept.push(text.slice(keptTo, start), REDACTED);
      keptTo = end;
    }
    return kept.join('') + text.slice(keptTo);
  }

  /** What is shorter than `SHORTEST` is kept under a beginning that is never looked up. */
  #remember(text: string): void {
    if (this.#known.has(text)) return;
    this.#known.add(text);
    const begin = text.slice(0, SHORTEST);
    const lengths = this.#lengths.get(begin);
    if (lengths === undefined) this.#lengths.set(begin, [text.length]);
    else if (!lengths.includes(text.length)) lengths.splice(placeOf(text.length, lengths), 0, text.length);
  }

  /** Where values stand; those that overlap or touch are one, so that no rest of either is left. */
  #findings(text: string): readonly (readonly [number, number])[] {
    const findings: [number, number][] = [];
    for (let start = 0; start + SHORTEST <= text.length; start += 1) {
      const found = this.#lengths
        .get(text.slice(start, start + SHORTEST))
        ?.find((length) => this.#known.has(text.slice(start, start + length)));
      if (found === undefined) continue;
      const last = findings.at(-1);
      if (last === undefined || last[1] < start) findings.push([start, start + found]);
      else last[1] = Math.max(last[1], start + found);
    }
    return findings;
  }
}

/** Where a length belongs among others, longest first. */
function placeOf(length: number, lengths: readonly number[]): number {
  const place = lengths.findIndex((other) => other < length);
  return place === -1 ? lengths.length : place;
}

/** The ways in which a value can stand in a text. */
function appearances(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('utf8');
  const encoded = (['base64', 'base64url', 'hex'] as const).map((encoding) => buffer.toString(encoding));
  // Bytes that are no text can only appear encoded.
  if (!Buffer.from(text, 'utf8').equals(buffer)) return encoded;
  const readable = new Set([text, text.trim(), ...linesOf(text)]);
  const long = [...readable].filter((part) => part.length >= SHORTEST);
  return [...long.flatMap(disguises), ...[...readable].flatMap(numberForms), ...encoded];
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/u).map((line) => line.trim());
}

/** Looks the same in JSON, in a URL and in a form; most values are such, and there may be many. */
const PLAIN = /^[\w.-]*$/u;

function disguises(text: string): readonly string[] {
  const base64 = Buffer.from(text, 'utf8').toString('base64');
  const encoded = [base64, base64.replaceAll('=', '')];
  // Stryker disable next-line ConditionalExpression: the others would be found to be the same, more slowly
  if (PLAIN.test(text)) return [text, ...encoded];
  const json = JSON.stringify(text).slice(1, -1);
  const inUrl = encodeURIComponent(text.toWellFormed());
  return [text, json, JSON.stringify(json).slice(1, -1), inUrl, inForm(inUrl), ...encoded];
}

/** WHATWG URL: a form writes a space as a plus sign, and escapes some of what a path may hold. */
function inForm(inUrl: string): string {
  const escaped = inUrl.replace(/[!'()~]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return escaped.replaceAll('%20', '+');
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
/** A number of fewer digits is everywhere. */
const FEWEST_DIGITS = 4;

/** `918273645`, `9.18273645e+08`, `918273645.000000`: what templates and JSON make of one number. */
function numberForms(text: string): readonly string[] {
  const value = Number(text);
  // Stryker disable next-line ArrayDeclaration: that would hide a text that no value is
  if (!NUMBER.test(text) || !Number.isFinite(value) || text.replace(/\D/gu, '').length < FEWEST_DIGITS) return [];
  // Go writes two digits of an exponent at least.
  const exponential = value.toExponential().replace(/(?<=e[+-])(?=\d$)/u, '0');
  const plain = Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(6);
  return [String(value), exponential, exponential.toUpperCase(), value.toFixed(6), plain];
}
