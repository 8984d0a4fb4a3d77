/**
 * Things that go wrong on request: which requests they hit, how often, and what the client then sees.
 *
 * The plain fields are those of the conformance cases; the others are what only a loopback server can do.
 */
import type { Answer, Delivery, Reply } from './listener.ts';

export interface Fault {
  /** A regular expression, searched in `METHOD /path` and in `METHOD /path?$skiptoken=…`. */
  readonly match: string;
  /** Only this vault, by name. */
  readonly vault?: string;
  /** How many requests are hit; absent = all. */
  readonly times?: number;
  /** How many matching requests pass unharmed first. */
  readonly after?: number;

  readonly status?: number;
  readonly code?: string;
  readonly innerCode?: string;
  readonly message?: string;
  /** Seconds or an HTTP date, sent as the `Retry-After` header. */
  readonly retryAfter?: number | string;
  /** A claims challenge (continuous access evaluation): 401 with this text, base64, as `claims`. */
  readonly claims?: string;

  /** Cuts the connection before the request has any effect, or after it took effect. */
  readonly reset?: 'before' | 'after';
  readonly latencyMs?: number;
  readonly slowBodyMs?: number;
  readonly truncateBody?: boolean;
  /** A page of a proxy, with `status` or 502. */
  readonly html?: boolean;
  /** 200 (or `status`) with a body that is no JSON. */
  readonly garbage?: boolean;
  /** 200 (or `status`) with exactly this. */
  readonly body?: string;
  /** Beside those of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The `nextLink` of a list points to this host. */
  readonly nextLinkHost?: string;
}

/** How a server words an error. */
export type ErrorAnswer = (fault: Fault) => Answer;

export class Faults {
  #pending: { readonly fault: Fault; skip: number; left: number }[] = [];

  inject(...faults: readonly Fault[]): void {
    const added = faults.map((fault) => ({ fault, skip: fault.after ?? 0, left: fault.times ?? Infinity }));
    this.#pending.push(...added);
  }

  clear(): void {
    this.#pending = [];
  }

  /** The first fault that hits this request; it is used up by one. */
  take(lines: readonly string[], vault?: string): Fault | undefined {
    const applies = ({ fault }: { fault: Fault }): boolean =>
      (fault.vault === undefined || fault.vault === vault) && lines.some((line) => new RegExp(fault.match).test(line));
    const hit = this.#pending.filter(applies).find((entry) => entry.left > 0 && entry.skip-- <= 0);
    if (hit === undefined) return undefined;
    hit.left -= 1;
    return hit.fault;
  }
}

/** Answers instead of the server: nothing of the request takes effect. `undefined` = the server answers. */
export function answerInstead(fault: Fault, errorAnswer: ErrorAnswer): Answer | undefined {
  if (fault.html === true) return htmlAnswer(fault.status ?? 502);
  if (fault.garbage === true) return { status: fault.status ?? 200, body: '{"value": "cut' };
  if (fault.body !== undefined) return { status: fault.status ?? 200, headers: fault.headers ?? {}, body: fault.body };
  if (fault.reset === 'before') return { status: 500 };
  if (fault.status === undefined && fault.claims === undefined) return undefined;
  const answer = errorAnswer(fault);
  const asked = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  return { ...answer, headers: { ...answer.headers, ...asked, ...fault.headers } };
}

export function withDelivery(answer: Answer, fault: Fault | undefined): Reply {
  if (fault === undefined) return { answer };
  const delivery: Delivery = {
    ...(fault.latencyMs === undefined ? {} : { latencyMs: fault.latencyMs }),
    ...(fault.slowBodyMs === undefined ? {} : { slowBodyMs: fault.slowBodyMs }),
    reset: fault.reset !== undefined,
    truncateBody: fault.truncateBody === true,
  };
  return { answer, delivery };
}

function htmlAnswer(status: number): Answer {
  const body = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>The proxy says ${status}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}
