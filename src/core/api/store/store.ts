/** SecretStore and ClusterSecretStore: as written → checked Store. */
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import type {
  AzureKeyVaultProvider,
  LabelSelector,
  SecretKeySelector,
  Store,
  StoreProvider,
} from '../../model/store.ts';
import { checkShape, fieldProblem, type Checked, type Subject } from '../check.ts';
import { isClusterWide } from '../../model/kinds.ts';
import { lifecycleOf } from '../../model/lifecycle.ts';
import { nearest } from '../../model/nearest.ts';
import { factsOf } from './facts.ts';
import { AZUREKV_FIELDS, storeSpecSchemas, type WrittenAzureKeyVault, type WrittenStoreSpec } from './schema.ts';
import { azureKeyVaultRules, storeRules } from './rules.ts';
import { vaultRules } from './vault-rules.ts';
import { specOf, type WrittenObject } from '../written-object.ts';

const PROVIDER: FieldPath = ['spec', 'provider'];

/** Checks the spec of a store. Any error leaves no store: intents that name it fail, others go on. */
export function checkStore(subject: WrittenObject): Checked<Store> {
  const shape = checkShape(subject, ['spec'], storeSpecSchemas, specOf(subject));
  if (shape.value === undefined) return { value: undefined, problems: shape.problems };
  const written = shape.value;
  const { provider, problems } = checkProvider(subject, written);
  const all = [...shape.problems, ...problems, ...storeRules(subject, written)];
  if (provider === undefined || all.some((problem) => problem.severity === 'error')) {
    return { value: undefined, problems: all };
  }
  return { value: toStore(subject, written, provider), problems: all };
}

function toStore({ at, document, metadata }: WrittenObject, written: WrittenStoreSpec, provider: StoreProvider): Store {
  return {
    ref: at,
    ...(document.origin === undefined ? {} : { origin: document.origin }),
    locate: document.locate,
    controller: written.controller ?? '',
    labels: metadata.labels ?? {},
    ...lifecycleOf(document),
    provider,
    ...factsOf(provider, isClusterWide(at.kind)),
    conditions: (written.conditions ?? []).map((condition) => ({
      namespaces: condition.namespaces ?? [],
      namespaceRegexes: condition.namespaceRegexes ?? [],
      ...(condition.namespaceSelector === undefined
        ? {}
        : { namespaceSelector: toSelector(condition.namespaceSelector) }),
    })),
  };
}

type WrittenSelector = NonNullable<NonNullable<WrittenStoreSpec['conditions']>[number]['namespaceSelector']>;

function toSelector(written: WrittenSelector): LabelSelector {
  return {
    matchLabels: written.matchLabels ?? {},
    matchExpressions: (written.matchExpressions ?? []).map((expression) => ({
      ...expression,
      values: expression.values ?? [],
    })),
  };
}

/** ESO 2.9: exactly one backend; `azurekv` and `fake` are the ones that exist here. */
function checkProvider(
  subject: Subject,
  written: WrittenStoreSpec,
): { readonly provider?: StoreProvider; readonly problems: readonly Problem[] } {
  const outside = fieldsOutside(subject, written);
  if (outside.length > 0) return { problems: outside };
  const named = Object.entries(written.provider).filter(([, value]) => value !== undefined && value !== null);
  if (named.length !== 1) {
    const isEmpty = named.length === 0 && Object.hasOwn(written.provider, 'azurekv');
    const problem = fieldProblem(subject, isEmpty ? [...PROVIDER, 'azurekv'] : PROVIDER, {
      code: 'provider-count',
      what: isEmpty ? 'is empty' : `names ${named.length} providers`,
      fix: isEmpty ? 'Write vaultUrl and authType below it, indented further.' : 'Give exactly one: azurekv.',
    });
    return { problems: [problem] };
  }
  if (written.provider.azurekv !== undefined) return checkAzureKeyVault(subject, written.provider.azurekv);
  if (written.provider.fake !== undefined) {
    const mapped = written.provider.fake.data.findIndex((entry) => entry.valueMap !== undefined);
    if (mapped !== -1) return { problems: [valueMapProblem(subject, mapped)] };
    const data = written.provider.fake.data.map((entry) => ({
      key: entry.key,
      value: entry.value ?? '',
      ...(entry.version === undefined ? {} : { version: entry.version }),
    }));
    return { provider: { type: 'fake', data }, problems: [] };
  }
  const type = named[0]?.[0] ?? '';
  const problem = fieldProblem(subject, [...PROVIDER, type], {
    code: 'provider-unknown',
    what: 'is a provider that Keyferry does not have',
    fix:
      nearest(type, ['azurekv']) === undefined
        ? 'Keyferry reads Azure Key Vault: use azurekv.'
        : 'Did you mean azurekv?',
  });
  return { problems: [problem] };
}

/** Fields of azurekv that stand beside it: the indentation was lost. */
function fieldsOutside(subject: Subject, written: WrittenStoreSpec): readonly Problem[] {
  const fields = Object.keys(written.provider).filter((name) => AZUREKV_FIELDS.includes(name));
  return fields.map((name) =>
    fieldProblem(subject, [...PROVIDER, name], {
      code: 'misplaced-field',
      what: 'is a field of azurekv, and stands beside it',
      fix: 'It belongs below azurekv: check the indentation.',
    }),
  );
}

function valueMapProblem(subject: Subject, index: number): Problem {
  return fieldProblem(subject, [...PROVIDER, 'fake', 'data', index, 'valueMap'], {
    code: 'not-supported-yet',
    what: 'is not supported yet (deprecated by the operator too)',
    fix: 'Write value: with a JSON object as text.',
  });
}

function checkAzureKeyVault(
  subject: Subject,
  written: WrittenAzureKeyVault,
): { readonly provider?: StoreProvider; readonly problems: readonly Problem[] } {
  const problems = [...vaultRules(subject, written), ...azureKeyVaultRules(subject, written)];
  return { provider: toAzureKeyVault(written), problems };
}

function toAzureKeyVault(written: WrittenAzureKeyVault): AzureKeyVaultProvider {
  const { authSecretRef, serviceAccountRef } = written;
  return {
    type: 'azurekv',
    vaultUrl: written.vaultUrl,
    authType: written.authType ?? 'ServicePrincipal',
    environmentType: written.environmentType ?? 'PublicCloud',
    ...definedOnly({ tenantId: written.tenantId, identityId: written.identityId }),
    ...(authSecretRef === undefined ? {} : { authSecretRef: mapDefined(authSecretRef, toKeySelector) }),
    ...(serviceAccountRef === undefined
      ? {}
      : {
          serviceAccountRef: {
            name: serviceAccountRef.name,
            audiences: serviceAccountRef.audiences ?? [],
            ...definedOnly({ namespace: serviceAccountRef.namespace }),
          },
        }),
    ...(written.customCloudConfig === undefined
      ? {}
      : {
          customCloudConfig: {
            activeDirectoryEndpoint: written.customCloudConfig.activeDirectoryEndpoint,
            ...definedOnly({
              keyVaultEndpoint: written.customCloudConfig.keyVaultEndpoint,
              keyVaultDNSSuffix: written.customCloudConfig.keyVaultDNSSuffix,
              resourceManagerEndpoint: written.customCloudConfig.resourceManagerEndpoint,
            }),
          },
        }),
  };
}

function toKeySelector(written: {
  name?: string | undefined;
  namespace?: string | undefined;
  key?: string | undefined;
}): SecretKeySelector {
  return { name: written.name ?? '', key: written.key ?? '', ...definedOnly({ namespace: written.namespace }) };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function definedOnly<T extends Record<string, unknown>>(record: T): Defined<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function mapDefined<K extends string, V, R>(
  record: { readonly [P in K]?: V | undefined },
  map: (value: V) => R,
): Partial<Record<K, R>> {
  const entries = Object.entries<V | undefined>(record).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, map(value)] as const],
  );
  return Object.fromEntries(entries) as Partial<Record<K, R>>;
}
