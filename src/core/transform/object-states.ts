/**
 * Whether a vault object is used in the state in which it is.
 *
 * | policy | can be read                      | cannot be read                 |
 * | ------ | -------------------------------- | ------------------------------ |
 * | `fail` | the refresh fails                | the refresh fails              |
 * | `warn` | used, with a warning             | left out, with a warning       |
 * | `skip` | left out                         | left out                       |
 *
 * Where an object is in several states, the strictest policy counts; of a disabled one that for `disabled`.
 */
import type { ObjectState, StatePolicies, StatePolicy } from '../model/left-out.ts';
import type { RemoteAttributes } from '../model/vault.ts';

export interface StatefulObject {
  readonly enabled?: boolean | undefined;
  readonly attributes: RemoteAttributes;
  readonly managed?: true;
}

const STRICTEST_FIRST: readonly StatePolicy[] = ['fail', 'skip', 'warn'];

/** Key Vault REST: times are whole seconds; what leaves `enabled` out is not taken for enabled in a list. */
export function statesOf({ enabled, attributes, managed }: StatefulObject, nowSeconds: number): readonly ObjectState[] {
  const { expires, notBefore } = attributes;
  return [
    ...(enabled === false ? (['disabled'] as const) : []),
    ...(expires !== undefined && expires <= nowSeconds ? (['expired'] as const) : []),
    ...(notBefore !== undefined && notBefore > nowSeconds ? (['not-yet-valid'] as const) : []),
    ...(managed === true ? (['managed'] as const) : []),
  ];
}

/** `undefined` where no policy has anything to say. What is disabled is judged by that alone: nothing else of it matters. */
export function verdictOn(
  states: readonly ObjectState[],
  policies: StatePolicies,
): { readonly state: ObjectState; readonly policy: StatePolicy } | undefined {
  const { disabled } = policies;
  if (disabled !== undefined && states.includes('disabled')) return { state: 'disabled', policy: disabled };
  for (const policy of STRICTEST_FIRST) {
    const state = states.find((one) => policies[one] === policy);
    if (state !== undefined) return { state, policy };
  }
  return undefined;
}
