/**
 * An API server's refusals in words that say what to do.
 *
 * Shows names, reasons and numbers; never a body, a value or a token. Messages of the API server may repeat what was
 * sent, so a quoted value is shown only where it is one of the names that the caller vouches for.
 *
 * What admission says is told by its words, whatever the status: admission.ts. Of the rest:
 *
 * | answer | kind | whole |
 * | --- | --- | --- |
 * | 401, a failing login | Unauthenticated | yes |
 * | 403 | Forbidden | no |
 * | 404 with the API server's Status | NotFound | no |
 * | 409 | Conflict | no |
 * | 400, 405, 413, 415, 422 | Invalid | no |
 * | 429 | Throttled | yes |
 * | 408, 410, 5xx, no answer | Unavailable | yes (410: no) |
 * | anything else, and answers that are no API server's | Malformed | yes |
 */
import { say, setting } from '../../core/model/message.ts';
import { isRecord } from '../../core/model/fields.ts';
import { PortError, type PortErrorDetails } from '../../ports/errors.ts';
import { admissionWords, harmless } from './admission.ts';
import { LoginFailure } from './login.ts';
import { azureRoleForRule, isOfAzure, kubectlForRule, missingGrants, missingRule, ruleText } from './missing-rule.ts';
import { ApiRefusal, GarbledAnswer, NoAnswer, type Json } from './object-api.ts';
import { loginWords, silenceWords } from './silence.ts';
import type { LoggedIn } from '../../ports/cluster-login.ts';

/** What was asked, and of whom. */
export interface ApiRequest {
  /** `cluster shop-prd`. */
  readonly cluster: string;
  /** `https://10.0.0.1:6443`, without a login. */
  readonly server: string;
  /** `Secret shop/db`. */
  readonly object: string;
  /** Names that may be shown where the API server quotes them: keys, types, object names. Never values. */
  readonly names?: readonly string[];
  /** False = the object holds no values: what a policy says of it may be shown. */
  readonly holdsValues?: boolean;
}

type Words = PortErrorDetails;

export function toPortError(error: unknown, request: ApiRequest): PortError {
  if (error instanceof PortError) return error;
  return new PortError({ ...wordsOf(error, request) });
}

function wordsOf(error: unknown, request: ApiRequest): Words {
  if (error instanceof LoginFailure) return loginWords(error, request);
  if (error instanceof NoAnswer) return error.explanation ?? silenceWords(error.code, request);
  if (error instanceof ApiRefusal) return refusalWords(error, request);
  if (error instanceof GarbledAnswer) return strangerWords(200, request);
  throw error;
}

function refusalWords(refusal: ApiRefusal, request: ApiRequest): Words {
  const { httpStatus, status, loggedIn } = refusal;
  const admission = status === undefined ? undefined : admissionWords(status, request);
  if (admission !== undefined) return admission;
  if (httpStatus === 429) return throttledWords(request);
  if (httpStatus === 401) return unauthenticatedWords(request, loggedIn);
  if (httpStatus === 408 || httpStatus === 410 || httpStatus >= 500) return serverWords(httpStatus, status, request);
  if (status === undefined) return strangerWords(httpStatus, request);
  switch (httpStatus) {
    case 403:
      return forbiddenWords(status, request, loggedIn);
    case 404:
      return notFoundWords(status, request);
    case 409:
      return conflictWords(status, request);
    default:
      return invalidWords(httpStatus, status, request);
  }
}

function throttledWords({ cluster }: ApiRequest): Words {
  return {
    kind: 'Throttled',
    whole: true,
    what: `${cluster} is overloaded and asks to wait (429), also after waiting`,
    fix: 'Run again later, or with a lower concurrency.',
  };
}

function unauthenticatedWords({ cluster }: ApiRequest, loggedIn: LoggedIn | undefined): Words {
  if (loggedIn !== undefined) {
    const { objectId, tenantId, clusterId } = loggedIn;
    return {
      kind: 'Unauthenticated',
      whole: true,
      what: `${cluster} does not accept the token of identity ${objectId} in tenant ${tenantId} (401)`,
      fix: `Check which tenant it trusts: az aks show --ids "${clusterId}" --query aadProfile.tenantID. The identity must be of that one.`,
    };
  }
  return {
    kind: 'Unauthenticated',
    whole: true,
    what: `${cluster} does not accept the login (401)`,
    fix: 'The token or certificate of the kubeconfig has expired, or is for another cluster: get a new one.',
  };
}

function serverWords(httpStatus: number, status: Json | undefined, request: ApiRequest): Words {
  const reason = textOf(status, 'reason');
  return {
    kind: 'Unavailable',
    code: reason === '' ? `HTTP${httpStatus}` : reason,
    whole: httpStatus !== 410,
    what: `${request.cluster} answered ${httpStatus}${reason === '' ? '' : ` (${reason})`} for ${request.object}`,
    fix: 'Nothing was changed that is not reported. Run again; if it stays, look at the API server.',
  };
}

/** A web page of a proxy, a portal, or simply another server. */
function strangerWords(httpStatus: number, { cluster, server }: ApiRequest): Words {
  return {
    kind: 'Malformed',
    code: `HTTP${httpStatus}`,
    whole: true,
    what: `${server}, where ${cluster} should be, answered ${httpStatus} with something that no API server says`,
    fix: 'Check the server in the kubeconfig, and whether a proxy stands in between.',
  };
}

function forbiddenWords(status: Json, request: ApiRequest, loggedIn: LoggedIn | undefined): Words {
  const message = textOf(status, 'message');
  const rule = missingRule(message);
  if (rule !== undefined) {
    return {
      kind: 'Forbidden',
      code: 'Forbidden',
      what: `${request.cluster} does not let "${rule.user}" ${ruleText(rule)}`,
      fix: isOfAzure(message)
        ? `Azure RBAC decides in this cluster: ${azureRoleForRule(rule, loggedIn?.clusterId)}. A new assignment can take five minutes.`
        : `Add that rule to a role that is bound to it: ${kubectlForRule(rule)}.`,
    };
  }
  return { kind: 'Forbidden', code: 'Forbidden', ...otherForbidden(message, status, request) };
}

function otherForbidden(message: string, status: Json, request: ApiRequest): Pick<Words, 'what' | 'fix'> {
  const { object, cluster } = request;
  const grants = missingGrants(message);
  if (grants.length > 0) {
    return {
      what: `${cluster} does not let you make ${object}, because it gives rights that you do not have yourself: ${grants.join('; ')}`,
      fix: 'Ask who runs the cluster to give them to you, or have somebody deploy who has them.',
    };
  }
  if (causesOf(status).some(({ reason }) => reason === 'NamespaceTerminating')) {
    return {
      what: `${object} cannot be created because its namespace is being terminated`,
      fix: 'Wait until the namespace is gone, or remove its manifests.',
    };
  }
  const words = ownWords(message, request);
  return {
    what: `${cluster} does not admit ${object}${words === '' ? ' (Forbidden, not by RBAC)' : `: ${words}`}`,
    fix:
      words === ''
        ? 'An admission policy of the cluster refuses it. Try the same with kubectl to see its message.'
        : 'Something in the cluster other than RBAC refuses it: ask who runs it.',
  };
}

function notFoundWords(status: Json, { object, cluster }: ApiRequest): Words {
  const details = isRecord(status['details']) ? status['details'] : {};
  if (textOf(status, 'reason') === 'NotServed') {
    return {
      kind: 'NotFound',
      code: 'NotServed',
      what: `${cluster} has no such kind: ${textOf(status, 'message')}`,
      fix: say`Install its CustomResourceDefinition, or use ${setting('home')} files.`,
    };
  }
  if (details['kind'] === 'namespaces') {
    const name = textOf(details, 'name');
    return {
      kind: 'NotFound',
      code: 'NamespaceNotFound',
      what: `namespace ${name} of ${object} does not exist in ${cluster}`,
      fix: `Create it: kubectl create namespace ${name}.`,
    };
  }
  return {
    kind: 'NotFound',
    code: 'NotFound',
    what: `${object} does not exist in ${cluster}`,
    fix: 'It was deleted meanwhile, or never existed. Run again.',
  };
}

function conflictWords(status: Json, { object }: ApiRequest): Words {
  const fields = causesOf(status).filter(({ reason }) => reason === 'FieldManagerConflict');
  if (fields.length > 0) return fieldConflictWords(fields, object);
  const exists = textOf(status, 'reason') === 'AlreadyExists';
  return {
    kind: 'Conflict',
    code: exists ? 'AlreadyExists' : 'Conflict',
    what: exists ? `${object} already exists` : `${object} has been modified since it was read`,
    fix: 'It is planned again with what is there now.',
  };
}

/** Server-side apply without force: what somebody else set to another value. */
function fieldConflictWords(causes: readonly Cause[], object: string): Words {
  const named = causes.map(({ message }) => /^conflict with "([^"]*)"/u.exec(message)?.[1] ?? 'somebody');
  const managers = [...new Set(named)].sort().map((one) => `"${one}"`);
  const fields = new Set(causes.map(({ field }) => field.replace(/^\./u, '')));
  return {
    kind: 'Conflict',
    code: 'FieldConflict',
    what: `${object} has other values in ${[...fields].join(', ')}, set by ${managers.join(', ')}`,
    fix: 'It was left as it is. Let both say the same, or take the object out of one of the two.',
  };
}

function invalidWords(httpStatus: number, status: Json, request: ApiRequest): Words {
  const causes = causesOf(status);
  const told = causes.map(({ field, message }) => {
    const words = withoutValues(message, request.names ?? []);
    return field === '' ? words : `${field}: ${words}`;
  });
  const reasons = [...new Set(told)].filter((text) => text !== '');
  const reason = textOf(status, 'reason');
  const otherwise = ownWords(textOf(status, 'message'), request) || reason || `HTTP ${httpStatus}`;
  const shown = reasons.length === 0 ? otherwise : reasons.join(', ');
  return {
    kind: 'Invalid',
    code: isOnlyImmutable(causes) ? 'ImmutableField' : reason === '' ? `HTTP${httpStatus}` : reason,
    what: `${request.object} is invalid: ${reasons.length > 1 ? `[${shown}]` : shown}`,
    fix: request.object.startsWith('Secret ')
      ? 'Kubernetes refuses such an object. Change the manifest that makes it, or the value in the vault.'
      : 'Kubernetes refuses such an object. Correct the setting or the manifest that it is made from.',
  };
}

/** Kubernetes: what it says of a roleRef, of data that is immutable, of a selector. Nothing else may be wrong with it. */
function isOnlyImmutable(causes: readonly Cause[]): boolean {
  return causes.length > 0 && causes.every(({ message }) => /cannot change roleRef|field is immutable/u.test(message));
}

/** What the API server says of an object that holds no values, without what is said of it anyway; else ''. */
function ownWords(message: string, { holdsValues }: ApiRequest): string {
  return holdsValues === false ? harmless(message.replace(/^\S+ "[^"]*" is (?:forbidden|invalid): /u, '')) : '';
}

interface Cause {
  readonly reason: string;
  readonly field: string;
  readonly message: string;
}

function causesOf(status: Json): readonly Cause[] {
  const { causes } = (status['details'] ?? {}) as { readonly causes?: unknown };
  const all: readonly unknown[] = Array.isArray(causes) ? causes : [];
  return all.filter(isRecord).map((cause) => ({
    reason: textOf(cause, 'reason'),
    field: textOf(cause, 'field'),
    message: textOf(cause, 'message'),
  }));
}

/** Kubernetes: `field.Error` puts the bad value after the kind of error, quoted as Go quotes it. */
function withoutValues(message: string, names: readonly string[]): string {
  return message.replace(
    /^((?:Invalid|Unsupported|Duplicate) value|Not found): ("(?:[^"\\]|\\.)*"|[^:]*)(?=: |$)/u,
    (_all, kind: string, quoted: string) =>
      names.some((name) => JSON.stringify(name) === quoted) ? `${kind}: ${quoted}` : kind,
  );
}

function textOf(value: Json | undefined, field: string): string {
  const text = value?.[field];
  return typeof text === 'string' ? text : '';
}
