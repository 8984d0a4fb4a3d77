/** The command line: arguments → settings → run → shown → exit code. What is done, and which way, is said by `wiring/run`. */
import { say } from '../core/model/message.ts';
import { RedactingMasker } from '../adapters/node/redacting.ts';
import type { Outcome } from '../core/report/outcome.ts';
import { completionScript } from '../core/settings/completion.ts';
import { commandHelp, generalHelp } from '../core/settings/help.ts';
import { parseSettings, type Settings } from '../core/settings/parse.ts';
import { failureText } from '../wiring/failure.ts';
import { givenBase } from '../wiring/offline.ts';
import { run } from '../wiring/run.ts';
import type { Surroundings } from '../wiring/surroundings.ts';
import { VERSION, versionText } from '../wiring/version.ts';
import { readArguments, type CliCommand } from './arguments.ts';
import { loggerFor } from './logger.ts';
import { lookFor, show, showFailure, showFile, showProblems, showTold } from './show.ts';
import { LiveLine, widthOf, type Screen } from './terminal.ts';

/** What the process gives a command line beside its arguments. */
export interface Terminal extends Surroundings {
  readonly stdout: Screen;
  readonly stderr: Screen;
}

/** Runs one command line and gives its exit code. Never throws for anything a user or a server does. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const { environment, stdout, stderr } = terminal;
  const read = readArguments(args);
  switch (read.kind) {
    case 'help': {
      const width = widthOf(stdout, environment);
      show(
        stdout,
        read.command === undefined
          ? generalHelp(VERSION, width)
          : commandHelp(read.command, { width, form: read.form }),
      );
      return 0;
    }
    case 'version':
      show(stdout, versionText(read.output));
      return 0;
    case 'completion':
      showFile(stdout, completionScript(read.shell));
      return 0;
    case 'schema':
      showFile(stdout, read.text);
      return 0;
    case 'wrong':
      showFailure(stderr, say`${read.what}. ${read.fix}`);
      return 1;
    case 'run': {
      const { settings, problems } = parseSettings(read.command, read.flags, environment);
      if (settings === undefined) {
        showProblems(stderr, problems);
        return 1;
      }
      return await runShown(read.command, settings, terminal);
    }
  }
}

async function runShown(command: CliCommand, settings: Settings, terminal: Terminal): Promise<number> {
  const { environment, stderr, stop } = terminal;
  const masker = new RedactingMasker();
  const logger = loggerFor(settings, masker, stderr, (environment['CI'] ?? '') !== '');
  const clear = () => {
    if (logger instanceof LiveLine) logger.clear();
  };
  try {
    const outside = { environment, logger, masker, stop: stop.signal };
    const base = () => Promise.resolve().then(() => givenBase(settings));
    const outcome = await run({ command, settings, outside, base });
    clear();
    showOutcome(outcome, settings, terminal);
    return outcome.stopped ? (stop.exitCode() ?? 1) : outcome.exitCode(settings.detailedExitcode);
  } catch (error) {
    clear();
    showFailure(stderr, failureText(error));
    return stop.exitCode() ?? 1;
  }
}

/** What goes into a pipe has its problems beside it, on standard error; a report holds them. */
function showOutcome(outcome: Outcome, { output, color }: Settings, { environment, stdout, stderr }: Terminal): void {
  if (outcome.piped !== undefined) {
    (outcome.piped.as === 'file' ? showFile : show)(stdout, outcome.piped.text);
    showTold(stderr, outcome.problems);
    return;
  }
  const texts = {
    json: () => outcome.json(),
    markdown: () => outcome.markdown(),
    text: () => outcome.text(lookFor(color, stdout, environment)),
  };
  show(stdout, texts[output]());
}
