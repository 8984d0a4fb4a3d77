/**
 * What a step prints, and the only room of the action that does. Everything goes to standard output: the runner reads the
 * two streams side by side, and a mask on one could come too late for a line on the other.
 *
 * Names in manifests and vaults are other people's, and so are texts of services: nothing in them is a command to the
 * runner, or breaks a line, wherever it is shown.
 */
import * as core from '@actions/core';
import type { AnnotationProperties } from '@actions/core';
import type { Message } from '../core/model/message.ts';
import type { RedactingMasker } from '../adapters/node/redacting.ts';
import { textLogger } from '../adapters/node/text-logger.ts';
import { inLines, inOneLine } from '../core/model/shown.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Logger } from '../ports/logger.ts';
import type { InStage, Stage } from '../wiring/stage.ts';
import { inWordsOfTheAction } from './input-table.ts';

export function print(text: string): void {
  process.stdout.write(inLines(text));
}

type Kind = 'error' | 'warning' | 'notice';

/** An annotation of a message of our own. */
export function annotation(kind: Kind, message: Message, place: AnnotationProperties = {}): void {
  annotationAsTold(kind, inWordsOfTheAction(message), place);
}

/** An annotation of a text that is worded already, and may hold names; its lines are shown as they are. */
export function annotationAsTold(kind: Kind, text: string, { title, file, ...place }: AnnotationProperties = {}): void {
  const names = {
    ...(title === undefined ? {} : { title: inOneLine(title) }),
    ...(file === undefined ? {} : { file: inOneLine(file) }),
  };
  core[kind](inLines(text), { ...names, ...place });
}

/** The step fails; this is the last that is said of it. */
export function fail(message: Message): void {
  failAsTold(inWordsOfTheAction(message));
}

/** With a text that is worded already, and may hold names. */
export function failAsTold(text: string): void {
  core.setFailed(inLines(text));
}

/** A re-run with debug logging shows all levels, whatever the input says. */
export function workflowLogger(settings: Pick<Settings, 'logLevel'>, masker: RedactingMasker): Logger {
  return textLogger({
    level: core.isDebug() ? 'debug' : settings.logLevel,
    sink: { write: print },
    words: inWordsOfTheAction,
    redact: (text) => masker.redact(text),
  });
}

const TITLES: Readonly<Record<Stage, string>> = {
  read: 'Read manifests, vault and cluster',
  write: 'Write Secrets',
  deploy: 'Apply the installation, and follow a pass',
  status: 'Look at the installation',
  suspend: 'Suspend the CronJob',
  resume: 'Resume the CronJob',
  uninstall: 'Take the installation away',
};

/** One foldable group in the log for each stage. */
export const inGroup: InStage = async (stage, work) => {
  core.startGroup(TITLES[stage]);
  try {
    return await work();
  } finally {
    core.endGroup();
  }
};
