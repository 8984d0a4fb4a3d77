/**
 * Where a workload proves who it is: the CI system that it runs in, the cluster, or a token that somebody left here.
 *
 * A CI system is asked anew for each exchange: its proof is good for five minutes, and is held by nobody longer than the
 * exchange takes. Other proofs are kept in memory until a minute before their end and never longer, because several
 * identities ask for the same one within seconds. Each is masked the moment it arrives.
 */
import { createHash } from 'node:crypto';
import { SecretValue } from '../../core/model/secret-value.ts';
import { askAzurePipelines } from './azure-pipelines.ts';
import { endOf } from './claims.ts';
import { askGitHub } from './github.ts';
import { readTokenFile, readTokenVariable } from './given-token.ts';
import { refuseForeignAudience } from './login-guard.ts';
import type { EntraContext } from './settings.ts';

const MARGIN_MS = 60_000;

/** Plain records without secrets; equal ones share one token where it is kept. */
export type AssertionSource =
  | { readonly from: 'github'; readonly audience: string }
  | { readonly from: 'azure-pipelines'; readonly serviceConnectionId: string }
  | { readonly from: 'token-variable'; readonly name: string }
  | { readonly from: 'token-file'; readonly path: string }
  | {
      readonly from: 'service-account';
      readonly namespace: string;
      readonly name: string;
      readonly audiences: readonly string[];
    };

export interface Assertions {
  get(source: AssertionSource): Promise<string>;
  /** The next `get` asks again: Entra found the token expired, so that our clock cannot be right. */
  forget(source: AssertionSource): void;
}

interface Remembered {
  readonly token: Promise<string>;
  /** Unknown while the token is on its way. */
  goodUntil: number;
}

export function createAssertions(context: EntraContext): Assertions {
  const remembered = new Map<string, Remembered>();
  return {
    get: async (source) => {
      if (isAskedAnew(source)) return await requestAssertion(context, source);
      const key = JSON.stringify(source);
      const known = remembered.get(key);
      if (known !== undefined && context.clock.now().getTime() < known.goodUntil) return known.token;
      const fresh: Remembered = { token: requestAssertion(context, source), goodUntil: Infinity };
      remembered.set(key, fresh);
      try {
        const token = await fresh.token;
        fresh.goodUntil = goodUntil(token);
        return token;
      } catch (error) {
        if (remembered.get(key) === fresh) remembered.delete(key);
        throw error;
      }
    },
    forget: (source) => void remembered.delete(JSON.stringify(source)),
  };
}

/** One is used for one exchange; credential.ts makes one exchange for all who want the same token at a time. */
function isAskedAnew({ from }: AssertionSource): boolean {
  return from === 'github' || from === 'azure-pipelines';
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function requestAssertion(context: EntraContext, source: AssertionSource): Promise<string> {
  const token = await rawAssertion(context, source);
  context.masker.mask(SecretValue.ofText(token));
  return token;
}

async function rawAssertion(context: EntraContext, source: AssertionSource): Promise<string> {
  switch (source.from) {
    case 'github':
      refuseForeignAudience(context, [source.audience]);
      return askGitHub(context, source.audience);
    case 'azure-pipelines':
      return askAzurePipelines(context, source.serviceConnectionId);
    case 'token-variable':
      return readTokenVariable(context, source.name);
    case 'token-file':
      return readTokenFile(context, source.path);
    case 'service-account':
      if (context.cluster === undefined) throw new Error('there is no cluster to ask for a token yet');
      refuseForeignAudience(context, source.audiences);
      return context.cluster.requestToken(source.namespace, source.name, source.audiences);
    default:
      return source satisfies never;
  }
}

/** A token that does not say when it ends is used once. */
function goodUntil(token: string): number {
  const end = endOf(token);
  return end === undefined ? 0 : end - MARGIN_MS;
}
