/**
 * Whether an answer is an object of the API at all, and the one that was asked for: what a proxy, or a broken server,
 * says with 200 must neither end in a TypeError nor stand for a Secret.
 */
import { isRecord } from '../../core/model/fields.ts';
import { GarbledAnswer, type Json } from './api-requests.ts';

interface Asked {
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isTexts: Check = (value) => isRecord(value) && Object.values(value as object).every(isText);
const listOf =
  (isItem: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(isItem);

/** Absent and null mean the same to an API server. */
const METADATA: Readonly<Record<string, Check>> = {
  name: isText,
  namespace: isText,
  uid: isText,
  resourceVersion: isText,
  creationTimestamp: isText,
  deletionTimestamp: isText,
  labels: isTexts,
  annotations: isTexts,
  finalizers: listOf(isText),
  ownerReferences: listOf(isRecord),
  managedFields: listOf((entry) => isRecord(entry) && fits(entry, { manager: isText, fieldsV1: isRecord })),
};

const CONTENT: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  Secret: { data: isTexts, type: isText, immutable: isFlag },
  ConfigMap: { data: isTexts },
};
const OTHERS: Readonly<Record<string, Check>> = { spec: isRecord, status: isRecord };

export function isAnswerAbout(answer: Json, asked: Asked): boolean {
  const { metadata } = answer;
  if (!isRecord(metadata) || !fits(metadata, METADATA)) return false;
  if (!fits(answer, CONTENT[asked.kind] ?? OTHERS)) return false;
  const { name, namespace } = metadata;
  return name === asked.name && (asked.namespace === undefined || namespace === asked.namespace);
}

/** Of a list, whose items say neither kind nor version. */
function isItemOf(item: unknown, { kind }: Asked): boolean {
  if (!isRecord(item)) return false;
  const { metadata } = item;
  return isRecord(metadata) && fits(metadata, METADATA) && fits(item, CONTENT[kind] ?? OTHERS);
}

function fits(value: Json, checks: Readonly<Record<string, Check>>): boolean {
  return Object.entries(checks).every(([field, check]) => {
    const part = value[field];
    return part === undefined || part === null || check(part);
  });
}

interface Page {
  readonly items: readonly Json[];
  readonly next: string | undefined;
}

/** Go writes a list without items as null. */
export function pageOf(answer: Json, of: Asked): Page {
  const { items, metadata } = answer as {
    readonly items?: unknown;
    readonly metadata?: { readonly continue?: unknown };
  };
  const all: unknown = items ?? [];
  if (!Array.isArray(all) || !all.every((item) => isItemOf(item, of))) throw new GarbledAnswer('no list');
  const next = metadata?.continue;
  return { items: all as readonly Json[], next: typeof next === 'string' && next !== '' ? next : undefined };
}
