/** Progress for people and machines. Fields are listed one by one, never spread from objects. No level carries a value. */
import type { Message } from '../core/model/message.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface Logger {
  debug(message: Message, fields?: LogFields): void;
  info(message: Message, fields?: LogFields): void;
  warn(message: Message, fields?: LogFields): void;
  error(message: Message, fields?: LogFields): void;
}
