/**
 * Where a workload proves who it is: GitHub, the cluster, or a file that the cluster wrote.
 *
 * A proof is short-lived (GitHub's five minutes). It is kept in memory until a minute before its end and never longer,
 * because MSAL and several identities ask for the same one within seconds. It is masked the moment it arrives.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SecretValue } from '../../core/model/secret-value.ts';
import { PortError } from '../../ports/errors.ts';
import { judgeWireFailure, isRepeatableStatus, WireFailure, createWire } from './wire.ts';
import { retryAfterMs, withRetry, type Retryable } from '../transport/retry.ts';
import { wireWords } from './to-port-error.ts';
import { isRecord, jsonObject } from './vault-answer.ts';
import type { AzureContext } from './settings.ts';

const MARGIN_MS = 60_000;

export type AssertionSource =
  | { readonly from: 'github'; readonly audience: string }
  | { readonly from: 'token-file'; readonly path: string }
  | {
      readonly from: 'service-account';
      readonly namespace: string;
      readonly name: string;
      readonly audiences: readonly string[];
    };

/** Who the token says its holder is. None of the three is secret: they must be written into a federated credential. */
export interface Presented {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

export interface Assertions {
  get(source: AssertionSource): Promise<string>;
  /** The next `get` asks again: Entra found the token expired, so that our clock cannot be right. */
  forget(source: AssertionSource): void;
}

interface Remembered {
  readonly token: Promise<string>;
  /** Unknown while the token is on its way. */
  goodUntil: number;
}

export function createAssertions(context: AzureContext): Assertions {
  const remembered = new Map<string, Remembered>();
  return {
    get: async (source) => {
      const key = JSON.stringify(source);
      const known = remembered.get(key);
      if (known !== undefined && context.clock.now().getTime() < known.goodUntil) return known.token;
      const fresh: Remembered = { token: requestAssertion(context, source), goodUntil: Infinity };
      remembered.set(key, fresh);
      try {
        const token = await fresh.token;
        fresh.goodUntil = goodUntil(token);
        return token;
      } catch (error) {
        if (remembered.get(key) === fresh) remembered.delete(key);
        throw error;
      }
    },
    forget: (source) => void remembered.delete(JSON.stringify(source)),
  };
}

/** What a token claims, unchecked; for messages only. Undefined when it is no JSON Web Token. */
export function presentedBy(token: string): Presented | undefined {
  const claims = claimsOf(token);
  if (claims === undefined) return undefined;
  const audience = Array.isArray(claims['aud']) ? claims['aud'].join(', ') : claims['aud'];
  return { issuer: line(claims['iss']), subject: line(claims['sub']), audience: line(audience) };
}

export function hasGitHubToken(environment: AzureContext['environment']): boolean {
  return isSet(environment['ACTIONS_ID_TOKEN_REQUEST_URL']) && isSet(environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function requestAssertion(context: AzureContext, source: AssertionSource): Promise<string> {
  const token = await rawAssertion(context, source);
  context.masker.mask(SecretValue.ofText(token));
  return token;
}

async function rawAssertion(context: AzureContext, source: AssertionSource): Promise<string> {
  switch (source.from) {
    case 'github':
      return requestGitHubToken(context, source.audience);
    case 'token-file':
      return readTokenFile(source.path);
    case 'service-account':
      return context.cluster.requestToken(source.namespace, source.name, source.audiences);
    default:
      return source satisfies never;
  }
}

async function readTokenFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    const code = isRecord(error) && typeof error['code'] === 'string' ? error['code'] : 'unknown';
    throw new PortError({
      kind: 'Unauthenticated',
      what: `the token file ${path} (AZURE_FEDERATED_TOKEN_FILE) cannot be read (${code})`,
      fix: 'Check that the workload identity webhook mounted it and that this user may read it.',
      code,
      whole: true,
    });
  }
}

async function requestGitHubToken(context: AzureContext, audience: string): Promise<string> {
  const url = context.environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
  const bearer = context.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  if (url === '' || bearer === '') throw noGitHubToken();
  if (!URL.canParse(url)) throw badGitHubUrl();
  const address = new URL(url);
  address.searchParams.set('audience', audience);
  const body = await askGitHub(context, address, bearer);
  const token = jsonObject(body)?.['value'];
  if (typeof token === 'string' && token !== '') return token;
  throw new PortError({
    kind: 'Malformed',
    what: 'GitHub answered the request for an ID token without a token',
    fix: 'Run the job again; see githubstatus.com if it lasts.',
    whole: true,
  });
}

class GitHubRefusal extends Error {
  readonly status: number;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, waitMs: number | undefined) {
    super(`HTTP ${status}`);
    this.status = status;
    this.retryAfterMs = waitMs;
  }
}

async function askGitHub(context: AzureContext, address: URL, bearer: string): Promise<string> {
  const send = await gitHubSender(context, address, bearer);
  try {
    return await withRetry(context, {
      description: 'GitHub OIDC',
      deadlineMs: context.settings.deadlineMs,
      judge: judgeGitHub,
      attempt: send,
    });
  } catch (error) {
    if (error instanceof GitHubRefusal) throw gitHubRefused(error.status);
    if (error instanceof WireFailure) throw new PortError(wireWords(error.code, "GitHub's OIDC service", address.host));
    throw error;
  }
}

/** The SDK's pipeline rather than fetch, because it goes through HTTPS_PROXY as everything else here does. */
async function gitHubSender(context: AzureContext, address: URL, bearer: string): Promise<() => Promise<string>> {
  const { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest } = await import(
    /* webpackMode: 'eager' */ '@azure/core-rest-pipeline'
  );
  const http = createWire({ http: createDefaultHttpClient(), timeoutMs: context.settings.requestTimeoutMs });
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 }, redirectOptions: { maxRetries: 0 } });
  const headers = { authorization: `bearer ${bearer}`, accept: 'application/json; api-version=2.0' };
  return async () => {
    const request = createPipelineRequest({
      url: address.href,
      headers: createHttpHeaders(headers),
      allowInsecureConnection: address.protocol === 'http:',
    });
    const response = await pipeline.sendRequest(http, request);
    if (response.status === 200) return response.bodyAsText ?? '';
    const waitMs = retryAfterMs((name) => response.headers.get(name), context.clock.now());
    throw new GitHubRefusal(response.status, waitMs);
  };
}

function judgeGitHub(error: unknown): Retryable | undefined {
  if (error instanceof WireFailure) return judgeWireFailure(error);
  if (!(error instanceof GitHubRefusal) || !isRepeatableStatus(error.status)) return undefined;
  const reason = `answered HTTP ${error.status}`;
  return error.retryAfterMs === undefined ? { reason } : { reason, retryAfterMs: error.retryAfterMs };
}

function gitHubRefused(status: number): PortError {
  return new PortError({
    kind: status >= 500 || status === 429 ? 'Unavailable' : 'Unauthenticated',
    what: `GitHub gave no ID token (HTTP ${status})`,
    fix: 'Check that the job has permissions: id-token: write, and run it again; see githubstatus.com if it lasts.',
    whole: true,
  });
}

function noGitHubToken(): PortError {
  return new PortError({
    kind: 'Unauthenticated',
    what: 'this job may not ask GitHub for an ID token (ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN are not set)',
    fix: 'Add permissions: id-token: write to the job. Workflows of forks never get it.',
    whole: true,
  });
}

function badGitHubUrl(): PortError {
  return new PortError({
    kind: 'Invalid',
    what: 'ACTIONS_ID_TOKEN_REQUEST_URL is no address',
    fix: 'Leave the variable as the runner sets it.',
    whole: true,
  });
}

/** A token that does not say when it ends is used once. */
function goodUntil(token: string): number {
  const end = claimsOf(token)?.['exp'];
  return typeof end === 'number' ? end * 1000 - MARGIN_MS : 0;
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  const claims = jsonObject(Buffer.from(payload, 'base64url').toString('utf8'));
  return isRecord(claims) ? claims : undefined;
}

/** Claims go into messages: one line, printable, of a length that can be read. */
function line(claim: unknown): string {
  if (typeof claim !== 'string') return '';
  return claim.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
