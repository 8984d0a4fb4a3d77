/**
 * What a step prints. Everything goes to standard output: the runner reads the two streams side by side, and a mask on
 * one could come too late for a line on the other.
 *
 * GitHub's runner takes a line that begins with `::`, and `##[` anywhere in a line, for commands. Names in manifests
 * and vaults are other people's, so both are taken apart wherever they come from outside.
 */
import { endGroup, isDebug, startGroup } from '@actions/core';
import type { RedactingMasker } from '../adapters/node/redacting.ts';
import { textLogger } from '../adapters/node/text-logger.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { InPhase, Phase } from '../engine/phase.ts';
import type { Logger } from '../ports/logger.ts';
import { inWordsOfTheAction } from './input-table.ts';

/** Text whose lines are no commands to the runner, whatever they hold. */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '# #[').replace(/(^|[\r\n])(\s*):(?=:)/gu, '$1$2: ');
}

export function print(text: string): void {
  process.stdout.write(withoutCommands(text));
}

/** A re-run with debug logging shows all levels, whatever the input says. */
export function workflowLogger(settings: Pick<Settings, 'logLevel'>, masker: RedactingMasker): Logger {
  return textLogger({
    level: isDebug() ? 'debug' : settings.logLevel,
    sink: { write: print },
    redact: (text) => masker.redact(inWordsOfTheAction(text)),
  });
}

const TITLES: Readonly<Record<Phase, string>> = {
  read: 'Read manifests, vault and cluster',
  write: 'Write Secrets',
};

/** One foldable group in the log for each phase. */
export const inGroup: InPhase = async (phase, work) => {
  startGroup(TITLES[phase]);
  try {
    return await work();
  } finally {
    endGroup();
  }
};
