/** What a user is told when a run as a whole comes to nothing. */
import { RunStopped } from '../engine/stop.ts';
import { PortError } from '../ports/errors.ts';

/** What a port refuses is told in its own words; anything else is a bug, told without its message. */
export function failureText(error: unknown): string {
  if (error instanceof PortError) return `${error.what}. ${error.fix}`;
  if (error instanceof RunStopped) return error.message;
  return bugText(error);
}

/** Messages of unknown errors may hold anything, so only their kind and place are shown. */
function bugText(error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? (error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '') : '';
  return `Bug: an unexpected ${kind}${place === '' ? '' : ` ${place.trim()}`}. Please report this; no secret is in this message.`;
}
