/**
 * What a vault's refusal says, read once and cut down to names and codes.
 *
 * The SDK drops the body of a failed list and keeps that of a single read in an error with all headers; here it is the
 * same for both. The body itself is never kept: a proxy may have echoed the request into it.
 */
import { isIP } from 'node:net';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { isRecord } from '../../core/model/fields.ts';

/** What is wrong with a thing that was to be written. */
export type Complaint = 'tags' | 'length' | 'pkcs12' | 'pem' | 'key' | 'name';

export interface VaultAnswer {
  readonly status: number;
  /** False for HTML and anything else that Key Vault would not send. */
  readonly fromVault: boolean;
  /** `Forbidden`, `SecretNotFound`. */
  readonly code: string;
  /** `ForbiddenByRbac`, `SecretDisabled`; else AKV10022 and the like. */
  readonly inner: string;
  /** The object is switched off, which is no matter of permissions. */
  readonly isDisabled: boolean;
  /** What a 400 is about, where its text says so. */
  readonly complaint: Complaint | undefined;
  /** Its own first sentence, where that says nothing but what Key Vault says. */
  readonly sentence: string | undefined;
  readonly callerObjectId: string | undefined;
  readonly action: string | undefined;
  /** The resource id of the vault, without the object. */
  readonly vaultId: string | undefined;
  /** The address of this machine as the vault saw it. */
  readonly clientAddress: string | undefined;
  readonly header: (name: string) => string | undefined;
}

/** Thrown inside the SDK's pipeline; its message names no more than status and codes. */
export class VaultRefusal extends Error {
  readonly answer: VaultAnswer;

  constructor(answer: VaultAnswer) {
    super(`HTTP ${answer.status} ${answer.code} ${answer.inner}`.trim());
    this.name = 'VaultRefusal';
    this.answer = answer;
  }
}

/**
 * A 200 that cannot be taken for what was asked: no JSON object or not of Key Vault's form, about another object, or a
 * list that repeats a page, never ends or takes too long.
 */
export type Garbling = 'no-json' | 'other-object' | 'repeated-page' | 'endless-list' | 'slow-list';

export class GarbledAnswer extends Error {
  readonly garbling: Garbling;

  constructor(garbling: Garbling) {
    super(`the answer cannot be used: ${garbling}`);
    this.name = 'GarbledAnswer';
    this.garbling = garbling;
  }
}

/** The name is not free yet, and will be in a while. */
export function isBusy({ status, inner }: VaultAnswer): boolean {
  return status === 409 && (inner === 'ObjectIsBeingDeleted' || inner === 'ObjectIsBeingRecovered');
}

export function readVaultAnswer(response: PipelineResponse): VaultAnswer {
  const error = errorOf(response.bodyAsText ?? '');
  const message = text(error?.['message']);
  const header = (name: string): string | undefined => response.headers.get(name);
  return {
    status: response.status,
    fromVault: error !== undefined,
    code: word(error?.['code']),
    inner: innerCode(error) || word(/AKV\d+/.exec(message)?.[0]),
    isDisabled: isDisabled(innerCode(error), message),
    complaint: COMPLAINTS.find(([, pattern]) => pattern.test(message))?.[0],
    sentence: ownSentence(message),
    callerObjectId: /oid=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/i.exec(message)?.[1],
    action: /Action: '([A-Za-z./]{1,200})'/.exec(message)?.[1],
    vaultId: /Resource: '(\/subscriptions\/[\w\-./()]*?\/vaults\/[\w-]+)/i.exec(message)?.[1],
    clientAddress: clientAddress(message, header('x-ms-keyvault-network-info')),
    header,
  };
}

/** The JSON object that a body holds; undefined for anything else. */
export function jsonObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Words of Key Vault's texts, none of which are shown: they may quote what was sent. */
const COMPLAINTS: readonly (readonly [Complaint, RegExp])[] = [
  ['pkcs12', /PKCS ?#12|network password|\.pfx\b/iu],
  ['pem', /\bPEM\b/u],
  ['key', /\bkty\b|\bkey type\b|\bkey size\b|\bcurve\b/iu],
  ['tags', /\btags?\b/iu],
  ['length', /\btoo (?:long|large)\b|\bmaximum (?:size|length)\b|\bexceeds?\b/iu],
  ['name', /\binvalid name\b/iu],
];

/** Key Vault has a code for it; what stands in for it elsewhere may have the sentence alone. */
function isDisabled(inner: string, message: string): boolean {
  return (
    /^(Secret|Key|Certificate)Disabled$/.test(inner) ||
    /^Operation \w+ is not allowed on a disabled (secret|key|certificate)\b/i.test(message)
  );
}

/** Of which the refusals of Key Vault are made. A sentence with any other word may hold anything, and is not shown. */
const KEY_VAULT_WORDS = new Set(
  (
    'a access action address allowed an and an application are authorized before been by caller certificate client ' +
    'connection deleted denied disabled does enabled expired for from get group has have in is it key list network no ' +
    'not nor of on operation or perform permission policy private public request resource secret secrets service since ' +
    'state the this time to token trusted until user valid vault via was with yet'
  ).split(' '),
);
const LONGEST_SENTENCE = 160;

function ownSentence(message: string): string | undefined {
  const sentence = /^[^.\r\n]*/.exec(message)?.[0].trim() ?? '';
  if (sentence.length > LONGEST_SENTENCE || !/^[A-Z][A-Za-z ,]*$/.test(sentence)) return undefined;
  const words = sentence.toLowerCase().split(/[ ,]+/);
  return words.length > 2 && words.every((one) => KEY_VAULT_WORDS.has(one)) ? `${sentence}.` : undefined;
}

function errorOf(body: string): Readonly<Record<string, unknown>> | undefined {
  const error = jsonObject(body)?.['error'];
  return isRecord(error) && typeof error['code'] === 'string' ? error : undefined;
}

function innerCode(error: Readonly<Record<string, unknown>> | undefined): string {
  const inner = error?.['innererror'] ?? error?.['innerError'];
  return isRecord(inner) ? word(inner['code']) : '';
}

function clientAddress(message: string, networkInfo: string | undefined): string | undefined {
  const spoken = /Client address: ([0-9a-fA-F:.]*[0-9a-fA-F])/.exec(message)?.[1];
  const noted = /(?:^|;)addr=([0-9a-fA-F:.]+)/.exec(networkInfo ?? '')?.[1];
  return [spoken, noted].find((address) => address !== undefined && isIP(address) > 0);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Codes are shown to users; anything that does not look like one is not a code. */
function word(value: unknown): string {
  return typeof value === 'string' && /^(?:AKV\d{1,8}|[A-Za-z][A-Za-z_.]{0,63})$/.test(value) ? value : '';
}
