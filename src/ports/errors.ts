/**
 * The one error that adapters throw: an outside system refused or did not answer.
 *
 * `what` and `fix` are shown to users as they are: names and numbers, never values, tokens or bodies.
 */
import { messageText, say, type Message } from '../core/model/message.ts';

export type PortErrorKind =
  /** Credentials were refused or could not be had. */
  | 'Unauthenticated'
  /** The identity is known but may not do this; also a firewall. */
  | 'Forbidden'
  /** The thing itself does not exist: a positive 404 of the service that owns it. */
  | 'NotFound'
  /** Somebody changed it in between, or it is in a state that forbids this. Planned again, never sent again. */
  | 'Conflict'
  /** The request or the configuration is wrong; sending it again cannot help. */
  | 'Invalid'
  /** Too many requests, also after waiting. */
  | 'Throttled'
  /** No answer, or 5xx, also after retrying. */
  | 'Unavailable'
  /** An answer that makes no sense (HTML from a proxy, cut-off JSON). */
  | 'Malformed';

export interface PortErrorDetails {
  readonly kind: PortErrorKind;
  /** What happened: one sentence without full stop, beginning with the thing: `vault kv-shop refused …`. */
  readonly what: Message;
  /** What to do: one or two sentences with full stops. */
  readonly fix: Message;
  /** The service's own code, as `ForbiddenByFirewall` or `AADSTS700213`. */
  readonly code?: string;
  /** True where the answer concerns everything of this connection, not one object (bad credentials, firewall). */
  readonly whole?: boolean;
  /** True where a write may have been carried out all the same: its answer was lost. Read back, never sent again. */
  readonly uncertain?: boolean;
  /** True where the object is there and its value is not to be had, because it is disabled. */
  readonly disabled?: boolean;
  readonly cause?: unknown;
}

export class PortError extends Error {
  readonly kind: PortErrorKind;
  readonly what: Message;
  readonly fix: Message;
  readonly code: string | undefined;
  readonly whole: boolean;
  readonly uncertain: boolean;
  readonly disabled: boolean;

  constructor(details: PortErrorDetails) {
    super(
      messageText(say`${details.what}. ${details.fix}`),
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.name = 'PortError';
    this.kind = details.kind;
    this.what = details.what;
    this.fix = details.fix;
    this.code = details.code;
    this.whole = details.whole ?? false;
    this.uncertain = details.uncertain ?? false;
    this.disabled = details.disabled ?? false;
  }
}

/**
 * What stopped the work on one object, whatever it was: a bug of ours must not stop the others.
 * Messages of unknown errors may hold anything, so only their kind and code are shown.
 */
export function failureOf(error: unknown): PortError {
  if (error instanceof PortError) return error;
  const { name, code } = error instanceof Error ? (error as Error & { code?: unknown }) : { name: typeof error };
  return new PortError({
    kind: 'Malformed',
    code: 'Bug',
    what: `Bug: an unexpected ${name}${typeof code === 'string' ? ` (${code})` : ''} stopped the work on this object`,
    fix: 'Please report this; no secret is in this message.',
    cause: error,
  });
}

/** The PortError that a rejected promise holds; anything else is a bug of ours and is thrown on. */
export function asPortError(error: unknown): PortError {
  if (error instanceof PortError) return error;
  throw error;
}
