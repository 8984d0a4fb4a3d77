/** One step of a workflow: inputs → command → log, annotations, summary, outputs, failure. */
import { saveState } from '@actions/core';
import { plural } from '../core/model/plural.ts';
import { problemText, type Problem } from '../core/model/problem.ts';
import { byPlace } from '../core/report/problems.ts';
import { unlessStopped } from '../engine/stop.ts';
import { PortError } from '../ports/errors.ts';
import { debugVariableProblems } from '../wiring/debug-variables.ts';
import type { Environment } from '../wiring/environment.ts';
import { failureText as runFailure } from '../wiring/failure.ts';
import { runOffline } from '../wiring/offline.ts';
import { outcomeOfOffline } from '../wiring/plan-outcome.ts';
import { runValidation } from '../wiring/validation.ts';
import { annotate } from './annotations.ts';
import { baseOf } from './github.ts';
import { inWordsOfTheAction } from './input-table.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { annotation, fail, print } from './log.ts';
import { failureText, outcomeOfRun, outcomeOfValidation, wholeError, type StepOutcome } from './outcome.ts';
import { tellPullRequest } from './plan-comment.ts';
import { ENDED_STATE, FOLDER_STATE } from './post.ts';
import { refusedPlan } from './refused-plan.ts';
import { tryRunnerFile, writeRunnerFile } from './runner-files.ts';
import { addSummary, openResultFolder, saveReport, setOutputs } from './results.ts';

const RESULTS = { title: 'Keyferry: results' };

export interface Surroundings {
  readonly environment: Environment;
  readonly stop: AbortSignal;
}

/** Never throws for anything that inputs, manifests or servers do: the step fails with what to do. */
export async function runStep(surroundings: Surroundings): Promise<void> {
  const refused = debugVariableProblems(surroundings.environment);
  const inputs = refused.length > 0 ? { problems: refused } : readInputs(surroundings.environment);
  if ('problems' in inputs) await refuse(inputs.problems, surroundings);
  else await runInputs(inputs, surroundings);
  tellUnwritten([await tryRunnerFile('GITHUB_STATE', () => saveState(ENDED_STATE, 'true'))]);
}

async function runInputs(inputs: Inputs, surroundings: Surroundings): Promise<void> {
  try {
    const folder = await openResultFolder(surroundings.environment);
    await writeRunnerFile('GITHUB_STATE', () => saveState(FOLDER_STATE, folder));
    await show(await runCommand(inputs, surroundings, folder), inputs, { ...surroundings, folder });
  } catch (error) {
    fail(runFailure(error));
    if (inputs.command === 'plan') await tellPullRequest(undefined, inputs, surroundings.environment);
  }
}

/** The SDKs are loaded only once the inputs are valid, and only where they are needed. */
async function runCommand(inputs: Inputs, surroundings: Surroundings, folder: string): Promise<StepOutcome> {
  const { command, settings } = inputs;
  switch (command) {
    case 'validate':
      return outcomeOfValidation(await unlessStopped(surroundings, () => runValidation(settings, surroundings)));
    default: {
      const base = () => baseOf(inputs, surroundings.environment);
      if (settings.planLevel === 'offline') {
        const offline = async () => await runOffline(settings, { ...surroundings, base: await base() });
        return outcomeOfRun(outcomeOfOffline(await unlessStopped(surroundings, offline)));
      }
      const { planOfDeployment, render, runAgainstCluster } = await import('./run.ts');
      const around = { ...surroundings, allowExec: inputs.allowExec, base };
      if (command === 'render') {
        return await unlessStopped(surroundings, () => render(settings, surroundings.environment, folder));
      }
      if (inputs.deployment !== undefined) return await planOfDeployment(inputs.deployment, settings, around);
      return await runAgainstCluster(command, settings, around);
    }
  }
}

async function show(
  outcome: StepOutcome,
  inputs: Inputs,
  surroundings: Surroundings & { readonly folder: string },
): Promise<void> {
  const { environment } = surroundings;
  print(inWordsOfTheAction(outcome.text));
  const whole = wholeError(outcome.problems);
  annotate(
    outcome.problems.filter((problem) => problem !== whole),
    environment['GITHUB_WORKSPACE'] ?? '',
  );
  const written = await writeResults(outcome, inputs, surroundings);
  if (inputs.command === 'plan') await tellPullRequest(outcome.run, inputs, environment);
  tellUnwritten(written);
  const failure = failureText(outcome);
  if (failure !== undefined) fail(failure);
}

/** What could not be written is among it as a PortError: the run has done its work, whatever becomes of its results. */
async function writeResults(
  outcome: StepOutcome,
  { summary }: Inputs,
  { environment, folder }: Surroundings & { readonly folder: string },
): Promise<readonly unknown[]> {
  const report = await tryRunnerFile('RUNNER_TEMP', () => saveReport(outcome.json, folder));
  const path = typeof report === 'string' ? report : undefined;
  const outputs = await tryRunnerFile('GITHUB_OUTPUT', () => setOutputs(outcome, path));
  if (!summary) return [report, outputs];
  return [report, outputs, await tryRunnerFile('GITHUB_STEP_SUMMARY', () => addSummary(outcome.markdown, environment))];
}

function tellUnwritten(written: readonly unknown[]): void {
  for (const one of written) {
    if (one instanceof PortError) annotation('warning', `${runFailure(one)} Everything else was done.`, RESULTS);
  }
}

/** The failure itself shows the first. */
async function refuse(problems: readonly Problem[], { environment }: Surroundings): Promise<void> {
  const [first, ...others] = problems.toSorted(byPlace).map(problemText);
  for (const text of others) print(`error  ${inWordsOfTheAction(text)}\n`);
  const more = others.length === 0 ? '' : ` And ${plural(others.length, 'error')} more, see the log.`;
  if (first !== undefined) fail(`${first}${more}`);
  const plan = refusedPlan();
  if (plan !== undefined) await tellPullRequest(undefined, plan, environment);
}
