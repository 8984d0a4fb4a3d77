/** What is to be told of a deployment that was begun: what is not applied, why no pass was seen, where it was stopped. */
import { say } from '../../core/model/message.ts';
import type { Installation } from '../../core/deploy/installation.ts';
import { keepOut } from '../../core/deploy/sidecars.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { plural } from '../../core/model/plural.ts';
import type { Problem } from '../../core/model/problem.ts';
import { runStopped } from '../stop.ts';
import type { Followed } from './follow.ts';
import type { HandledRef, Installed } from './install.ts';
import type { Pruned } from './prune.ts';

/** No pass is started over half an installation; what was there before goes on with what was applied. */
export function halfApplied({ applied }: Pick<Installed, 'applied'>): Problem {
  const missing = applied
    .filter(({ outcome }) => outcome === 'left' || outcome === 'failed')
    .map(({ ref }) => refText(ref));
  return {
    severity: 'error',
    code: 'half-applied',
    what: `the installation is half applied, and no pass was started. Not applied: ${missing.join(', ')}`,
    fix: 'Mend what is told above, and deploy again: what is done stays done.',
  };
}

/** Where everything was applied: of the pass, of what was to go, and of a stop. */
export function afterApplied(
  installation: Installation,
  { applied }: Pick<Installed, 'applied'>,
  { followed, pruned, problems }: Pruned & { readonly followed: Followed },
): readonly Problem[] {
  const left = { unapplied: countLeft(applied), undeleted: countLeft(pruned) };
  return [...followProblems(followed, installation), ...problems, ...stopProblems(followed, left)];
}

function countLeft(handled: readonly HandledRef<string>[]): number {
  return handled.filter(({ outcome }) => outcome === 'left').length;
}

interface LeftCounts {
  readonly unapplied: number;
  /** What is no longer part of the deployment, and still there. */
  readonly undeleted: number;
}

function stopProblems(followed: Followed, { unapplied, undeleted }: LeftCounts): readonly Problem[] {
  const gone = `${plural(undeleted, 'object')} no longer part of the deployment`;
  if (!('stopped' in followed)) {
    if (undeleted === 0) return [];
    return [
      runStopped(`everything was applied, but not deleted yet: ${gone}`, 'Run it again: it deletes what is left.'),
    ];
  }
  if (followed.stopped === 'under-way') {
    const done = 'everything was applied, and the pass that was started goes on in the cluster';
    const rest = undeleted === 0 ? '' : ` The next deployment deletes ${gone}.`;
    return [runStopped(done, `See how it ended with the command status.${rest}`)];
  }
  const done = unapplied === 0 ? 'everything was applied' : `not applied yet: ${plural(unapplied, 'object')}`;
  const what = `${done}; no pass was started, what was begun was finished`;
  return [runStopped(what, 'Run it again: what is done stays done.')];
}

function followProblems(followed: Followed, installation: Installation): readonly Problem[] {
  const at = { kind: 'CronJob', ...installation };
  if ('pass' in followed) return besideProblems(followed.beside ?? [], at);
  if (!('explanation' in followed)) return [];
  const { explanation, log } = followed;
  const end = log === '' ? {} : { fix: say`${explanation.fix} The end of its log:`, quoted: log.split('\n') };
  return [
    {
      severity: 'error',
      code: 'pass-missing',
      at,
      what: explanation.what,
      fix: explanation.fix,
      ...end,
    },
  ];
}

/** The pass came to its end, but the Job that made it may not. */
function besideProblems(beside: readonly string[], at: ObjectRef): readonly Problem[] {
  return beside.map((name) => ({
    severity: 'warning',
    code: 'container-beside',
    at,
    what: `its pods also hold container ${name}: unless that ends when the pass does, each Job runs until its deadline and fails (DeadlineExceeded)`,
    fix: keepOut(name),
  }));
}
