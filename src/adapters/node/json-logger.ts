/** Log lines for machines: one JSON object each. Redacted text by text, so that a line stays JSON. */
import { inJson } from '../../core/model/shown.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { lineLogger, type LoggerOptions } from './log-lines.ts';

/** `time`, `level` and `message` come first; a field of that name does not replace them. */
export function jsonLogger(options: LoggerOptions & { readonly clock: Clock }): Logger {
  return lineLogger(options, (level, message, fields) => {
    const record = { time: options.clock.now().toISOString(), level, message };
    return inJson(JSON.stringify({ ...record, ...fields, ...record }));
  });
}
