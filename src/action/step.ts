/** One step of a workflow: inputs → command → log, annotations, summary, outputs, failure. */
import { saveState, setFailed } from '@actions/core';
import { validate } from '../commands/validate.ts';
import { printObjects } from '../core/deploy/print.ts';
import { problemText, type Problem } from '../core/model/problem.ts';
import { byPlace, plural } from '../core/report/as-text.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Environment } from '../wiring/environment.ts';
import { failureText } from '../wiring/failure.ts';
import { manifestsOf } from '../wiring/manifests.ts';
import { VERSION } from '../wiring/version.ts';
import { annotate } from './annotations.ts';
import { inWordsOfTheAction } from './input-table.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { print } from './log.ts';
import { outcomeOfRendered, outcomeOfValidation, type StepOutcome } from './outcome.ts';
import { ENDED_STATE, FOLDER_STATE } from './post.ts';
import { addSummary, openResultFolder, saveRendered, saveReport, setOutputs } from './results.ts';

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
  }
}

/** The SDKs are loaded only once the inputs are valid, and only where they are needed. */
async function runCommand(
  { command, settings, ofDeployment }: Inputs,
  surroundings: Surroundings,
  folder: string,
): Promise<StepOutcome> {
  switch (command) {
    case 'validate':
      return outcomeOfValidation(await validate(manifestsOf(settings), validationSettings(settings)));
    case 'render':
      return await runRender(settings, surroundings, folder);
    default: {
      const { planOfDeployment, runAgainstCluster } = await import('./run.ts');
      if (ofDeployment) return await planOfDeployment(settings, surroundings);
      return await runAgainstCluster(command, settings, surroundings);
    }
  }
}

async function runRender(settings: Settings, { environment }: Surroundings, folder: string): Promise<StepOutcome> {
  const { renderInstallation } = await import('../wiring/installation.ts');
  const { deployment, problems } = await renderInstallation(settings, environment, VERSION);
  if (deployment !== undefined) await saveRendered(printObjects(deployment.objects), folder);
  return outcomeOfRendered(deployment?.objects ?? [], problems);
}

function validationSettings({ namespace, only, controllerClass }: Settings) {
  return { only, controllerClass, ...(namespace === undefined ? {} : { namespace }) };
}

async function show(
  outcome: StepOutcome,
  { summary }: Inputs,
  { environment, folder }: Surroundings & { readonly folder: string },
): Promise<void> {
  print(inWordsOfTheAction(outcome.text));
  annotate(outcome.problems, environment['GITHUB_WORKSPACE'] ?? '');
  setOutputs(outcome);
  await saveReport(outcome.json, folder);
  if (summary) await addSummary(outcome.markdown, environment);
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
