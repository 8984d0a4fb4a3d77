/**
 * What admission says to a write: policies, webhooks and quotas, and whether they could be asked at all.
 *
 * Such a refusal carries whatever status its author chose, so it is told by its words before the status counts: a webhook
 * that says 404 has not found that an object is gone, and a policy that says 401 has nothing against the login. What a
 * policy says itself is shown for objects that hold no values only; for others its name must do.
 *
 * | the API server says | kind | code |
 * | --- | --- | --- |
 * | a webhook or a policy denied it, whatever the status | Forbidden | PolicyDenied |
 * | a webhook takes no dry run (400) | Invalid | NoDryRun |
 * | a webhook could not be called (500) | Unavailable, of this object | WebhookDown |
 * | more than a quota allows (403) | Forbidden | QuotaExceeded |
 */
import type { PortErrorDetails } from '../../ports/errors.ts';
import type { Json } from './object-api.ts';

export interface Admitting {
  readonly cluster: string;
  readonly object: string;
  /** False = the policy's own words may be shown. */
  readonly holdsValues?: boolean;
}

const DENIED_BY_WEBHOOK =
  /admission webhook "(?<name>[^"]+)" denied the request(?: without explanation|: ?(?<words>.*))?/su;
const DENIED_BY_POLICY =
  /(?<sort>\w*[Pp]olicy) '(?<name>[^']+)'(?: with binding '[^']*')? denied request(?:: ?(?<words>.*))?/su;
const NO_DRY_RUN = /admission webhook "(?<name>[^"]+)" does not support dry run/u;
/** Also in Events of Jobs. */
const NOT_CALLED = /failed calling webhook "(?<name>[^"]+)"(?:: ?(?<words>.*))?/su;
const NOT_CONVERTED = /conversion webhook for (?<name>[^,\s]+, Kind=\w+) failed(?:: ?(?<words>.*))?/su;
const QUOTA = /exceeded quota: (?<name>[^,\s]+)(?:, (?<words>requested: .*))?/su;

/** `undefined` = it is no affair of admission. */
export function admissionWords(status: Json, request: Admitting): PortErrorDetails | undefined {
  const message = typeof status['message'] === 'string' ? status['message'] : '';
  return (
    deniedByWebhook(message, request) ??
    deniedByPolicy(message, request) ??
    takesNoDryRun(message, request) ??
    notCalled(message, request) ??
    overQuota(message, request)
  );
}

/** A webhook that could not be called, in the message of an API server. */
export function isWebhookDown(message: string): boolean {
  return NOT_CALLED.test(message) || NOT_CONVERTED.test(message);
}

function deniedByWebhook(message: string, request: Admitting): PortErrorDetails | undefined {
  const found = find(DENIED_BY_WEBHOOK, message);
  if (found === undefined) return undefined;
  const policy = policyOf(found.name, found.words);
  const who = `the admission webhook ${harmless(found.name)}${policy === undefined ? '' : `, policy ${policy},`}`;
  return denied(`${who} of ${request.cluster}`, found.words, request);
}

function deniedByPolicy(message: string, request: Admitting): PortErrorDetails | undefined {
  const found = find(DENIED_BY_POLICY, message);
  if (found === undefined) return undefined;
  return denied(`the ${found.sort} ${harmless(found.name)} of ${request.cluster}`, found.words, request);
}

function denied(who: string, words: string, { object, holdsValues }: Admitting): PortErrorDetails {
  const isShown = holdsValues === false;
  return {
    kind: 'Forbidden',
    code: 'PolicyDenied',
    what: `${object} is refused by ${who}${isShown && harmless(words) !== '' ? `: ${harmless(words)}` : ''}`,
    fix: isShown
      ? 'Meet that policy, or ask who runs it for an exception.'
      : 'Ask who runs that policy; its own message may hold values and is not shown here.',
  };
}

function takesNoDryRun(message: string, { object, cluster }: Admitting): PortErrorDetails | undefined {
  const found = find(NO_DRY_RUN, message);
  if (found === undefined) return undefined;
  return {
    kind: 'Invalid',
    code: 'NoDryRun',
    what: `${object} cannot be tried before it is applied: the admission webhook ${harmless(found.name)} of ${cluster} takes no dry run`,
    fix: 'What that webhook says to it shows when it is applied. Who runs it can set sideEffects: None.',
  };
}

function notCalled(message: string, { object, cluster, holdsValues }: Admitting): PortErrorDetails | undefined {
  const conversion = find(NOT_CONVERTED, message);
  const found = find(NOT_CALLED, message) ?? conversion;
  if (found === undefined) return undefined;
  const sort = found === conversion ? 'conversion webhook' : 'admission webhook';
  const why = holdsValues === false && harmless(found.words) !== '' ? `: ${harmless(found.words)}` : '';
  return {
    kind: 'Unavailable',
    code: 'WebhookDown',
    what: `${object} was not taken, because ${cluster} could not call the ${sort} ${harmless(found.name)}${why}`,
    fix: 'It was left as it is. Ask who runs that webhook to bring it back, and run again.',
  };
}

function overQuota(message: string, { object, holdsValues }: Admitting): PortErrorDetails | undefined {
  const found = find(QUOTA, message);
  if (found === undefined) return undefined;
  const numbers = holdsValues === false ? harmless(found.words) : '';
  return {
    kind: 'Forbidden',
    code: 'QuotaExceeded',
    what: `${object} would exceed the ResourceQuota ${harmless(found.name)}${numbers === '' ? '' : ` (${numbers})`}`,
    fix: 'Raise the quota, or remove something.',
  };
}

/** Gatekeeper and Kyverno are one webhook for many policies; the name of the first stands where only they write. */
function policyOf(webhook: string, words: string): string | undefined {
  if (webhook.endsWith('.gatekeeper.sh')) return /^\s*\[([a-z0-9.-]{1,253})\] /u.exec(words)?.[1];
  if (!/(?:^|\.)kyverno\./u.test(webhook)) return undefined;
  return /following policies\s*\n\s*([a-z0-9.-]{1,253}):/u.exec(words)?.[1];
}

interface AdmissionAnswer {
  readonly name: string;
  readonly words: string;
  readonly sort: string;
}

function find(pattern: RegExp, message: string): AdmissionAnswer | undefined {
  const groups = pattern.exec(message)?.groups;
  if (groups === undefined) return undefined;
  const { name = '', words = '', sort = '' } = groups;
  return { name, words, sort };
}

const LONGEST = 300;

/** Words of somebody else on one line, without control or invisible characters, and not endless. */
export function harmless(words: string): string {
  const line = words
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/u, '');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).trimEnd()}…`;
}
