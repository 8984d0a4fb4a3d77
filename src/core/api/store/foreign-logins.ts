/**
 * Stores that would send proofs of identity where this run does not allow it. They are refused like stores with errors,
 * by every command that plans or checks, so that nothing is asked of anybody for them; others go on.
 */
import { say, setting } from '../../model/message.ts';
import { fieldText, type FieldPath } from '../../model/origin.ts';
import { mayBeAudience, mayLogInAt, type AllowedLogins } from '../../model/login-hosts.ts';
import { refText } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { AzureKeyVaultProvider, Store } from '../../model/store.ts';
import type { SortedManifests } from '../other-controllers.ts';

const AZURE: FieldPath = ['spec', 'provider', 'azurekv'];
const ENDPOINT: FieldPath = [...AZURE, 'customCloudConfig', 'activeDirectoryEndpoint'];
/** It is told, or filled, elsewhere. */
export const PLACEHOLDER = /\$\{[A-Z_][A-Z0-9_]*\}/u;

export function refuseForeignLogins(sorted: SortedManifests, logins: AllowedLogins): SortedManifests {
  const problems = sorted.stores.flatMap((store) =>
    sorted.foreignStores.has(refText(store.ref)) ? [] : loginProblems(store, logins),
  );
  if (problems.length === 0) return sorted;
  const foreign = new Set(problems.map(({ at }) => refText(at)));
  const [kept, refused] = [false, true].map((isForeign) =>
    sorted.stores.filter(({ ref }) => foreign.has(refText(ref)) === isForeign),
  );
  return {
    ...sorted,
    stores: kept ?? [],
    refused: [...sorted.refused, ...(refused ?? []).map(({ ref }) => ref)],
    problems: [...sorted.problems, ...problems],
  };
}

type StoreProblem = Problem & Required<Pick<Problem, 'at'>>;

function loginProblems(store: Store, logins: AllowedLogins): readonly StoreProblem[] {
  if (store.provider.type !== 'azurekv') return [];
  return [...hostProblems(store, store.provider, logins), ...audienceProblems(store, store.provider, logins)];
}

function hostProblems(
  store: Store,
  { customCloudConfig }: AzureKeyVaultProvider,
  logins: AllowedLogins,
): readonly StoreProblem[] {
  const endpoint = customCloudConfig?.activeDirectoryEndpoint;
  if (endpoint === undefined || PLACEHOLDER.test(endpoint)) return [];
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== 'https:') return [problem(store, ENDPOINT, NO_ADDRESS)];
  if (mayLogInAt(url, logins)) return [];
  if (url.username !== '' || url.password !== '') return [problem(store, ENDPOINT, WITH_USER)];
  return [
    problem(store, ENDPOINT, {
      code: 'login-host',
      what: `is the login host ${url.host}, which is none of a known cloud and not allowed by this run`,
      fix: say`Whoever runs that host could be this identity everywhere. If it is the login of your own cloud, allow it with ${setting('login-hosts')} ${url.host}.`,
    }),
  ];
}

const NO_ADDRESS = {
  code: 'login-host',
  what: 'is no https address',
  fix: 'Write the sign-in address of that cloud, as https://login.example.com/.',
};
const WITH_USER = {
  code: 'login-host',
  what: 'holds a user or password',
  fix: 'Write the address alone, as https://login.example.com/.',
};

function audienceProblems(
  store: Store,
  { serviceAccountRef }: AzureKeyVaultProvider,
  logins: AllowedLogins,
): readonly StoreProblem[] {
  return (serviceAccountRef?.audiences ?? []).flatMap((audience, place) =>
    mayBeAudience(audience, logins)
      ? []
      : [problem(store, [...AZURE, 'serviceAccountRef', 'audiences', place], FOREIGN_AUDIENCE)],
  );
}

export const FOREIGN_AUDIENCE = {
  code: 'token-audience',
  what: 'is an audience that this run does not allow',
  fix: say`A token with it can be used elsewhere than at Entra. Leave it out: api://AzureADTokenExchange is added anyway; or allow it with ${setting('token-audiences')}.`,
};

function problem(store: Store, path: FieldPath, finding: Pick<Problem, 'code' | 'what' | 'fix'>): StoreProblem {
  const origin = store.locate(path);
  return {
    severity: 'error',
    at: store.ref,
    field: fieldText(path),
    ...(origin === undefined ? {} : { origin }),
    ...finding,
  };
}
