/** `--resolve`: answers to conflicts, given to the PushSecrets that they are about; their own annotation goes on counting. */
import type { ClusterPushIntent } from '../../core/model/fan-out.ts';
import { say, setting } from '../../core/model/message.ts';
import { nearest } from '../../core/model/nearest.ts';
import type { ObjectRef } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { AskedResolution, PushIntent } from '../../core/model/push-intent.ts';
import { nameOf } from './asked.ts';

interface Pushes {
  readonly pushes: readonly PushIntent[];
  readonly clusterPushes: readonly ClusterPushIntent[];
  /** What a refused one is asked to do says nothing more than its own problems. */
  readonly refused: readonly ObjectRef[];
}

export function withResolutions(
  { pushes, clusterPushes, refused }: Pushes,
  asked: readonly AskedResolution[],
): {
  readonly given: Pick<Pushes, 'pushes' | 'clusterPushes'>;
  readonly problems: readonly Problem[];
} {
  if (asked.length === 0) return { given: { pushes, clusterPushes }, problems: [] };
  const answered = (push: PushIntent) => withAnswers(push, asked);
  const names = [...pushes.map(({ ref }) => ref), ...refused].map(nameOf);
  const isKnown = ({ push }: AskedResolution) =>
    names.includes(push) || clusterPushes.some(({ childName }) => push.endsWith(`/${childName}`));
  return {
    given: {
      pushes: pushes.map(answered),
      clusterPushes: clusterPushes.map((one) => ({ ...one, childIn: (namespace) => answered(one.childIn(namespace)) })),
    },
    problems: asked.filter((one) => !isKnown(one)).map(({ push }) => unmatchedProblem(push, names)),
  };
}

function withAnswers(push: PushIntent, asked: readonly AskedResolution[]): PushIntent {
  const own = asked.filter((one) => one.push === nameOf(push.ref)).map(({ side, version }) => ({ side, version }));
  if (own.length === 0) return push;
  return { ...push, extras: { ...push.extras, resolve: [...push.extras.resolve, ...own] } };
}

function unmatchedProblem(push: string, names: readonly string[]): Problem {
  const meant = nearest(push, names);
  return {
    severity: 'error',
    code: 'resolve-unmatched',
    what: say`${setting('resolve')} ${push} matches no PushSecret of the manifests`,
    fix: meant === undefined ? 'Write it as namespace/name, as the manifests have it.' : `Did you mean ${meant}?`,
  };
}
