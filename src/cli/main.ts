/** The command line: arguments → settings → command → report → exit code. Wiring only; what is done lives elsewhere. */
import { template } from '../commands/template.ts';
import { hasErrors } from '../core/model/problem.ts';
import { inOneLine } from '../core/model/shown.ts';
import { formsOfValidation } from '../core/report/validation.ts';
import { printSecrets } from '../core/secret-template/print-secrets.ts';
import { completionScript } from '../core/settings/completion.ts';
import { commandHelp, generalHelp } from '../core/settings/help.ts';
import { parseSettings, type Settings } from '../core/settings/parse.ts';
import { unlessStopped, type Stoppable } from '../engine/stop.ts';
import type { Environment } from '../wiring/environment.ts';
import { failureText } from '../wiring/failure.ts';
import { givenBase, runOffline } from '../wiring/offline.ts';
import { outcomeOfOffline } from '../wiring/plan-outcome.ts';
import { templateInputsOf } from '../wiring/template.ts';
import { runValidation } from '../wiring/validation.ts';
import type { StopRequest } from '../wiring/stop-signal.ts';
import { readArguments, type CliCommand } from './arguments.ts';
import { printOutcome } from './print-outcome.ts';
import { lookFor, show, showFailure, showFile, showProblems } from './show.ts';
import { widthOf, type Screen } from './terminal.ts';
import { VERSION, versionText } from '../wiring/version.ts';

/** What the process gives a command line beside its arguments. */
export interface Surroundings {
  readonly environment: Environment;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly stop: StopRequest;
}

/** Runs one command line and gives its exit code. Never throws for anything a user or a server does. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { environment, stdout, stderr } = surroundings;
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
    case 'wrong':
      showFailure(stderr, `${read.what}. ${read.fix}`);
      return 1;
    case 'run': {
      const { settings, problems } = parseSettings(read.command, read.flags, environment);
      if (settings === undefined) {
        showProblems(stderr, problems);
        return 1;
      }
      return await guarded(surroundings, () => run(read.command, settings, surroundings));
    }
  }
}

/** The SDKs are loaded only for commands that need them: they cost most of the start. */
async function run(command: CliCommand, settings: Settings, surroundings: Surroundings): Promise<number> {
  switch (command) {
    case 'validate':
      return await unlessStopped(stopOf(surroundings), () => runValidate(settings, surroundings));
    case 'template':
      return await unlessStopped(stopOf(surroundings), () => runTemplate(settings, surroundings));
    case 'plan':
    case 'sync': {
      if (settings.planLevel === 'offline') {
        return await unlessStopped(stopOf(surroundings), () => runOfflinePlan(settings, surroundings));
      }
      const { runAgainstCluster } = await import('./run.ts');
      return await runAgainstCluster(command, settings, surroundings);
    }
    default: {
      if (command === 'deploy' && settings.dryRun) {
        const { planDeployment } = await import('./run.ts');
        return await planDeployment(settings, surroundings);
      }
      if (command === 'deploy' && settings.engine === 'runner') {
        const { runFromHere } = await import('./run.ts');
        return await runFromHere(settings, surroundings);
      }
      const { runInstallation } = await import('./installation.ts');
      return await runInstallation(command, settings, surroundings);
    }
  }
}

function stopOf({ stop }: Surroundings): Stoppable {
  return { stop: stop.signal };
}

async function runValidate(settings: Settings, surroundings: Surroundings): Promise<number> {
  const { environment, stdout } = surroundings;
  const validation = await runValidation(settings, stopOf(surroundings));
  const forms = formsOfValidation(validation);
  const texts = {
    json: () => forms.json(),
    markdown: () => forms.markdown(),
    text: () => forms.text(lookFor(settings.color, stdout, environment)),
  };
  show(stdout, texts[settings.output]());
  return hasErrors(validation.problems) ? 1 : 0;
}

async function runOfflinePlan(settings: Settings, surroundings: Surroundings): Promise<number> {
  const report = await runOffline(settings, { base: givenBase(settings), stop: surroundings.stop.signal });
  return printOutcome(outcomeOfOffline(report), settings, surroundings);
}

async function runTemplate(settings: Settings, { stdout, stderr, stop }: Surroundings): Promise<number> {
  const { secrets, differences, problems } = await template(templateInputsOf(settings, stop.signal));
  if (differences.length === 0) showFile(stdout, printSecrets(secrets));
  else show(stdout, `${differences.map(inOneLine).join('\n')}\n`);
  showProblems(stderr, problems);
  return hasErrors(problems) || differences.length > 0 ? 1 : 0;
}

async function guarded({ stderr, stop }: Surroundings, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    showFailure(stderr, failureText(error));
    return stop.exitCode() ?? 1;
  }
}
