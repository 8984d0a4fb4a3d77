/** What a JSON Web Token says of itself, unchecked: for messages, and to know when it ends. */
import { isRecord } from '../../core/model/fields.ts';
import { jsonObject } from './vault-answer.ts';

/** Who the token says its holder is. None of the three is secret: they must be written into a federated credential. */
export interface Presented {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** Undefined when it is no JSON Web Token. */
export function presentedBy(token: string): Presented | undefined {
  const claims = claimsOf(token);
  if (claims === undefined) return undefined;
  const audience = Array.isArray(claims['aud']) ? claims['aud'].join(', ') : claims['aud'];
  return { issuer: line(claims['iss']), subject: line(claims['sub']), audience: line(audience) };
}

/** Milliseconds since 1970; undefined for a token that does not say it. */
export function endOf(token: string): number | undefined {
  const end = claimsOf(token)?.['exp'];
  return typeof end === 'number' ? end * 1000 : undefined;
}

export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  const claims = jsonObject(Buffer.from(payload, 'base64url').toString('utf8'));
  return isRecord(claims) ? claims : undefined;
}

/** Entra takes no longer subject; more than this is no honest claim, and says so. */
const LONGEST_CLAIM = 2_000;
/** Control and format characters, halves of pairs, line separators, and spaces that look like the common one. */
const UNSEEN = /(?! )[\p{C}\p{Z}]/gu;

/**
 * Claims go into messages whole and in their own letters, because they are written into a credential from there; not
 * so what cannot be seen, or would make another line of it.
 */
function line(claim: unknown): string {
  if (typeof claim !== 'string') return '';
  const letters = Array.from(claim.replace(UNSEEN, '?'));
  const rest = letters.length - LONGEST_CLAIM;
  return rest > 0 ? `${letters.slice(0, LONGEST_CLAIM).join('')}… (${rest} more letters)` : letters.join('');
}
