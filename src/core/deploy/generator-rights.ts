/**
 * What generators of registry tokens read in the cluster to log in: in the namespace of whoever names them, a
 * ClusterGenerator's too. And who has values of them, that end.
 */
import type { AcrAuth, Generator } from '../model/generator.ts';
import type { PullIntent } from '../model/intent.ts';
import { refText } from '../model/object-ref.ts';
import { generatorObjectRef } from '../resolve/generators.ts';
import { right, type Right } from './right.ts';

type Namer = Pick<PullIntent, 'ref' | 'entries'>;

/** The generators of registry tokens that an ExternalSecret names. */
function registryGenerators({ ref, entries }: Namer, generators: readonly Generator[]): readonly Generator[] {
  const named = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'generate' ? [refText(generatorObjectRef(entry.generator, ref.namespace))] : [],
    ),
  );
  return generators.filter(({ ref: one, spec }) => spec.kind === 'ACRAccessToken' && named.has(refText(one)));
}

/** Does it have values that end? */
export function isShortLived(intent: Namer, generators: readonly Generator[]): boolean {
  return registryGenerators(intent, generators).length > 0;
}

function loginsOf(intents: readonly Namer[], generators: readonly Generator[]): readonly Login[] {
  return intents.flatMap((intent) =>
    registryGenerators(intent, generators).flatMap(({ spec }) =>
      spec.kind === 'ACRAccessToken' ? [{ namespace: intent.ref.namespace, auth: spec.auth }] : [],
    ),
  );
}

interface Login {
  readonly namespace: string;
  readonly auth: AcrAuth;
}

export function generatorRights(intents: readonly Namer[], generators: readonly Generator[]): readonly Right[] {
  const logins = loginsOf(intents, generators);
  return [
    ...logins.flatMap(({ namespace, auth }) =>
      auth.type === 'ServicePrincipal'
        ? [auth.clientId, auth.clientSecret].map(({ name }) => right(namespace, 'secrets', name, ['get']))
        : [],
    ),
    ...accountsOf(logins).flatMap(({ namespace, name }) => [
      right(namespace, 'serviceaccounts', name, ['get']),
      right(namespace, 'serviceaccounts/token', name, ['create']),
    ]),
  ];
}

export interface NamedAccount {
  readonly kind: 'ServiceAccount';
  readonly namespace: string;
  readonly name: string;
}

/** The ServiceAccounts that they log in as. */
export function generatorAccounts(
  intents: readonly Namer[],
  generators: readonly Generator[],
): readonly NamedAccount[] {
  return accountsOf(loginsOf(intents, generators));
}

function accountsOf(logins: readonly Login[]): readonly NamedAccount[] {
  return logins.flatMap(({ namespace, auth }) =>
    auth.type === 'WorkloadIdentity' && auth.serviceAccountRef !== undefined
      ? [{ kind: 'ServiceAccount', namespace, name: auth.serviceAccountRef.name }]
      : [],
  );
}
