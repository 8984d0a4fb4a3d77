/** Why a value of a Secret cannot be written; who asks for it knows for which field. Never a piece of the value. */
import type { PushFault } from '../model/push-intent.ts';

export type ValueFault = Omit<PushFault, 'path'>;

export function valueFault(code: string, what: string, fix: string): ValueFault {
  return { code, what, fix };
}

export function isValueFault(result: object): result is ValueFault {
  return 'code' in result && 'fix' in result;
}
