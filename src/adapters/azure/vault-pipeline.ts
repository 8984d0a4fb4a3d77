/**
 * Our part of the SDK's pipeline, outside its authentication: repetition, errors with their codes, and the guard that
 * no request follows a link to another host.
 *
 * Everything a vault refuses leaves here as a VaultRefusal, single reads, lists and writes alike.
 *
 * | what went wrong                                             | a read  | a write                              |
 * | ----------------------------------------------------------- | ------- | ------------------------------------ |
 * | 429                                                         | again   | again: it was not carried out        |
 * | 409: an object of that name is being deleted or recovered   | -       | again, after ten seconds or more     |
 * | it never left: no address, no proxy's way                   | again   | again                                |
 * | 5xx, 408, a connection that was cut, no answer in time      | again   | never: it may have been carried out  |
 * | everything else                                             | never   | never                                |
 */
import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from '@azure/core-rest-pipeline';
import { PortError } from '../../ports/errors.ts';
import { deferred } from '../transport/deferred.ts';
import { retryAfterMs, withRetry, type Retryable } from '../transport/retry.ts';
import { createPageGuard } from './pages.ts';
import type { AzureContext } from './settings.ts';
import { GarbledAnswer, isBusy, jsonObject, readVaultAnswer, VaultRefusal } from './vault-answer.ts';
import { isRepeatableStatus, judgeWireFailure, wasNeverSent, WireFailure } from './wire.ts';

/** One policy per client: it remembers whether that client has authenticated yet. */
export function vaultPolicy(context: AzureContext, vault: string, host: string): PipelinePolicy {
  const firstAlone = createFirstAlone();
  const guardPages = createPageGuard();
  return {
    name: 'keyferryVaultPolicy',
    sendRequest: async (request, next) => {
      refuseOtherHost(request, vault, host);
      const send = (): Promise<PipelineResponse> =>
        withRetry(context, {
          description: vault,
          deadlineMs: context.settings.deadlineMs,
          judge: (error) => (request.method === 'GET' ? judgeRead : judgeWrite)(error, context.clock.now()),
          attempt: (remainingMs) => sendOnce(request, next, remainingMs),
        });
      const response = await firstAlone(request, send);
      const body = response.bodyAsText ?? '';
      guardPages(request.url, body, body.includes('"nextLink"') ? jsonObject(body)?.['nextLink'] : undefined);
      return response;
    },
  };
}

/**
 * While the SDK's first challenge is under way, other requests of that client would go out without a token but with
 * their body. So the first goes alone; if it ends before it was authenticated, those that waited share its error,
 * because each would only meet the same wall.
 */
export function createFirstAlone() {
  let authenticated = false;
  let first: Promise<unknown> | undefined;
  return async (
    request: Pick<PipelineRequest, 'headers'>,
    send: () => Promise<PipelineResponse>,
  ): Promise<PipelineResponse> => {
    while (!authenticated && first !== undefined) await first;
    if (authenticated) return send();
    const { promise, resolve, reject } = deferred<undefined>();
    promise.catch(() => undefined);
    first = promise;
    try {
      return await send();
    } catch (error) {
      if (!request.headers.has('authorization')) reject(error);
      throw error;
    } finally {
      authenticated = request.headers.has('authorization');
      first = undefined;
      resolve(undefined);
    }
  };
}

async function sendOnce(request: PipelineRequest, next: SendRequest, remainingMs: number): Promise<PipelineResponse> {
  request.timeout = Math.max(1, remainingMs);
  const response = await next(request);
  if (response.status !== 200) throw new VaultRefusal(readVaultAnswer(response));
  if (jsonObject(response.bodyAsText ?? '') === undefined) throw new GarbledAnswer('no-json');
  return response;
}

function judgeRead(error: unknown, now: Date): Retryable | undefined {
  if (error instanceof WireFailure) return judgeWireFailure(error);
  if (!(error instanceof VaultRefusal) || !isRepeatableStatus(error.answer.status)) return undefined;
  const reason = error.answer.status === 429 ? 'throttled' : `answered HTTP ${error.answer.status}`;
  return waiting(reason, retryAfterMs(error.answer.header, now));
}

/** For as long as the deadline lasts. */
const BUSY_ATTEMPTS = 12;
const BUSY_WAIT_MS = 10_000;

function judgeWrite(error: unknown, now: Date): Retryable | undefined {
  if (error instanceof WireFailure) return wasNeverSent(error) ? judgeWireFailure(error) : undefined;
  if (!(error instanceof VaultRefusal)) return undefined;
  const askedMs = retryAfterMs(error.answer.header, now);
  if (error.answer.status === 429) return waiting('throttled', askedMs);
  if (!isBusy(error.answer)) return undefined;
  const waitMs = Math.max(BUSY_WAIT_MS, askedMs ?? 0);
  return { ...waiting('is still deleting or recovering what has that name', waitMs), attempts: BUSY_ATTEMPTS };
}

function waiting(reason: string, waitMs: number | undefined): Retryable {
  return waitMs === undefined ? { reason } : { reason, retryAfterMs: waitMs };
}

/** Runs before authentication: a foreign host never sees a token. */
function refuseOtherHost(request: PipelineRequest, vault: string, host: string): void {
  const url = new URL(request.url);
  if (url.protocol === 'https:' && url.host === host) return;
  throw new PortError({
    kind: 'Malformed',
    what: `${vault} continued its list on another host (${url.host})`,
    fix: 'Nothing was sent there. Check that no proxy changes the answers of the vault.',
    code: 'ForeignNextLink',
  });
}
