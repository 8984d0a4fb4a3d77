/**
 * The only way of a text to a terminal, a pipe or the log of a CI system: whatever names are in it, its lines are ours.
 *
 * Two things do not go through here: what `template` and `render` print as a file, and the loggers, which have the same
 * rules for their lines.
 */
import { messageText, type Message } from '../core/model/message.ts';
import type { PassProblem } from '../core/model/pass-report.ts';
import type { Problem } from '../core/model/problem.ts';
import { inLines, inOneLine } from '../core/model/shown.ts';
import { causeLines, causesOf } from '../core/report/causes.ts';
import { told } from '../core/report/problems.ts';
import { PLAIN, wrapped, type Look } from '../core/report/text-table.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Environment } from '../wiring/environment.ts';
import { paintFor, withColours, type Screen } from './terminal.ts';

export function show(screen: Screen, text: string): void {
  screen.write(withColours(text, inLines));
}

/** A file that was asked for: byte for byte. */
export function showFile(screen: Screen, text: string): void {
  screen.write(text);
}

/** `error  … what. fix`, each cause once, wrapped on a terminal. */
export function showProblems(screen: Screen, problems: readonly Problem[]): void {
  showTold(screen, problems.map(told));
}

export function showTold(screen: Screen, problems: readonly PassProblem[]): void {
  for (const cause of causesOf(problems)) {
    const word = `${cause.problem.severity}  `;
    show(screen, `${word}${causeLines(cause, word.length, widthOf(screen))}\n`);
  }
}

/** `error  what. fix`, of a run that comes to nothing; wrapped on a terminal. */
export function showFailure(screen: Screen, message: Message): void {
  const word = 'error  ';
  show(screen, `${word}${wrapped(inOneLine(messageText(message)), word.length, widthOf(screen).width)}\n`);
}

/** How a report looks on this screen. */
export function lookFor(color: Settings['color'], screen: Screen, environment: Environment): Look {
  return { ...widthOf(screen), paint: paintFor(color, screen, environment) };
}

function widthOf({ isTTY, columns = 0 }: Screen): Look {
  return isTTY && columns > 0 ? { ...PLAIN, width: columns } : PLAIN;
}
