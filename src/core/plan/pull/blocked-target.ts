/** Why a target is left as it is: a rule forbids to write or delete it. */
import { say, setting } from '../../model/message.ts';
import { heldFix, heldText } from '../../model/held.ts';
import { refText } from '../../model/object-ref.ts';
import type { IntentPlan } from '../../model/plan.ts';
import type { DesiredSecret, LiveSecret } from '../../model/secret.ts';
import { blocked, type PullSubject } from './item.ts';
import type { Claim } from './ownership.ts';

const MAKE_ANEW = 'Delete that Secret so that it is made anew, or choose another target.name.';

/** deletionPolicy Delete needs creationPolicy Owner. */
export function blockedByPolicy(subject: PullSubject): IntentPlan {
  return blocked(subject, 'delete-without-owner', {
    field: ['spec', 'target', 'deletionPolicy'],
    what: `is Delete and every source is absent, but creationPolicy is ${subject.intent.target.creationPolicy}`,
    fix: 'The Secret was left as it is. Set creationPolicy to Owner, or deletionPolicy to Retain or Merge.',
  });
}

/** What somebody else made is not deleted. */
export function blockedByMaker(subject: PullSubject, live: LiveSecret): IntentPlan {
  return blocked(subject, 'not-ours-to-delete', {
    field: ['spec', 'target', 'deletionPolicy'],
    what: `is Delete and every source is absent, but ${refText(live.ref)} was not made by this ExternalSecret`,
    fix: 'It was left as it is. Delete it by hand, or choose another target.name.',
  });
}

export function blockedByImmutability(subject: PullSubject, live: LiveSecret): IntentPlan {
  return blocked(subject, 'target-immutable', {
    field: ['spec', 'target', 'name'],
    what: `is ${refText(live.ref)}, which is immutable and holds other data`,
    fix: MAKE_ANEW,
  });
}

/** What is written into a Secret that is being deleted goes with it. */
export function blockedByDeletion(subject: PullSubject, live: LiveSecret): IntentPlan {
  return blocked(subject, 'target-terminating', {
    field: ['spec', 'target', 'name'],
    what: `is ${refText(live.ref)}, which ${heldText(live.finalizers)}`,
    fix: live.finalizers.length === 0 ? 'Run again once it is gone.' : heldFix(live.ref),
  });
}

export function blockedByType(subject: PullSubject, live: LiveSecret, desired: DesiredSecret): IntentPlan {
  return blocked(subject, 'type-immutable', {
    field: ['spec', 'target', 'template', 'type'],
    what: `is ${desired.type ?? ''}, but ${refText(live.ref)} has type ${live.type ?? ''}, and the type of a Secret cannot change`,
    fix: MAKE_ANEW,
  });
}

/** The other owner is in none of these manifests: it may be the same one under an earlier name. */
const UNKNOWN_OWNER_FIX = say`It was left as it is. If that one was renamed or removed, run with ${setting('prune')} and all manifests; else choose another target.name.`;

export function blockedByClaim(
  subject: PullSubject,
  live: LiveSecret,
  claim: Exclude<Claim, { kind: 'free' }>,
): IntentPlan {
  const isOther = claim.kind === 'external-secret';
  const owner = isOther && claim.name === undefined ? 'another ExternalSecret' : (claim.name ?? '');
  return blocked(subject, isOther ? 'owned-by-other' : 'controlled-by-other', {
    field: ['spec', 'target', 'name'],
    what: `is ${refText(live.ref)}, which belongs to ${isOther && claim.name !== undefined ? `ExternalSecret ${owner}` : owner}`,
    fix:
      isOther && claim.name === undefined
        ? UNKNOWN_OWNER_FIX
        : 'It was left as it is. Remove the other owner, or choose another target.name.',
  });
}
