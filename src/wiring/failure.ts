/** What a user is told when a run as a whole comes to nothing. */
import { say, withTexts, type Message } from '../core/model/message.ts';
import { inOneLine } from '../core/model/shown.ts';
import { RunStopped } from '../engine/stop.ts';
import { PortError } from '../ports/errors.ts';
import type { Masker } from '../ports/masker.ts';

/** What a port refuses is told in its own words; anything else is a bug, told without its message. */
export function failureText(error: unknown): Message {
  if (error instanceof PortError) return withTexts(say`${error.what}. ${error.fix}`, inOneLine);
  if (error instanceof RunStopped) return error.message;
  return bugText(error);
}

/** The same failure without values that this run has seen. */
export function filteredFailure(error: unknown, masker: Masker): unknown {
  if (!(error instanceof PortError)) return error;
  const { kind, what, fix, code, whole } = error;
  const redacted = (message: Message) => withTexts(message, (text) => masker.redact(text));
  const rest = code === undefined ? {} : { code };
  return new PortError({ kind, what: redacted(what), fix: redacted(fix), whole, cause: error, ...rest });
}

/** Messages of unknown errors may hold anything, so only their kind and place are shown. */
function bugText(error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? (error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '') : '';
  return `Bug: an unexpected ${kind}${place === '' ? '' : ` ${place.trim()}`}. Please report this; no secret is in this message.`;
}
