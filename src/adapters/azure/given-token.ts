/** Tokens that somebody left for this process: in a file, or in a variable, as GitLab's `id_tokens` do. */
import { say, setting, type Message } from '../../core/model/message.ts';
import { isRecord } from '../../core/model/fields.ts';
import { PortError } from '../../ports/errors.ts';
import { readAtMost } from '../files/bounded-bytes.ts';
import { endOf } from './claims.ts';
import type { EntraContext } from './settings.ts';

/** Of the tokens that systems give out, the largest by far are some ten thousand bytes. */
const LARGEST_TOKEN_BYTES = 100_000;

const THREE_PARTS = /^[\w-]+\.[\w-]+\.[\w-]*$/;

export async function readTokenFile(context: EntraContext, path: string): Promise<string> {
  const isOurs = path === context.settings.tokenFile;
  const place = say`the token file ${path} (${isOurs ? setting('token-file') : 'AZURE_FEDERATED_TOKEN_FILE'})`;
  const fix = isOurs
    ? 'Check the path, and that this user may read it.'
    : 'Check that the workload identity webhook mounted it and that this user may read it.';
  const token = await textOf(path, place, fix);
  // The kubelet renews a mounted one; there, a clock that is wrong is for Entra to tell.
  return isOurs ? stillGood(token, place, context) : token;
}

async function textOf(path: string, place: Message, fix: Message): Promise<string> {
  const read = await readAtMost(path, LARGEST_TOKEN_BYTES).catch((error: unknown) => {
    const code = isRecord(error) && typeof error['code'] === 'string' ? error['code'] : 'unknown';
    const what = say`${place} cannot be read (${code})`;
    throw new PortError({ kind: 'Unauthenticated', what, fix, code, whole: true });
  });
  if (read instanceof Uint8Array) return Buffer.from(read).toString('utf8').trim();
  throw read.reason === 'no-file'
    ? notThere(say`${place} is a device or socket, which is not read`, fix)
    : notThere(say`${place} has more bytes than the ${LARGEST_TOKEN_BYTES} that a token may have`, fix);
}

/** The variable's own text is never shown, only its name. */
export function readTokenVariable(context: EntraContext, name: string): string {
  const token = (context.environment[name] ?? '').trim();
  const place = say`the variable ${name} (${setting('token-variable')})`;
  if (token === '') {
    throw notThere(say`${place} is not set`, `In GitLab, add to the job: ${idTokens(name, context)}.`);
  }
  if (!THREE_PARTS.test(token)) {
    // Of any system, for it does not matter where it was made.
    const isPath = /^(\/|[a-z]:[\\/])/i.test(token);
    const fix = isPath
      ? say`Give that path with ${setting('token-file')}.`
      : 'Name the variable that holds the token itself.';
    throw notThere(say`${place} holds ${isPath ? 'a path' : 'something else'}, not a token`, fix);
  }
  return stillGood(token, place, context);
}

function idTokens(name: string, { settings }: EntraContext): string {
  return `id_tokens: { ${name}: { aud: ${settings.audience} } }`;
}

function notThere(what: Message, fix: Message): PortError {
  return new PortError({ kind: 'Unauthenticated', code: 'NoToken', what, fix, whole: true });
}

/** Nobody renews such a token for us, so its end is told here; Entra would only say that it does not like it. */
function stillGood(token: string, place: Message, { clock }: EntraContext): string {
  const end = endOf(token);
  const now = clock.now();
  if (end === undefined || now.getTime() < end) return token;
  throw new PortError({
    kind: 'Unauthenticated',
    code: 'TokenExpired',
    what: say`${place} holds a token that expired at ${time(new Date(end))}; now it is ${time(now)}`,
    fix: "Run this in a job of its own, or earlier: such a token is not renewed within a job. GitLab's end with the job's timeout, or after five minutes.",
    whole: true,
  });
}

function time(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
