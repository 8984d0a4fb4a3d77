/**
 * Generators that would send a token where this run does not allow it, or have one made out to somebody else. They are
 * refused like generators with errors, by every command that plans or checks; others go on.
 */
import { isClusterWide } from '../../model/kinds.ts';
import { mayBeAudience, type AllowedLogins } from '../../model/login-hosts.ts';
import { say, setting } from '../../model/message.ts';
import type { AcrAccessTokenSpec, Generator } from '../../model/generator.ts';
import { fieldText, type FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { registryHostIn } from '../../model/registry-hosts.ts';
import type { CheckedManifests } from '../manifests.ts';
import { FOREIGN_AUDIENCE, PLACEHOLDER } from '../store/foreign-logins.ts';
import { blockOf } from './spec.ts';

export function refuseForeignRegistries<Manifests extends CheckedManifests>(
  manifests: Manifests,
  logins: AllowedLogins,
): Manifests {
  const judged = manifests.generators.map((generator) => ({ generator, problems: problemsOf(generator, logins) }));
  const refused = judged.filter(({ problems }) => problems.length > 0);
  if (refused.length === 0) return manifests;
  return {
    ...manifests,
    generators: judged.filter(({ problems }) => problems.length === 0).map(({ generator }) => generator),
    refused: [...manifests.refused, ...refused.map(({ generator }) => generator.ref)],
    problems: [...manifests.problems, ...refused.flatMap(({ problems }) => problems)],
  };
}

function problemsOf(generator: Generator, logins: AllowedLogins): readonly Problem[] {
  const { spec } = generator;
  if (spec.kind !== 'ACRAccessToken') return [];
  return [...hostFaults(spec, logins), ...audienceFaults(spec, logins)].map((fault) => problemAt(generator, fault));
}

interface Fault extends Pick<Problem, 'code' | 'what' | 'fix'> {
  /** Within the spec. */
  readonly path: FieldPath;
}

function problemAt({ ref, spec: { kind }, locate }: Generator, { path, ...finding }: Fault): Problem {
  const at: FieldPath = isClusterWide(ref.kind) ? ['spec', 'generator', blockOf(kind), ...path] : ['spec', ...path];
  const origin = locate(at);
  const place = { at: ref, field: fieldText(at), ...(origin === undefined ? {} : { origin }) };
  return { severity: 'error', ...place, ...finding };
}

function hostFaults({ registry, environmentType }: AcrAccessTokenSpec, logins: AllowedLogins): readonly Fault[] {
  if (PLACEHOLDER.test(registry)) return [];
  const found = registryHostIn(registry, environmentType, logins.registries);
  const fault = { code: 'registry-host', path: ['registry'] };
  switch (found.kind) {
    case 'allowed':
      return [];
    case 'no-host':
      return [
        {
          ...fault,
          what: 'is no host name',
          fix: 'Write the login server alone, as shop.azurecr.io: no scheme, no path.',
        },
      ];
    case 'other-cloud':
      return [
        {
          ...fault,
          what: `is ${found.host}, which belongs to ${found.cloud}, and environmentType is ${environmentType}`,
          fix: `Set environmentType to ${found.cloud}, or correct the registry.`,
        },
      ];
    case 'foreign':
      return [
        {
          ...fault,
          what: `is ${found.host}, which is no registry of a known cloud and not allowed by this run`,
          fix: say`Whoever runs that host could be this identity in Azure. If it is a registry of yours, allow it with ${setting('registry-hosts')} ${found.host}.`,
        },
      ];
    default:
      return found satisfies never;
  }
}

function audienceFaults({ auth }: AcrAccessTokenSpec, logins: AllowedLogins): readonly Fault[] {
  const audiences = auth.type === 'WorkloadIdentity' ? (auth.serviceAccountRef?.audiences ?? []) : [];
  return audiences.flatMap((audience, place) =>
    mayBeAudience(audience, logins)
      ? []
      : [{ path: ['auth', 'workloadIdentity', 'serviceAccountRef', 'audiences', place], ...FOREIGN_AUDIENCE }],
  );
}
