/** Vault objects that an ExternalSecret names or matches and does not take: why, and what a manifest may say of it. */
import { PULL_ANNOTATIONS } from './names.ts';

/** What can be the matter with an object that is there. */
export type ObjectState = 'disabled' | 'expired' | 'not-yet-valid' | 'managed';

/** Each with the policy for its state. */
export const STATE_ANNOTATIONS: Readonly<Record<ObjectState, string>> = {
  disabled: PULL_ANNOTATIONS.onDisabled,
  expired: PULL_ANNOTATIONS.onExpired,
  'not-yet-valid': PULL_ANNOTATIONS.onNotYetValid,
  managed: PULL_ANNOTATIONS.onManaged,
};

/** `warn`: used where it can be read. `skip`: left out. */
export type StatePolicy = 'fail' | 'warn' | 'skip';

/** Absent = as the operator: a disabled one cannot be read by its name and is passed over by find, others are used. */
export type StatePolicies = { readonly [State in ObjectState]?: StatePolicy };

/**
 * `no-value`: there is none yet · `no-key`: its name was rewritten to nothing · `vanished`: deleted after it was listed ·
 * `absent`: of an entry that is optional.
 */
export type LeftOutReason = ObjectState | 'absent' | 'no-value' | 'no-key' | 'vanished';

export interface LeftOut {
  /** `spec.dataFrom[0].find`. */
  readonly field: string;
  /** As the manifest or the list has it. */
  readonly name: string;
  readonly why: LeftOutReason;
}

/** As people read it. */
export const LEFT_OUT_WORDS: Readonly<Record<LeftOutReason, string>> = {
  disabled: 'disabled',
  expired: 'expired',
  'not-yet-valid': 'not yet valid',
  managed: 'backed by a certificate',
  absent: 'absent',
  'no-value': 'without a value',
  'no-key': 'rewritten to no name',
  vanished: 'deleted meanwhile',
};

/** Keys that a Secret keeps although nothing was read for them; `all`: which ones cannot be known. */
export type KeptKeys = 'all' | readonly string[];

/** What two entries keep. */
export function keptByBoth(one: KeptKeys, other: KeptKeys): KeptKeys {
  return one === 'all' || other === 'all' ? 'all' : [...one, ...other];
}
