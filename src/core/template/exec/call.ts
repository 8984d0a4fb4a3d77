/** What a function or method is called with. */
import type { OperandNode } from '../parse/node.ts';
import type { Held } from './held.ts';
import type { Scope } from './scope.ts';

/** No value came through the pipe. Not the same as a value that is missing. */
export const NO_FINAL: unique symbol = Symbol('no final argument');
export type Final = Held | typeof NO_FINAL;

export interface Call {
  readonly scope: Scope;
  readonly dot: Held;
  readonly args: readonly OperandNode[];
  /** What came through the pipe: the last argument. */
  readonly final: Final;
}
