/**
 * The two requests of a login to a registry, and what its refusals mean.
 *
 * A body is never shown: what a registry says, and what stands in its place, may quote the token.
 */
import { say } from '../../../core/model/message.ts';
import { refText, type ObjectRef } from '../../../core/model/object-ref.ts';
import { SecretValue } from '../../../core/model/secret-value.ts';
import { PortError, type PortErrorDetails } from '../../../ports/errors.ts';
import { callerOf } from '../caller.ts';
import { askPlainly, type PlainAnswer } from '../plain-request.ts';
import type { EntraContext } from '../settings.ts';
import { jsonObject } from '../vault-answer.ts';
import { proxyLoginWords, wireWords } from '../wire-words.ts';
import { WireFailure } from '../wire.ts';

export interface Registry {
  /** The generator. */
  readonly ref: ObjectRef;
  readonly host: string;
  /** Who asks, where that is known. */
  readonly clientId?: string;
}

/** What it is, and where the token stands in its answer. */
const FIELDS = { exchange: 'refresh_token', token: 'access_token' } as const;
type Step = keyof typeof FIELDS;

/** The token, given to the masker before anybody else has it. */
export async function askRegistry(
  context: EntraContext,
  registry: Registry,
  step: Step,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await answerOf(context, registry, step, form);
  const token = answer.status === 200 ? tokenIn(answer.body, step) : undefined;
  if (token === undefined) throw registryError(answer, registry, step);
  context.masker.mask(SecretValue.ofText(token));
  return token;
}

async function answerOf(
  context: EntraContext,
  { host }: Registry,
  step: Step,
  form: Readonly<Record<string, string>>,
): Promise<PlainAnswer> {
  try {
    return await askPlainly(context, {
      description: `registry ${host}`,
      method: 'POST',
      url: new URL(`https://${host}/oauth2/${step}`),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      isWhole: (body) => tokenIn(body, step) !== undefined,
    });
  } catch (error) {
    if (error instanceof WireFailure) throw new PortError(wireWords(error, `registry ${host}`, host));
    throw error;
  }
}

/** Of letters that stand in a header: anything else is none. */
function tokenIn(body: string, step: Step): string | undefined {
  const token = jsonObject(body)?.[FIELDS[step]];
  return typeof token === 'string' && /^[\x21-\x7e]+$/u.test(token) ? token : undefined;
}

function registryError(answer: PlainAnswer, registry: Registry, step: Step): PortError {
  const { kind, what, fix, code } = wordsOf(answer, registry, step);
  return new PortError({
    kind,
    what: say`${refText(registry.ref)}: ${what}`,
    fix,
    code: code ?? `HTTP${answer.status}`,
    whole: true,
  });
}

type Words = Pick<PortErrorDetails, 'kind' | 'what' | 'fix' | 'code'>;

function wordsOf({ status, body }: PlainAnswer, registry: Registry, step: Step): Words {
  const { host } = registry;
  const name = `registry ${host}`;
  if (status === 407) return proxyLoginWords(name, host);
  if (status === 429) {
    const what = `${name} refused the login: too many requests, also after waiting`;
    return { kind: 'Throttled', what, fix: 'Run again later; the token that is there stays.' };
  }
  if (status >= 500 || status === 408) {
    const what = `${name} failed to answer (HTTP ${status})`;
    return { kind: 'Unavailable', what, fix: 'Run again later; the token that is there stays.' };
  }
  if (status === 200) {
    const what = `${name} answered without a token, also when it was asked again`;
    return { kind: 'Malformed', what, fix: `If it stays, something between changes the answers of ${host}.` };
  }
  if (status < 400 || !isOfRegistry(body)) {
    const what = `something else answered in place of ${name} (HTTP ${status})`;
    return { kind: 'Malformed', what, fix: `Check spec.registry, and whether a proxy stands before ${host}.` };
  }
  return refusedWords(status, registry, step);
}

/** `{ errors: [{ code, message }] }`; for logins also Entra's form. */
function isOfRegistry(body: string): boolean {
  const answer = jsonObject(body);
  return answer !== undefined && ('errors' in answer || 'error' in answer);
}

function refusedWords(status: number, registry: Registry, step: Step): Words {
  const { host } = registry;
  if (status === 401 || status === 403)
    return step === 'exchange' ? loginWords(status, registry) : scopeWords(status, registry);
  if (step === 'token') {
    const what = `registry ${host} does not understand the scope (HTTP ${status})`;
    return { kind: 'Invalid', what, fix: 'Write spec.scope as repository:NAME:pull, or repository:NAME:pull,push.' };
  }
  const what = `registry ${host} does not understand the login (HTTP ${status})`;
  return { kind: 'Invalid', what, fix: 'Check spec.registry and spec.tenantId.' };
}

function loginWords(status: number, { host, clientId }: Registry): Words {
  const who = callerOf(undefined, clientId);
  const kind = status === 401 ? 'Unauthenticated' : 'Forbidden';
  return {
    kind,
    what: `registry ${host} does not let ${who.name} log in (HTTP ${status})`,
    fix: `Give it "AcrPull": az role assignment create --role AcrPull ${who.roleFlags} --scope "$(az acr show --name ${nameOf(host)} --query id --output tsv)". Check spec.tenantId and spec.environmentType too. A new assignment can take ten minutes.`,
  };
}

function scopeWords(status: number, { host, clientId }: Registry): Words {
  const who = callerOf(undefined, clientId);
  return {
    kind: 'Forbidden',
    what: `registry ${host} does not give ${who.name} a token of that scope (HTTP ${status})`,
    fix: 'Give it a role that allows what spec.scope asks for (AcrPull, AcrPush), or ask for less.',
  };
}

function nameOf(host: string): string {
  return host.split('.')[0] ?? host;
}
