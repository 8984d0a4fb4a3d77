/** Tokens that somebody left for this process: in a file, or in a variable, as GitLab's `id_tokens` do. */
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
  const place = `the token file ${path} (${isOurs ? '--token-file' : 'AZURE_FEDERATED_TOKEN_FILE'})`;
  const fix = isOurs
    ? 'Check the path, and that this user may read it.'
    : 'Check that the workload identity webhook mounted it and that this user may read it.';
  const token = await textOf(path, place, fix);
  // The kubelet renews a mounted one; there, a clock that is wrong is for Entra to tell.
  return isOurs ? stillGood(token, place, context) : token;
}

async function textOf(path: string, place: string, fix: string): Promise<string> {
  const read = await readAtMost(path, LARGEST_TOKEN_BYTES).catch((error: unknown) => {
    const code = isRecord(error) && typeof error['code'] === 'string' ? error['code'] : 'unknown';
    throw new PortError({ kind: 'Unauthenticated', what: `${place} cannot be read (${code})`, fix, code, whole: true });
  });
  if (read instanceof Uint8Array) return Buffer.from(read).toString('utf8').trim();
  throw read.reason === 'no-file'
    ? notThere(`${place} is a device or socket, which is not read`, fix)
    : notThere(`${place} has more bytes than the ${LARGEST_TOKEN_BYTES} that a token may have`, fix);
}

/** The variable's own text is never shown, only its name. */
export function readTokenVariable(context: EntraContext, name: string): string {
  const token = (context.environment[name] ?? '').trim();
  const place = `the variable ${name} (--token-variable)`;
  if (token === '') {
    throw notThere(`${place} is not set`, `In GitLab, add to the job: ${idTokens(name, context)}.`);
  }
  if (!THREE_PARTS.test(token)) {
    // Of any system, for it does not matter where it was made.
    const isPath = /^(\/|[a-z]:[\\/])/i.test(token);
    const fix = isPath ? 'Give that path with --token-file.' : 'Name the variable that holds the token itself.';
    throw notThere(`${place} holds ${isPath ? 'a path' : 'something else'}, not a token`, fix);
  }
  return stillGood(token, place, context);
}

function idTokens(name: string, { settings }: EntraContext): string {
  return `id_tokens: { ${name}: { aud: ${settings.audience} } }`;
}

function notThere(what: string, fix: string): PortError {
  return new PortError({ kind: 'Unauthenticated', code: 'NoToken', what, fix, whole: true });
}

/** Nobody renews such a token for us, so its end is told here; Entra would only say that it does not like it. */
function stillGood(token: string, place: string, { clock }: EntraContext): string {
  const end = endOf(token);
  const now = clock.now();
  if (end === undefined || now.getTime() < end) return token;
  throw new PortError({
    kind: 'Unauthenticated',
    code: 'TokenExpired',
    what: `${place} holds a token that expired at ${time(new Date(end))}; now it is ${time(now)}`,
    fix: "Run this in a job of its own, or earlier: such a token is not renewed within a job. GitLab's end with the job's timeout, or after five minutes.",
    whole: true,
  });
}

function time(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
