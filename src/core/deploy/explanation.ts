/** Why a Job does not get anywhere, in a sentence and a way out. */
import type { Message } from '../model/message.ts';

export interface Explanation {
  /** One sentence without full stop. */
  readonly what: Message;
  readonly fix: Message;
  /** Waiting longer may help: something that comes by itself. */
  readonly mayPass: boolean;
  /** How long waiting for it makes sense; absent = as long as anybody waits. */
  readonly withinMs?: number;
}
