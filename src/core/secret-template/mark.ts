/**
 * A mark of a template's inputs, by which an unchanged run is recognized although its result would differ.
 *
 * It is remembered outside of the Secret, so it must not help anybody to guess a value: a slow hash, salted with the
 * template's own texts.
 */
import { scryptSync } from 'node:crypto';
import type { GoString } from '../template/values.ts';
import { fromBytes, fromUtf8 } from '../template/values.ts';
import type { TemplateRequest } from './content.ts';

/** About 50 ms and 16 MiB for one guess. */
const COST = { N: 16_384, r: 8, p: 1 };
const LENGTH = 20;

/** 40 hex characters; equal for the same template, texts and values. */
export function inputsMark({ template, values }: TemplateRequest, texts: readonly GoString[]): string {
  const pairs = [...values].map(([key, value]) => [fromUtf8(key), fromBytes(value.reveal())]);
  const inputs = JSON.stringify([template, texts, pairs.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))]);
  return scryptSync(inputs, JSON.stringify(texts), LENGTH, COST).toString('hex');
}
