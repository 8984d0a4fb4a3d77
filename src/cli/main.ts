/** The command line: arguments → settings → command → report → exit code. Wiring only; what is done lives elsewhere. */
import { template } from '../commands/template.ts';
import { validate } from '../commands/validate.ts';
import { hasErrors, problemText, type Problem } from '../core/model/problem.ts';
import { validationAsJson, validationAsMarkdown, validationAsText } from '../core/report/validation.ts';
import { printSecrets } from '../core/secret-template/print-secrets.ts';
import { commandHelp, generalHelp } from '../core/settings/help.ts';
import { parseSettings, type Settings } from '../core/settings/parse.ts';
import type { Environment } from '../wiring/environment.ts';
import { failureText } from '../wiring/failure.ts';
import { manifestsOf } from '../wiring/manifests.ts';
import { givenBase, runOffline } from '../wiring/offline.ts';
import { outcomeOfOffline } from '../wiring/plan-outcome.ts';
import { templateInputsOf } from '../wiring/template.ts';
import type { StopRequest } from '../wiring/stop-signal.ts';
import { readArguments, type CliCommand } from './arguments.ts';
import { printOutcome } from './print-outcome.ts';
import { paintFor, type Screen } from './terminal.ts';
import { VERSION } from '../wiring/version.ts';

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
    case 'help':
      stdout.write(read.command === undefined ? generalHelp(VERSION) : commandHelp(read.command));
      return 0;
    case 'version':
      stdout.write(`${VERSION}\n`);
      return 0;
    case 'wrong':
      stderr.write(`error  ${read.what}. ${read.fix}\n`);
      return 1;
    case 'run': {
      const { settings, problems } = parseSettings(read.command, read.flags, environment);
      if (settings === undefined) return printProblems(problems, stderr);
      return await guarded(surroundings, () => run(read.command, settings, surroundings));
    }
  }
}

/** The SDKs are loaded only for commands that need them: they cost most of the start. */
async function run(command: CliCommand, settings: Settings, surroundings: Surroundings): Promise<number> {
  switch (command) {
    case 'validate':
      return await runValidate(settings, surroundings);
    case 'template':
      return await runTemplate(settings, surroundings);
    case 'plan':
    case 'sync': {
      if (settings.planLevel === 'offline') return await runOfflinePlan(settings, surroundings);
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

async function runValidate(settings: Settings, { environment, stdout, stop }: Surroundings): Promise<number> {
  const validation = await validate(manifestsOf(settings), {
    only: settings.only,
    controllerClass: settings.controllerClass,
    stop: stop.signal,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
  });
  const texts = {
    json: () => validationAsJson(validation),
    markdown: () => validationAsMarkdown(validation),
    text: () => validationAsText(validation, paintFor(settings.color, stdout, environment)),
  };
  stdout.write(texts[settings.output]());
  return hasErrors(validation.problems) ? 1 : 0;
}

async function runOfflinePlan(settings: Settings, surroundings: Surroundings): Promise<number> {
  const report = await runOffline(settings, { base: givenBase(settings), stop: surroundings.stop.signal });
  return printOutcome(outcomeOfOffline(report), settings, surroundings);
}

async function runTemplate(settings: Settings, { stdout, stderr, stop }: Surroundings): Promise<number> {
  const { secrets, differences, problems } = await template(templateInputsOf(settings, stop.signal));
  stdout.write(differences.length === 0 ? printSecrets(secrets) : `${differences.join('\n')}\n`);
  for (const problem of problems) stderr.write(`${problem.severity}  ${problemText(problem)}\n`);
  return hasErrors(problems) || differences.length > 0 ? 1 : 0;
}

function printProblems(problems: readonly Problem[], stderr: Screen): number {
  for (const problem of problems) stderr.write(`error  ${problemText(problem)}\n`);
  return 1;
}

async function guarded({ stderr, stop }: Surroundings, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    stderr.write(`error  ${failureText(error)}\n`);
    return stop.exitCode() ?? 1;
  }
}
