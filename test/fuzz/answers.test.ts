/**
 * Whatever a vault, Entra, Resource Manager or a CI system answers: a value, a positive absence or a PortError, at once,
 * and nothing in its words that only the answer held.
 *
 * FUZZ_RUNS sets how many answers are read; a part of them comes over a loopback server, through the SDK.
 */
import { createHttpHeaders, type PipelineResponse } from '@azure/core-rest-pipeline';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAssertions } from '../../src/adapters/azure/assertion.ts';
import { presentedBy } from '../../src/adapters/azure/claims.ts';
import { knownCloud } from '../../src/adapters/azure/cloud.ts';
import { EntraFailure, entraError, judgeEntra, readEntraAnswer } from '../../src/adapters/azure/entra-error.ts';
import { createPageGuard } from '../../src/adapters/azure/pages.ts';
import { publicKeyJson } from '../../src/adapters/azure/public-key.ts';
import { isRecord } from '../../src/core/model/fields.ts';
import { claimsDemanded, readRefusal } from '../../src/adapters/azure/resource-manager/arm-answer.ts';
import { armError } from '../../src/adapters/azure/resource-manager/arm-error.ts';
import { toPortError } from '../../src/adapters/azure/to-port-error.ts';
import type { VaultRequest } from '../../src/adapters/azure/vault-request.ts';
import { GarbledAnswer, jsonObject, readVaultAnswer, VaultRefusal } from '../../src/adapters/azure/vault-answer.ts';
import { fetched, isAbsence } from '../../src/adapters/azure/vault-object.ts';
import { retryAfterMs } from '../../src/adapters/transport/retry.ts';
import { PortError } from '../../src/ports/errors.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import { testContext } from '../adapters/azure/support.ts';
import { MANAGED_CLIENT_ID, SUBSCRIPTION_ID, TENANT_ID, type Fault } from '../servers/index.ts';
import { busyMs, runs } from './fuzz-runs.ts';

const LONGEST_MS = 1_000;
const NOW = new Date('2026-11-24T12:00:00Z');

/** What only an answer holds: texts, numbers in several forms, a short one. */
const CANARIES = ['canary-7f3a', 'hunter2', '918273645546', '9.18273645546e+11', 'q7Z'];
const LEAK = /canary|hunter2|918273645|9\.18273645|q7Z/i;

const canary = fc.constantFrom<unknown>(...CANARIES, 918_273_645_546, [918_273_645_546], { hunter2: 'canary-7f3a' });
const bytes = fc.uint8Array({ maxLength: 120 }).map((array) => Buffer.from(array).toString('latin1'));

/** Beginnings of what services say, so that what follows meets our readings of it. */
const opening = fc.constantFrom(
  ...[
    '',
    'AADSTS700213: ',
    'AADSTS',
    'AKV10032: ',
    'AKV',
    'Caller: appid=',
    'oid=',
    "Action: '",
    "Resource: '/subscriptions/",
  ],
  ...['Client address: ', 'Operation get is not allowed on a disabled secret', "object id '", "perform action '"],
);
const message = fc.tuple(opening, canary, bytes).map(([start, text, more]) => `${start}${String(text)}${more}`);
const code = fc.oneof(
  fc.constantFrom('SecretNotFound', 'KeyNotFound', 'Forbidden', 'Unauthorized', '', 'error'),
  message,
  canary,
);
const errorBody = fc.record(
  {
    error: fc.oneof(
      code,
      fc.record(
        { code, message, innererror: fc.oneof(canary, fc.record({ code, message }, { requiredKeys: [] })) },
        { requiredKeys: [] },
      ),
    ),
    error_description: fc.oneof(message, canary),
    correlation_id: fc.oneof(canary, bytes),
    error_codes: fc.array(canary),
  },
  { requiredKeys: [] },
);
const id = fc.oneof(
  fc.constantFrom('https://kv-shop.vault.azure.net/secrets/db/1', 'https://kv-shop.vault.azure.net/secrets/other'),
  bytes,
  canary,
);
const objectBody = fc.record(
  {
    ...{
      id,
      value: fc.oneof(
        canary,
        bytes,
        fc.array(fc.record({ id, attributes: canary, tags: canary }, { requiredKeys: [] })),
      ),
    },
    ...{ key: fc.oneof(canary, fc.dictionary(bytes, fc.oneof(bytes, canary))), cer: fc.oneof(bytes, canary) },
    ...{
      tags: fc.oneof(canary, fc.dictionary(bytes, canary)),
      attributes: fc.oneof(canary, fc.dictionary(bytes, canary)),
    },
    nextLink: fc.oneof(fc.constantFrom('https://kv-shop.vault.azure.net/secrets?t=2', '//evil', null), bytes, canary),
  },
  { requiredKeys: [] },
);
const cut = fc
  .tuple(fc.oneof(errorBody, objectBody), fc.nat(400))
  .map(([body, at]) => JSON.stringify(body).slice(0, at));
const body = fc.oneof(
  bytes,
  cut,
  fc.json({ maxDepth: 4 }),
  fc.oneof(errorBody, objectBody, canary).map((value) => JSON.stringify(value)),
  fc.tuple(canary, bytes).map(([text, more]) => `<html>${String(text)}${more}`),
);
const status = fc.oneof(
  fc.constantFrom(200, 200, 400, 401, 403, 404, 404, 407, 409, 429, 500, 503),
  fc.integer({ min: 200, max: 599 }),
);
const headerText = fc.oneof(
  fc.constantFrom(
    '918273645546',
    '-5',
    '0',
    'Wed, 21 Oct 2015 07:28:00 GMT',
    'canary-7f3a',
    'addr=918273645546;',
    'NaN',
  ),
  fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'retry-after',
    'retry-after-ms',
    'x-ms-retry-after-ms',
    'x-ms-keyvault-network-info',
    'content-type',
    'location',
  ),
  headerText,
);
const answer = fc.record({ status, body, headers });
type Answered = typeof answer extends fc.Arbitrary<infer Value> ? Value : never;

const REQUEST: VaultRequest = {
  action: 'get',
  ...{ vault: 'vault kv-shop', vaultName: 'kv-shop', host: 'kv-shop.vault.azure.net', type: 'secret', name: 'db' },
  ...{ cloud: knownCloud('PublicCloud'), clientId: MANAGED_CLIENT_ID },
};
const IDENTITY = { type: 'assertion', authorityHost: 'https://login.microsoftonline.com' } as const;
const EXCHANGE = {
  identity: { ...IDENTITY, clientId: MANAGED_CLIENT_ID, source: { from: 'github', audience: 'x' } },
  ...{ tenantId: TENANT_ID, scope: 'https://vault.azure.net/.default' },
} as const;
const CLUSTER = { subscriptionId: SUBSCRIPTION_ID, resourceGroup: 'rg-shop', name: 'aks-shop' };

function responseOf({ status: code, body: text, headers: sent }: Answered): PipelineResponse {
  return { status: code, headers: createHttpHeaders(sent), bodyAsText: text, request: undefined as never };
}

/** Nothing that only the answer held, in nothing that is shown. */
function isClean(error: unknown): boolean {
  return error instanceof PortError && !LEAK.test(`${error.message} ${error.code ?? ''} ${String(error.stack)}`);
}

/** True when `check` holds, and soon. */
function soon(check: () => boolean): boolean {
  const began = busyMs();
  return check() && busyMs() - began < LONGEST_MS;
}

describe('any answer', () => {
  it('of a vault is a refusal that shows nothing of it', () => {
    fc.assert(
      fc.property(answer, (given) =>
        soon(() => {
          const refusal = new VaultRefusal(readVaultAnswer(responseOf(given)));
          const mayBeAbsent = given.status === 404 && given.body.includes('SecretNotFound');
          return isClean(toPortError(refusal, REQUEST)) && (mayBeAbsent || !isAbsence(refusal, 'secret'));
        }),
      ),
      runs(1),
    );
  });

  it('of a vault about an object is that object, or garbled', () => {
    fc.assert(
      fc.property(objectBody, (given) =>
        soon(() => {
          try {
            const { version } = fetched({ type: 'secret', name: 'db' }, undefined, given, given.id);
            return String(given.id).includes('/secrets/db') && typeof version !== 'number';
          } catch (error) {
            return error instanceof GarbledAnswer && isClean(toPortError(error, REQUEST));
          }
        }),
      ),
      runs(1),
    );
  });

  it('of Entra is a refusal that shows nothing of it', () => {
    fc.assert(
      fc.property(answer, (given) =>
        soon(() => {
          const failure = new EntraFailure(readEntraAnswer(responseOf(given), NOW), undefined);
          judgeEntra(failure, EXCHANGE.identity, () => false);
          return isClean(entraError(failure, EXCHANGE));
        }),
      ),
      runs(1),
    );
  });

  it('of Resource Manager is a refusal that shows nothing of it', () => {
    fc.assert(
      fc.property(answer, (given) =>
        soon(() => {
          const plain = { ...given, header: (name: string) => responseOf(given).headers.get(name) };
          claimsDemanded(plain);
          const asked = { cluster: CLUSTER, host: 'management.azure.com', tenantId: TENANT_ID };
          return isClean(armError(readRefusal(plain), asked));
        }),
      ),
      runs(1),
    );
  });

  it('asks for a pause that can be made, or for none', () => {
    fc.assert(
      fc.property(headers, (given) => {
        const pause = retryAfterMs((name) => given[name], NOW);
        return pause === undefined || (pause > 0 && !Number.isNaN(pause));
      }),
      runs(1),
    );
  });
});

describe('any text', () => {
  it('in the place of a token, a key or a page is read, or is not', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, body), body, fc.oneof(bytes, id.map(String)), (first, second, link) =>
        soon(() => {
          const presented = presentedBy(`${first}.${Buffer.from(second).toString('base64url')}.x`);
          const key = jsonObject(second)?.['key'];
          if (isRecord(key)) publicKeyJson(key);
          const guard = createPageGuard();
          try {
            guard('https://kv-shop.vault.azure.net/secrets', second, link);
          } catch (error) {
            if (!(error instanceof GarbledAnswer)) throw error;
          }
          return presented === undefined || !/[\p{Cc}\u2028\u2029]/u.test(presented.subject);
        }),
      ),
      runs(1),
    );
  });
});

const { azure, run } = useLoopback({ vaults: { 'kv-shop': { secrets: { db: [{ value: 'x' }] } } } });
const NAMES_OF_HTTP = /^(?:content-type|location|retry-after)/;

/** Those headers with which a server may answer. */
function faultOf(given: Answered): Omit<Fault, 'match'> {
  const sent = Object.entries(given.headers).filter(([name]) => NAMES_OF_HTTP.test(name));
  return { status: given.status, body: given.body, headers: Object.fromEntries(sent) };
}

describe('any answer over the wire', () => {
  const share = 1 / 60;

  it('of a vault is a value, an absence or a PortError, for reads and lists', async () => {
    const { context, open } = run();
    const provider = await open();
    await provider.list();
    await fc.assert(
      fc.asyncProperty(answer, fc.boolean(), async (given, isList) => {
        azure().vaults.faults.clear();
        azure().vaults.inject({ match: '^GET /secrets', ...faultOf(given) });
        context.clock.advance(61_000);
        const asked = isList ? provider.list() : provider.get({ type: 'secret', name: 'db' });
        const outcome = await asked.catch((error: unknown) => error);
        if (outcome === undefined) return given.status === 404 && given.body.includes('SecretNotFound');
        if (outcome instanceof Error) return isClean(outcome);
        return given.status === 200;
      }),
      runs(share),
    );
    expect(context.logger.text()).not.toMatch(LEAK);
  });

  it('of Entra is a token or a PortError', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (given) => {
        azure().entra.faults.clear();
        azure().entra.inject({ match: '.', ...faultOf(given) });
        const { context, open } = run();
        const outcome = await (await open()).get({ type: 'secret', name: 'db' }).catch((error: unknown) => error);
        return isClean(outcome) && !LEAK.test(context.logger.text());
      }),
      runs(share),
    );
  });

  it("of GitHub's token service is a token or a PortError", async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (given) => {
        azure().github.faults.clear();
        azure().github.inject({ match: '.', ...faultOf(given) });
        const context = testContext({}, azure().environment());
        const assertions = createAssertions(context);
        const outcome = await assertions.get({ from: 'github', audience: 'x' }).catch((error: unknown) => error);
        return typeof outcome === 'string' || (isClean(outcome) && !LEAK.test(context.logger.text()));
      }),
      runs(share),
    );
    azure().github.faults.clear();
  });
});
