/** Which logger a command line gets. */
import { systemClock } from '../adapters/node/clock.ts';
import { jsonLogger } from '../adapters/node/json-logger.ts';
import type { RedactingMasker } from '../adapters/node/redacting.ts';
import { textLogger } from '../adapters/node/text-logger.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Logger } from '../ports/logger.ts';
import { LiveLine, type Screen } from './terminal.ts';

/** On a terminal one live line; elsewhere, and where the user asks for a format or level, one line per object. */
export function loggerFor(settings: Settings, masker: RedactingMasker, screen: Screen, ci: boolean): Logger {
  const isPlain = settings.logFormat === 'text' && settings.logLevel === 'info';
  if (screen.isTTY && !ci && isPlain) return new LiveLine(screen, () => systemClock.now().getTime());
  const options = { level: settings.logLevel, sink: screen, redact: (text: string) => masker.redact(text) };
  return settings.logFormat === 'json' ? jsonLogger({ ...options, clock: systemClock }) : textLogger(options);
}
