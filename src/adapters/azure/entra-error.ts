/**
 * Why Entra (or a managed identity endpoint) gave no token, and what to do about it.
 *
 * Shows the AADSTS number, the correlation id, ids of client and tenant, and the issuer, subject and audience that were
 * presented. Never Entra's own text: what a foreign authority puts there is not known.
 */
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { say, setting, type Message } from '../../core/model/message.ts';
import { isRecord } from '../../core/model/fields.ts';
import { PortError, type PortErrorKind } from '../../ports/errors.ts';
import type { Presented } from './claims.ts';
import { managedIdentityError } from './managed-identity-error.ts';
import type { ResolvedIdentity } from './resolved-identity.ts';
import { retryAfterMs, type Retryable } from '../transport/retry.ts';
import { wireWords } from './wire-words.ts';
import { jsonObject } from './vault-answer.ts';
import { isRepeatableStatus, judgeWireFailure, WireFailure } from './wire.ts';

/** The last thing that came over the wire while a token was asked for. */
export interface EntraAnswer {
  readonly status: number;
  /** `700213`; '' when there is none. */
  readonly number: string;
  /** OAuth's word: `invalid_client`. */
  readonly error: string;
  readonly correlationId: string;
  /** The sentence of a managed identity endpoint; never shown of Entra. */
  readonly description: string;
  readonly retryAfterMs: number | undefined;
}

/** One failed exchange. */
export class EntraFailure extends Error {
  readonly last: EntraAnswer | WireFailure | undefined;
  readonly presented: Presented | undefined;

  constructor(last: EntraAnswer | WireFailure | undefined, presented: Presented | undefined) {
    super('no token');
    this.name = 'EntraFailure';
    this.last = last;
    this.presented = presented;
  }
}

/** Who asked, and for what. */
export interface Exchange {
  readonly identity: ResolvedIdentity;
  readonly tenantId: string;
  readonly scope: string;
}

type Advice = (exchange: Exchange, presented: Presented | undefined) => readonly [what: Message, fix: Message];

const OAUTH_ERROR = /^[a-z_]{1,64}$/;
/** Words and what stands between them: no digits, so no ids, and nothing that a log could take for a command. */
const SENTENCE = /^[A-Za-z][A-Za-z ,.;'/-]{0,200}$/;
const TRANSIENT = new Set(['90055', '90033', '90006', '90024']);
/** The assertion was too old or too young: a fresh one may pass. */
const STALE_ASSERTION = '700024';

const OTHER_CLOUD = say`Set environmentType of the store, or ${setting('azure-environment')} for a cluster, to that cloud.`;

/** From reference-error-codes of Entra; numbers may change, so that anything unknown still gives a usable message. */
const ADVICE: Readonly<Record<string, Advice>> = {
  '70021': (_exchange, presented) => ['no federated credential matches the token', credentialFix(presented)],
  '700211': (_exchange, presented) => [
    `no federated credential has the issuer "${presented?.issuer ?? ''}"`,
    `${credentialFix(presented)} The slash at the end counts: clusters have one, GitHub has none.`,
  ],
  '700212': (_exchange, presented) => [
    `no federated credential has the audience "${presented?.audience ?? ''}"`,
    say`${credentialFix(presented)} Or set ${setting('token-audience')} to the one that is configured there.`,
  ],
  '7002121': (_exchange, presented) => [
    `no federated credential has the audience "${presented?.audience ?? ''}"`,
    credentialFix(presented),
  ],
  '700213': (_exchange, presented) => [
    `no federated credential has the subject "${presented?.subject ?? ''}"`,
    credentialFix(presented),
  ],
  '7002131': (_exchange, presented) => [
    `no expression of a federated credential matches the subject "${presented?.subject ?? ''}"`,
    'Correct the expression; managed identities need the exact subject.',
  ],
  '7002138': (_exchange, presented) => [
    `a federated credential has the subject "${presented?.subject ?? ''}" in other upper and lower case`,
    'Write it there exactly like this; Entra compares letter by letter.',
  ],
  '700038': ({ identity }) => [
    `"${'clientId' in identity ? identity.clientId : ''}" is no client id that Entra knows`,
    'Check the client id: that of the identity or application, not its object or resource id.',
  ],
  '700016': ({ tenantId }) => [
    `no application with this client id is in tenant ${tenantId}`,
    'Use the client id (not the object or resource id), and check the tenant id and that the identity still exists.',
  ],
  '700024': () => [
    'the token that proves the identity is expired or not valid yet',
    'Set the clock of this machine right and run again.',
  ],
  '700027': () => [
    'the signature of the token or certificate is not accepted',
    'If the issuer has changed its keys, wait an hour; else check that the certificate is registered with the application.',
  ],
  '700222': () => ['a token of Entra itself cannot prove the identity', 'Use a token of GitHub or of the cluster.'],
  '90061': (_exchange, presented) => [
    `Entra cannot reach the issuer "${presented?.issuer ?? ''}"`,
    'Its discovery documents must be readable from the internet.',
  ],
  '50166': (_exchange, presented) => [
    `Entra cannot reach the issuer "${presented?.issuer ?? ''}"`,
    'Its discovery documents must be readable from the internet.',
  ],
  '900612': (_exchange, presented) => [
    `Entra cannot read the keys of the issuer "${presented?.issuer ?? ''}"`,
    'Check its JWKS document.',
  ],
  '90002': ({ tenantId, identity }) => [
    `${identity.authorityHost} knows no tenant ${tenantId}`,
    say`Check the tenant id, and environmentType (of the store; ${setting('azure-environment')} for a cluster) if the tenant is in another cloud.`,
  ],
  '90038': ({ tenantId }) => [`tenant ${tenantId} is in another cloud`, OTHER_CLOUD],
  '900432': ({ tenantId }) => [`tenant ${tenantId} is in another cloud`, OTHER_CLOUD],
  '500011': ({ scope, tenantId }) => [
    `tenant ${tenantId} knows no resource for the scope ${scope}`,
    resourceFix(scope),
  ],
  '50001': ({ scope }) => [`the scope ${scope} is not known`, 'Check vaultUrl and environmentType.'],
  '70011': ({ scope }) => [`the scope ${scope} is not valid`, 'Check vaultUrl and environmentType.'],
  '28002': ({ scope }) => [`the scope ${scope} is not valid`, 'Check vaultUrl and environmentType.'],
  '7000215': () => [
    'the client secret is wrong',
    'Store the value of a client secret (not its id), without a line break at its end.',
  ],
  '7000222': () => ['the client secret has expired', 'Create a new one, or use WorkloadIdentity, which has none.'],
  '50005': () => [
    'a conditional access policy blocks this machine',
    'Ask an administrator to admit its address or to exclude the identity.',
  ],
  '53003': () => [
    'a conditional access policy blocks this machine',
    'Ask an administrator to admit its address or to exclude the identity.',
  ],
  '50020': ({ tenantId }) => [`the account is not of tenant ${tenantId}`, 'Correct the tenant id.'],
};

/** A scope without https is the application of API servers, which has to exist in the tenant once. */
function resourceFix(scope: string): Message {
  if (!scope.startsWith('https://')) {
    return `API servers of AKS are unknown in that tenant; make them known once: az ad sp create --id ${scope.replace('/.default', '')}.`;
  }
  if (scope.includes('://management.'))
    return say`Set ${setting('azure-environment')} to the cloud that the cluster is in.`;
  return 'Set environmentType to the cloud that the vault is in.';
}

export function readEntraAnswer(response: PipelineResponse, now: Date): EntraAnswer {
  const body = jsonObject(response.bodyAsText ?? '');
  const description = typeof body?.['error_description'] === 'string' ? body['error_description'] : '';
  return {
    status: response.status,
    number: /AADSTS(\d{4,8})(?!\d)/.exec(description)?.[1] ?? '',
    error: strict(body?.['error'], OAUTH_ERROR),
    correlationId: strict(body?.['correlation_id'], /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
    description: strict(description, SENTENCE),
    retryAfterMs: retryAfterMs((name) => response.headers.get(name), now),
  };
}

/**
 * For managed identities MSAL keeps the first HTTP client of the process, so that later exchanges are not seen on the
 * wire; their status is in the cause of the error.
 */
export function answerInError(error: unknown): EntraAnswer | undefined {
  const cause = isRecord(error) ? error['cause'] : undefined;
  if (!isRecord(cause) || typeof cause['status'] !== 'number') return undefined;
  const word = strict(cause['errorCode'], OAUTH_ERROR);
  const told = typeof cause['errorMessage'] === 'string' ? cause['errorMessage'] : '';
  const description = strict(/Description: (.*?) - (?:Correlation|Trace) ID/.exec(told)?.[1], SENTENCE);
  return { status: cause['status'], number: '', error: word, correlationId: '', description, retryAfterMs: undefined };
}

/** Whether another exchange may work. `forget` is called when that needs a fresh assertion. */
export function judgeEntra(error: unknown, identity: ResolvedIdentity, forget: () => boolean): Retryable | undefined {
  if (!(error instanceof EntraFailure) || error.last === undefined) return undefined;
  const { last } = error;
  if (last instanceof WireFailure) return judgeWireFailure(last);
  if (last.number === STALE_ASSERTION)
    return forget() ? { reason: 'found the token too old', retryAfterMs: 0 } : undefined;
  if (!isTransient(last, identity)) return undefined;
  const reason =
    last.status === 429 ? 'throttled' : `answered HTTP ${last.status}${last.status === 200 ? ' without a token' : ''}`;
  return last.retryAfterMs === undefined ? { reason } : { reason, retryAfterMs: last.retryAfterMs };
}

/** Why there is no token, as a PortError; what is neither a refusal nor of the Azure CLI is a bug and is thrown on. */
export function entraError(error: unknown, exchange: Exchange): PortError {
  if (error instanceof PortError) return error;
  if (exchange.identity.type === 'azure-cli') return azureCliError(error);
  if (!(error instanceof EntraFailure)) throw error;
  if (exchange.identity.type === 'managed-identity') {
    return managedIdentityError(error.last, exchange.identity.identityId);
  }
  if (error.last instanceof WireFailure) return wireError(error.last, exchange.identity);
  return refusal(error.last, error.presented, exchange);
}

/** A 200 that gave no token was empty or broken: as passing as a 502. */
function isTransient(last: EntraAnswer, identity: ResolvedIdentity): boolean {
  if (last.status === 200 || TRANSIENT.has(last.number) || isRepeatableStatus(last.status)) return true;
  return identity.type === 'managed-identity' && (last.status === 404 || last.status === 410);
}

function wireError(failure: WireFailure, identity: ResolvedIdentity): PortError {
  const { host } = new URL(identity.authorityHost);
  return new PortError(wireWords(failure, `Entra (${host})`, host));
}

function refusal(last: EntraAnswer | undefined, presented: Presented | undefined, exchange: Exchange): PortError {
  const code = last === undefined || last.number === '' ? '' : `AADSTS${last.number}`;
  const advice = ADVICE[last?.number ?? '']?.(exchange, presented);
  const who = `Entra gave no token to ${clientText(exchange.identity)} in tenant ${exchange.tenantId}`;
  const [reason, fix] = advice ?? [
    unknownReason(last),
    unknownFix(last, new URL(exchange.identity.authorityHost).host),
  ];
  return new PortError({
    kind: kindOf(last),
    what: code === '' ? say`${who}: ${reason}` : say`${who}: ${reason} (${code})`,
    fix: say`${fix}${presentedText(presented)}${correlationText(last)}`,
    ...(code === '' ? {} : { code }),
    whole: true,
  });
}

function kindOf(last: EntraAnswer | undefined): PortErrorKind {
  if (last === undefined || last.status === 200) return 'Malformed';
  if (last.status === 429 || last.number === '90055') return 'Throttled';
  return last.status >= 500 ? 'Unavailable' : 'Unauthenticated';
}

function unknownReason(last: EntraAnswer | undefined): string {
  if (last === undefined || last.status === 200) return 'the answer makes no sense';
  if (last.status === 429) return 'too many requests';
  return last.error === '' ? `HTTP ${last.status}` : `${last.error}, HTTP ${last.status}`;
}

function unknownFix(last: EntraAnswer | undefined, host: string): string {
  if (last?.status === 200) return `Run again; if it stays, something between changes the answers of ${host}.`;
  if (last === undefined || last.status === 429 || last.status >= 500 || last.status < 400) return 'Run again later.';
  if (last.number === '') {
    return `Check that a proxy does not answer in place of Entra. If one does, let ${host} pass there, or name it in NO_PROXY.`;
  }
  // The numbers that begin so are about the application and its credentials.
  const client = /^7000\d{2,3}$/.test(last.number)
    ? 'Check the client id and the credential of that application. '
    : '';
  return `${client}See https://login.microsoftonline.com/error?code=${last.number}.`;
}

function clientText(identity: ResolvedIdentity): string {
  return 'clientId' in identity ? `client ${identity.clientId}` : 'this identity';
}

function credentialFix(presented: Presented | undefined): string {
  if (presented === undefined) return 'Add a federated credential to the identity.';
  return 'Add a federated credential with exactly the values presented to the identity; a new one needs some minutes.';
}

function presentedText(presented: Presented | undefined): string {
  if (presented === undefined) return '';
  return ` Presented: issuer "${presented.issuer}", subject "${presented.subject}", audience "${presented.audience}".`;
}

function correlationText(last: EntraAnswer | undefined): string {
  return last === undefined || last.correlationId === '' ? '' : ` Correlation id ${last.correlationId}.`;
}

function azureCliError(error: unknown): PortError {
  const text = error instanceof Error ? error.message : '';
  const missing = text.includes('could not be found');
  return new PortError({
    kind: 'Unauthenticated',
    what: missing ? 'the Azure CLI (az) is not installed' : 'the Azure CLI (az) gave no token',
    fix: missing
      ? say`Install it, or choose another ${setting('identity')}.`
      : 'Run az login, with --tenant if the vault is in another tenant.',
    whole: true,
  });
}

function strict(value: unknown, form: RegExp): string {
  return typeof value === 'string' && form.test(value) ? value : '';
}
