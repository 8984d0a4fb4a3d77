/** One step of a workflow: inputs → command → log, annotations, summary, outputs, failure. */
import { setFailed, setOutput } from '@actions/core';
import { validate } from '../commands/validate.ts';
import { problemText, type Problem } from '../core/model/problem.ts';
import { byPlace, PLAIN, plural } from '../core/report/as-text.ts';
import { validationAsJson, validationAsMarkdown, validationAsText } from '../core/report/validation.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Environment } from '../wiring/environment.ts';
import { failureText } from '../wiring/failure.ts';
import { manifestsOf } from '../wiring/manifests.ts';
import { runOffline } from '../wiring/offline.ts';
import { outcomeOf, outcomeOfOffline, type RunOutcome } from '../wiring/plan-outcome.ts';
import { annotate } from './annotations.ts';
import { baseOf } from './github.ts';
import { inWordsOfTheAction } from './input-table.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { print } from './log.ts';
import { tellPullRequest } from './plan-comment.ts';
import { addSummary, saveReport, setOutputs } from './results.ts';

export interface Surroundings {
  readonly environment: Environment;
  readonly stop: AbortSignal;
}

/** Never throws for anything that inputs, manifests or servers do: the step fails with what to do. */
export async function runStep(surroundings: Surroundings): Promise<void> {
  const inputs = readInputs(surroundings.environment);
  if ('problems' in inputs) {
    refuse(inputs.problems);
    return;
  }
  const { command } = inputs;
  try {
    if (command === 'validate') await runValidate(inputs, surroundings);
    else await runCommand(command, inputs, surroundings);
  } catch (error) {
    setFailed(inWordsOfTheAction(failureText(error)));
    if (command === 'plan') await tellPullRequest(undefined, inputs, surroundings.environment);
  }
}

async function runCommand(command: 'plan' | 'sync', inputs: Inputs, surroundings: Surroundings): Promise<void> {
  const { environment } = surroundings;
  const outcome = await outcomeOfCommand(command, inputs, surroundings);
  print(inWordsOfTheAction(outcome.text(PLAIN)));
  annotate(outcome.problems, environment['GITHUB_WORKSPACE'] ?? '');
  setOutputs(outcome);
  await saveReport(outcome.json(), environment);
  if (inputs.summary) await addSummary(outcome.markdown(), environment);
  if (command === 'plan') await tellPullRequest(outcome, inputs, environment);
  failOn(outcome.problems);
}

/** The SDKs are loaded only once the inputs are valid, and not for manifests alone. */
async function outcomeOfCommand(
  command: 'plan' | 'sync',
  inputs: Inputs,
  surroundings: Surroundings,
): Promise<RunOutcome> {
  const { environment } = surroundings;
  const base = () => baseOf(inputs, environment);
  if (inputs.settings.planLevel === 'offline') return outcomeOfOffline(await runOffline(inputs.settings, await base()));
  const { runAgainstCluster } = await import('./run.ts');
  return outcomeOf(await runAgainstCluster(command, inputs.settings, { ...surroundings, base }));
}

async function runValidate({ settings, summary }: Inputs, { environment }: Surroundings): Promise<void> {
  const validation = await validate(manifestsOf(settings), validationSettings(settings));
  print(inWordsOfTheAction(validationAsText(validation, PLAIN)));
  annotate(validation.problems, environment['GITHUB_WORKSPACE'] ?? '');
  setOutput('problems', errorsOf(validation.problems).length);
  await saveReport(validationAsJson(validation), environment);
  if (summary) await addSummary(validationAsMarkdown(validation), environment);
  failOn(validation.problems);
}

function validationSettings({ namespace, only, controllerClass }: Settings) {
  return { only, controllerClass, ...(namespace === undefined ? {} : { namespace }) };
}

/** The failure itself shows the first. */
function refuse(problems: readonly Problem[]): void {
  for (const problem of problems.slice(1)) print(`error  ${inWordsOfTheAction(problemText(problem))}\n`);
  failOn(problems);
}

/** The failure of a step is the first thing that people see of it, so it says what to do, not that something is wrong. */
function failOn(problems: readonly Problem[]): void {
  const errors = errorsOf(problems);
  const first = errors[0];
  if (first === undefined) return;
  const more = errors.length === 1 ? '' : ` And ${plural(errors.length - 1, 'error')} more, see the log.`;
  setFailed(`${inWordsOfTheAction(problemText(first))}${more}`);
}

function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error').toSorted(byPlace);
}
