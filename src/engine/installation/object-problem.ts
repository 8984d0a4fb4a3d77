/** What an adapter says of one object, as a problem of that object. */
import { withTexts, type Message } from '../../core/model/message.ts';
import type { TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { PortError } from '../../ports/errors.ts';

/** The object is named once, before everything. */
export function objectProblem(ref: TypedRef, { what, fix }: Pick<PortError, 'what' | 'fix'>): Omit<Problem, 'code'> {
  const { kind, name, namespace } = ref;
  const at = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  return { severity: 'error', at, what: withoutObject(ref, what), fix };
}

/** `is refused by …` of `Secret shop/db is refused by …`. */
export function withoutObject(ref: TypedRef, what: Message): Message {
  return withTexts(what, (text) => text.replace(`${refText(ref)} `, ''));
}
