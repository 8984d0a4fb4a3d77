/** What a deployment never holds: Secrets that stand in the manifests. */
import type { GivenObjects, GivenSecret } from '../api/given-objects.ts';
import { refText } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import { shortList } from '../model/short-list.ts';

/** Values of manifests are for this machine: what is deployed holds none. */
export function secretsLeftOut({ secrets }: GivenObjects): readonly Problem[] {
  const all = [...secrets.values()];
  const [first] = all;
  if (first === undefined) return [];
  const [named, verb] =
    all.length === 1 ? [refText(first.ref), 'is'] : [`${all.length} Secrets (${namesOf(all)})`, 'are'];
  return [
    {
      severity: 'warning',
      code: 'secret-left-out',
      hasSubject: true,
      ...(first.origin === undefined ? {} : { origin: first.origin }),
      what: `the manifests hold ${named}, which ${verb} left out: Keyferry deploys no values`,
      fix: 'Apply it with kubectl where the job needs it; better, use authType WorkloadIdentity, which needs none.',
    },
  ];
}

function namesOf(secrets: readonly GivenSecret[]): string {
  return shortList(secrets.map(({ ref: { namespace = '', name } }) => `${namespace}/${name}`));
}
