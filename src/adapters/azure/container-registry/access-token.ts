/**
 * ACRAccessToken: a login to a container registry, from a token of Entra. ESO 2.9, with its two requests.
 *
 *   Entra token → POST /oauth2/exchange → refresh token → POST /oauth2/token, where a scope is given → access token
 *
 * The registry gets a token for Resource Manager. It leaves for a registry of the known cloud, or one that the run allows,
 * or not at all; no redirect is followed.
 */
import type { AcrAccessTokenSpec, Generated } from '../../../core/model/generator.ts';
import type { ObjectRef } from '../../../core/model/object-ref.ts';
import { SecretValue } from '../../../core/model/secret-value.ts';
import type { Generators } from '../../../ports/generators.ts';
import { clientIdIn } from '../caller.ts';
import { claimsOf } from '../claims.ts';
import { createCredentials, type Credentials } from '../credential.ts';
import type { AzureContext } from '../settings.ts';
import { askRegistry, type Registry } from './ask-registry.ts';
import { registryLogin, registryOf, type RegistryLogin } from './registry-login.ts';

/** ESO 2.9, and every registry: the name of whoever comes with a token. */
const USERNAME = '00000000-0000-0000-0000-000000000000';
/** Of a token that does not say when it ends: shorter than any that a registry gives. */
const UNTOLD_LIFE_MS = 5 * 60_000;
/** Of two clocks further apart, only how long the token lives can be believed. */
const MOST_SKEW_MS = 60_000;

type Options = Omit<AzureContext, 'random'> & Partial<Pick<AzureContext, 'random'>>;

/** One is one run: whoever asks for the same token in it gets the same. */
export function createRegistryTokens(options: Options): Generators {
  const context: AzureContext = { random: Math.random, ...options };
  const credentials = createCredentials(context);
  const known = new Map<string, Promise<Generated>>();
  return {
    generate: ({ ref, spec }, namespace) => {
      const key = JSON.stringify([namespace, ref, spec]);
      const asked = known.get(key) ?? registryToken({ context, credentials, ref, spec, namespace });
      known.set(key, asked);
      asked.catch(() => known.delete(key));
      return asked;
    },
  };
}

interface Asking {
  readonly context: AzureContext;
  readonly credentials: Credentials;
  readonly ref: ObjectRef;
  readonly spec: AcrAccessTokenSpec;
  /** That of whoever names the generator. */
  readonly namespace: string;
}

async function registryToken({ context, credentials, ref, spec, namespace }: Asking): Promise<Generated> {
  const host = registryOf(ref, spec, context.settings);
  const login = await registryLogin(context, { ref, spec, namespace });
  const { identity } = login.opened;
  const registry: Registry = { ref, host, ...clientIdIn(identity) };
  const credential = credentials.credentialFor(login.opened, `registry ${host}`);
  const entra = (await credential.getToken(login.scope))?.token ?? '';
  const begun = context.clock.now().getTime();
  const refreshToken = await askRegistry(context, registry, 'exchange', {
    grant_type: 'access_token',
    service: host,
    tenant: tenantOf(login, entra),
    access_token: entra,
  });
  const token =
    spec.scope === undefined
      ? refreshToken
      : await askRegistry(context, registry, 'token', {
          grant_type: 'refresh_token',
          service: host,
          scope: spec.scope,
          refresh_token: refreshToken,
        });
  const values = new Map([
    ['username', SecretValue.ofText(USERNAME)],
    ['password', SecretValue.ofText(token)],
  ]);
  return { values, expires: endOf(token, begun) };
}

/** ESO 2.9 sends what is written, and nothing where nothing is; a registry wants to know. */
function tenantOf({ tenantId }: RegistryLogin, token: string): string {
  if (tenantId !== undefined) return tenantId;
  const tid = claimsOf(token)?.['tid'];
  return typeof tid === 'string' ? tid : '';
}

/** Milliseconds since 1970, by our clock. */
function endOf(token: string, begun: number): number {
  const claims = claimsOf(token) ?? {};
  const end = millisecondsIn(claims['exp']);
  const issued = millisecondsIn(claims['iat']);
  if (end === undefined) return begun + UNTOLD_LIFE_MS;
  const isSkewed = issued !== undefined && end > issued && Math.abs(issued - begun) > MOST_SKEW_MS;
  const told = isSkewed ? begun + (end - issued) : end;
  return told > begun ? told : begun + UNTOLD_LIFE_MS;
}

function millisecondsIn(claim: unknown): number | undefined {
  return typeof claim === 'number' && Number.isFinite(claim) ? claim * 1000 : undefined;
}
