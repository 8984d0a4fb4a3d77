/** Rules between the fields of a store. ESO 2.9: its validating webhook. */
import { parseDuration } from '../../go/duration.ts';
import { isClusterWide } from '../../model/kinds.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, regexpProblems, type Subject } from '../check.ts';
import { newerThanStore } from '../newer-fields.ts';
import type { WrittenAzureKeyVault, WrittenStoreSpec } from './schema.ts';

const AZUREKV: FieldPath = ['spec', 'provider', 'azurekv'];

/** Of every store, whatever its provider. */
export function storeRules(subject: Subject, written: WrittenStoreSpec): readonly Problem[] {
  return [...refreshIntervalRule(subject, written), ...regexRules(subject, written), ...newerThanStore(subject)];
}

export function azureKeyVaultRules(subject: Subject, written: WrittenAzureKeyVault): readonly Problem[] {
  return [...namespaceRules(subject, written), ...cloudRules(subject, written)];
}

/** ESO 2.9 webhook: a namespaced store may not reach into another namespace. It looks at these three references only. */
function namespaceRules(subject: Subject, written: WrittenAzureKeyVault): readonly Problem[] {
  if (isClusterWide(subject.at.kind)) return [];
  const selectors: readonly (readonly [FieldPath, { readonly namespace?: string | undefined } | undefined])[] = [
    ...(['clientId', 'clientSecret'] as const).map(
      (name) => [['authSecretRef', name], written.authSecretRef?.[name]] as const,
    ),
    [['serviceAccountRef'], written.serviceAccountRef],
  ];
  return selectors.flatMap(([path, selector]) =>
    selector?.namespace === undefined || selector.namespace === subject.at.namespace
      ? []
      : [
          fieldProblem(subject, [...AZUREKV, ...path, 'namespace'], {
            code: 'foreign-namespace',
            what: `names another namespace than the SecretStore's own`,
            fix: 'Leave it out, or use a ClusterSecretStore.',
          }),
        ],
  );
}

/** ESO 2.9 webhook. `useAzureSDK` is not asked for: there is one engine here. */
function cloudRules(subject: Subject, written: WrittenAzureKeyVault): readonly Problem[] {
  if (written.environmentType !== 'AzureStackCloud' || written.customCloudConfig !== undefined) return [];
  return [
    fieldProblem(subject, [...AZUREKV, 'environmentType'], {
      code: 'custom-cloud',
      what: 'is AzureStackCloud, which needs customCloudConfig',
      fix: 'Add customCloudConfig.activeDirectoryEndpoint.',
    }),
  ];
}

function refreshIntervalRule(subject: Subject, written: WrittenStoreSpec): readonly Problem[] {
  const interval = written.refreshInterval;
  if (interval === undefined) return [];
  const milliseconds = typeof interval === 'number' ? interval : parseDuration(interval);
  if (milliseconds !== undefined && milliseconds >= 0) return [];
  return [
    fieldProblem(subject, ['spec', 'refreshInterval'], {
      code: 'store-refresh-interval',
      what: milliseconds === undefined ? 'is not a duration' : 'is negative',
      fix: 'Write whole seconds as a number, or a duration with units such as "5m".',
    }),
  ];
}

function regexRules(subject: Subject, written: WrittenStoreSpec): readonly Problem[] {
  return (written.conditions ?? []).flatMap((condition, i) =>
    (condition.namespaceRegexes ?? []).flatMap((pattern, j) =>
      regexpProblems(subject, ['spec', 'conditions', i, 'namespaceRegexes', j], pattern),
    ),
  );
}
