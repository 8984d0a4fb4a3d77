/** Progress for people and machines. Fields are listed one by one, never spread from objects. No level carries a value. */
export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
