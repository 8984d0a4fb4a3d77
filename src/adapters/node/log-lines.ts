/** What the two loggers share: levels, where lines go, and the redaction that no line gets around. */
import { messageText, type Message, type Words } from '../../core/model/message.ts';
import type { LogFields, Logger } from '../../ports/logger.ts';

export type LogLevel = keyof Logger;

export const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** A writable stream, or anything that takes text. */
export interface LineSink {
  write(text: string): unknown;
}

export interface LoggerOptions {
  readonly sink: LineSink;
  /** The least level that is written. */
  readonly level: LogLevel;
  /** How messages are said here; fields are names and numbers. */
  readonly words?: Words;
  /** Applied to every text before it is written. */
  readonly redact: (text: string) => string;
}

/** A Logger that hands each record of a written level to `print` and writes what that gives as one line. */
export function lineLogger(
  options: LoggerOptions,
  print: (level: LogLevel, message: string, fields: LogFields) => string,
): Logger {
  const { words = messageText } = options;
  const log = (level: LogLevel) => (message: Message, fields?: LogFields) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(options.level)) return;
    const line = print(level, options.redact(words(message)), redactFields(fields ?? {}, options.redact));
    options.sink.write(`${line}\n`);
  };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

function redactFields(fields: LogFields, redact: (text: string) => string): LogFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [redact(name), redactField(value, redact)]));
}

function redactField(value: LogFields[string], redact: (text: string) => string): LogFields[string] {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'object') return value.map(redact);
  const text = redact(String(value));
  // A PIN may be a number.
  return typeof value === 'number' && text === String(value) ? value : text;
}
