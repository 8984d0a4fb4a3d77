/** Log lines for people: the level, the message, and at level debug the fields. A record is one line, always. */
import type { LogFields, Logger } from '../../ports/logger.ts';
import { lineLogger, type LoggerOptions } from './log-lines.ts';

export function textLogger(options: LoggerOptions): Logger {
  return lineLogger(options, (level, message, fields) => {
    const details = options.level === 'debug' ? fieldsText(fields) : '';
    return oneLine(`${level.padEnd(5)}  ${message}${details}`);
  });
}

function fieldsText(fields: LogFields): string {
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? value.join(',') : value}`,
  );
  return pairs.length === 0 ? '' : `  {${pairs.join(' ')}}`;
}

/** A line break in a name could forge a line, or a workflow command of the runner; other controls, the terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}|[\u2028\u2029]/gu, (character) =>
    character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
