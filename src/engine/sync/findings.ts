/** What a port refused, in the words of a Problem. */
import type { PullIntent } from '../../core/model/intent.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Source } from '../../core/plan/pull/pull-input.ts';
import type { FetchResult } from '../../core/transform/assemble.ts';
import type { PortError } from '../../ports/errors.ts';

/** A PortError in the words of a Problem; the caller knows object and field. */
export function findingOf(error: PortError): Extract<FetchResult, { kind: 'failed' }>['problem'] {
  const code = `provider-${kebab(error.code ?? error.kind)}`;
  return { severity: 'error', code, what: error.what, hasSubject: true, fix: error.fix };
}

function kebab(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
}

/** What went wrong with the cluster while reading for one intent. */
export function clusterProblem(intent: Pick<PullIntent, 'ref' | 'origin'>, error: PortError): Problem {
  return {
    ...findingOf(error),
    code: `cluster-${findingOf(error).code.replace('provider-', '')}`,
    at: intent.ref,
    ...(intent.origin === undefined ? {} : { origin: intent.origin }),
  };
}

/** A source that could not be read, for a reason that concerns the whole intent. */
export function failedSource(problem: Problem): Source {
  return { kind: 'failed', problems: [problem], missing: [] };
}
