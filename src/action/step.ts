/** One step of a workflow: inputs → command → log, annotations, summary, outputs, failure. */
import { saveState, setFailed } from '@actions/core';
import { validate } from '../commands/validate.ts';
import { problemText, type Problem } from '../core/model/problem.ts';
import { byPlace, plural } from '../core/report/as-text.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Environment } from '../wiring/environment.ts';
import { failureText } from '../wiring/failure.ts';
import { manifestsOf } from '../wiring/manifests.ts';
import { runOffline } from '../wiring/offline.ts';
import { outcomeOfOffline } from '../wiring/plan-outcome.ts';
import { annotate } from './annotations.ts';
import { baseOf } from './github.ts';
import { inWordsOfTheAction } from './input-table.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { print } from './log.ts';
import { outcomeOfRun, outcomeOfValidation, type StepOutcome } from './outcome.ts';
import { tellPullRequest } from './plan-comment.ts';
import { ENDED_STATE, FOLDER_STATE } from './post.ts';
import { addSummary, openResultFolder, saveReport, setOutputs } from './results.ts';

export interface Surroundings {
  readonly environment: Environment;
  readonly stop: AbortSignal;
}

/** Never throws for anything that inputs, manifests or servers do: the step fails with what to do. */
export async function runStep(surroundings: Surroundings): Promise<void> {
  const inputs = readInputs(surroundings.environment);
  if ('problems' in inputs) refuse(inputs.problems);
  else await runInputs(inputs, surroundings);
  saveState(ENDED_STATE, 'true');
}

async function runInputs(inputs: Inputs, surroundings: Surroundings): Promise<void> {
  try {
    const folder = await openResultFolder(surroundings.environment);
    saveState(FOLDER_STATE, folder);
    await show(await runCommand(inputs, surroundings, folder), inputs, { ...surroundings, folder });
  } catch (error) {
    setFailed(inWordsOfTheAction(failureText(error)));
    if (inputs.command === 'plan') await tellPullRequest(undefined, inputs, surroundings.environment);
  }
}

/** The SDKs are loaded only once the inputs are valid, and only where they are needed. */
async function runCommand(inputs: Inputs, surroundings: Surroundings, folder: string): Promise<StepOutcome> {
  const { command, settings } = inputs;
  switch (command) {
    case 'validate':
      return outcomeOfValidation(await validate(manifestsOf(settings), validationSettings(settings)));
    default: {
      const base = () => baseOf(inputs, surroundings.environment);
      if (settings.planLevel === 'offline')
        return outcomeOfRun(outcomeOfOffline(await runOffline(settings, await base())));
      const { planOfDeployment, render, runAgainstCluster } = await import('./run.ts');
      const around = { ...surroundings, allowExec: inputs.allowExec, base };
      if (command === 'render') return await render(settings, surroundings.environment, folder);
      if (inputs.ofDeployment) return await planOfDeployment(settings, around);
      return await runAgainstCluster(command, settings, around);
    }
  }
}

function validationSettings({ namespace, only, controllerClass }: Settings) {
  return { only, controllerClass, ...(namespace === undefined ? {} : { namespace }) };
}

async function show(
  outcome: StepOutcome,
  inputs: Inputs,
  { environment, folder }: Surroundings & { readonly folder: string },
): Promise<void> {
  print(inWordsOfTheAction(outcome.text));
  annotate(outcome.problems, environment['GITHUB_WORKSPACE'] ?? '');
  setOutputs(outcome);
  await saveReport(outcome.json, folder);
  if (inputs.summary) await addSummary(outcome.markdown, environment);
  if (inputs.command === 'plan') await tellPullRequest(outcome.run, inputs, environment);
  failOn(
    outcome.problems.filter(({ severity }) => severity === 'error').map(({ text }) => text),
    outcome.failure,
  );
}

/** The failure itself shows the first. */
function refuse(problems: readonly Problem[]): void {
  for (const problem of problems.slice(1)) print(`error  ${inWordsOfTheAction(problemText(problem))}\n`);
  failOn(problems.toSorted(byPlace).map(problemText));
}

/** The failure of a step is the first thing that people see of it, so it says what to do, not that something is wrong. */
function failOn(errors: readonly string[], otherwise?: string): void {
  const first = errors[0] ?? otherwise;
  if (first === undefined) return;
  const more = errors.length < 2 ? '' : ` And ${plural(errors.length - 1, 'error')} more, see the log.`;
  setFailed(`${inWordsOfTheAction(first)}${more}`);
}
