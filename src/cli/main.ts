/** The command line: arguments → settings → command → report → exit code. Wiring only; what is done lives elsewhere. */
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { plan } from '../commands/plan.ts';
import { sync } from '../commands/sync.ts';
import { template } from '../commands/template.ts';
import { validate } from '../commands/validate.ts';
import { hasErrors, problemText, type Problem } from '../core/model/problem.ts';
import type { Report } from '../core/model/report.ts';
import { reportAsJson } from '../core/report/as-json.ts';
import { reportAsMarkdown } from '../core/report/as-markdown.ts';
import { reportAsText, type Paint } from '../core/report/as-text.ts';
import { exitCode } from '../core/report/build-report.ts';
import { validationAsJson, validationAsMarkdown, validationAsText } from '../core/report/validation.ts';
import { printSecrets } from '../core/secret-template/print-secrets.ts';
import { commandHelp, generalHelp } from '../core/settings/help.ts';
import { parseSettings, type Settings } from '../core/settings/parse.ts';
import type { CommandName } from '../core/settings/table.ts';
import { PortError } from '../ports/errors.ts';
import { readArguments } from './arguments.ts';
import { LiveLine, paintFor, type Screen } from './terminal.ts';
import { VERSION } from './version.ts';
import { loggerFor, manifestsOf, portsOf, runSettingsOf, templateInputsOf, type Environment } from './wiring.ts';

export interface Streams {
  readonly stdout: Screen;
  readonly stderr: Screen;
}

/** Runs one command line and gives its exit code. Never throws for anything a user or a server does. */
export async function main(args: readonly string[], environment: Environment, streams: Streams): Promise<number> {
  const read = readArguments(args);
  switch (read.kind) {
    case 'help':
      streams.stdout.write(read.command === undefined ? generalHelp(VERSION) : commandHelp(read.command));
      return 0;
    case 'version':
      streams.stdout.write(`${VERSION}\n`);
      return 0;
    case 'wrong':
      streams.stderr.write(`error  ${read.what}. ${read.fix}\n`);
      return 1;
    case 'run': {
      const { settings, problems } = parseSettings(read.command, read.flags, environment);
      if (settings === undefined) return printProblems(problems, streams);
      return await guarded(streams, () => run(read.command, settings, environment, streams));
    }
  }
}

async function run(
  command: CommandName,
  settings: Settings,
  environment: Environment,
  streams: Streams,
): Promise<number> {
  const paint = paintFor(settings.color, streams.stdout, (environment['NO_COLOR'] ?? '') !== '');
  if (command === 'validate') return await runValidate(settings, paint, streams);
  if (command === 'template') return await runTemplate(settings, streams);
  const masker = new RedactingMasker();
  const ci = (environment['CI'] ?? '') !== '';
  const logger = loggerFor(settings, masker, streams.stderr, ci);
  try {
    const ports = portsOf(settings, environment, logger, masker);
    const report = await (command === 'plan' ? plan : sync)(ports, runSettingsOf(settings));
    if (logger instanceof LiveLine) logger.clear();
    streams.stdout.write(render(report, settings.output, paint));
    return exitCode(report, settings.detailedExitcode);
  } finally {
    if (logger instanceof LiveLine) logger.clear();
  }
}

function render(report: Report, output: Settings['output'], paint: Paint): string {
  switch (output) {
    case 'json':
      return reportAsJson(report);
    case 'markdown':
      return reportAsMarkdown(report);
    case 'text':
      return reportAsText(report, paint);
  }
}

async function runValidate(settings: Settings, paint: Paint, { stdout }: Streams): Promise<number> {
  const validation = await validate(manifestsOf(settings), {
    only: settings.only,
    controllerClass: settings.controllerClass,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
  });
  const texts = {
    json: () => validationAsJson(validation),
    markdown: () => validationAsMarkdown(validation),
    text: () => validationAsText(validation, paint),
  };
  stdout.write(texts[settings.output]());
  return hasErrors(validation.problems) ? 1 : 0;
}

async function runTemplate(settings: Settings, { stdout, stderr }: Streams): Promise<number> {
  const { secrets, differences, problems } = await template(templateInputsOf(settings));
  stdout.write(differences.length === 0 ? printSecrets(secrets) : `${differences.join('\n')}\n`);
  for (const problem of problems) stderr.write(`${problem.severity}  ${problemText(problem)}\n`);
  return hasErrors(problems) || differences.length > 0 ? 1 : 0;
}

function printProblems(problems: readonly Problem[], { stderr }: Streams): number {
  for (const problem of problems) stderr.write(`error  ${problemText(problem)}\n`);
  return 1;
}

/** What a port refuses as a whole is told in its own words; anything else is a bug, told without its message. */
async function guarded({ stderr }: Streams, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof PortError) stderr.write(`error  ${error.what}. ${error.fix}\n`);
    else stderr.write(`${bugText(error)}\n`);
    return 1;
  }
}

/** Messages of unknown errors may hold anything, so only their kind and place are shown. */
function bugText(error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? (error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '') : '';
  return `Bug: an unexpected ${kind}${place === '' ? '' : ` ${place.trim()}`}. Please report this; no secret is in this message.`;
}
