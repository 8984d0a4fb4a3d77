/** Log lines for people: the level, the message, and at level debug the fields. A record is one line, always. */
import { inOneLine } from '../../core/model/shown.ts';
import type { LogFields, Logger } from '../../ports/logger.ts';
import { lineLogger, type LoggerOptions } from './log-lines.ts';

export function textLogger(options: LoggerOptions): Logger {
  return lineLogger(options, (level, message, fields) => {
    const details = options.level === 'debug' ? fieldsText(fields) : '';
    return inOneLine(`${level.padEnd(5)}  ${message}${details}`);
  });
}

function fieldsText(fields: LogFields): string {
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? value.join(',') : value}`,
  );
  return pairs.length === 0 ? '' : `  {${pairs.join(' ')}}`;
}
