/** One step of a workflow: inputs → run → log, annotations, summary, outputs, failure. */
import { saveState } from '@actions/core';
import { say } from '../core/model/message.ts';
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { plural } from '../core/model/plural.ts';
import { problemMessage, type Problem } from '../core/model/problem.ts';
import type { Outcome } from '../core/report/outcome.ts';
import { byPlace } from '../core/report/problems.ts';
import { PLAIN } from '../core/report/text-table.ts';
import { wordedProblem } from '../core/report/worded.ts';
import { PortError } from '../ports/errors.ts';
import { debugVariableProblems } from '../wiring/debug-variables.ts';
import type { Environment } from '../wiring/environment.ts';
import { failureText as runFailure } from '../wiring/failure.ts';
import { run, type RunRequest } from '../wiring/run.ts';
import type { Surroundings } from '../wiring/surroundings.ts';
import { annotate } from './annotations.ts';
import { baseOf } from './github.ts';
import { inWordsOfTheAction } from './input-table.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { annotation, fail, failAsTold, inGroup, print, workflowLogger } from './log.ts';
import { tellPullRequest } from './plan-comment.ts';
import { ENDED_STATE, FOLDER_STATE } from './post.ts';
import { refusedPlan } from './refused-plan.ts';
import { addSummary, openResultFolder, saveRendered, saveReport, setOutputs } from './results.ts';
import { tryRunnerFile, writeRunnerFile } from './runner-files.ts';
import { stepFailure, wholeError } from './step-failure.ts';
import { WorkflowMasker } from './workflow-masker.ts';

const RESULTS = { title: 'Keyferry: results' };

/** Never throws for anything that inputs, manifests or servers do: the step fails with what to do. */
export async function runStep(surroundings: Surroundings): Promise<void> {
  const refused = debugVariableProblems(surroundings.environment);
  const inputs = refused.length > 0 ? { problems: refused } : readInputs(surroundings.environment);
  if ('problems' in inputs) await refuse(inputs.problems, surroundings);
  else await runInputs(inputs, surroundings);
  tellUnwritten([await tryRunnerFile('GITHUB_STATE', () => saveState(ENDED_STATE, 'true'))]);
}

async function runInputs(inputs: Inputs, surroundings: Surroundings): Promise<void> {
  const { environment } = surroundings;
  try {
    const folder = await openResultFolder(environment);
    await writeRunnerFile('GITHUB_STATE', () => saveState(FOLDER_STATE, folder));
    const outcome = await run(requestOf(inputs, surroundings));
    if (outcome.piped !== undefined && outcome.piped.text !== '') await saveRendered(outcome.piped.text, folder);
    await show(outcome, inputs, { environment, folder });
  } catch (error) {
    fail(runFailure(error));
    if (inputs.command === 'plan') await tellPullRequest(undefined, inputs, environment);
  }
}

function requestOf(inputs: Inputs, { environment, stop }: Surroundings): RunRequest {
  const { command, settings, deployment, allowExec } = inputs;
  const redacting = new RedactingMasker();
  const [masker, logger] = [new WorkflowMasker(redacting), workflowLogger(settings, redacting)];
  return {
    command,
    settings,
    ...(deployment === undefined ? {} : { deployment }),
    outside: { environment, stop: stop.signal, masker, logger, allowExec },
    base: () => baseOf(inputs, environment),
    inStage: inGroup,
  };
}

interface StepPlace {
  readonly environment: Environment;
  /** Of the results of this step. */
  readonly folder: string;
}

async function show(outcome: Outcome, inputs: Inputs, place: StepPlace): Promise<void> {
  const { environment } = place;
  print(outcome.text(PLAIN, inWordsOfTheAction));
  const problems = outcome.problems.map((problem) => wordedProblem(problem, inWordsOfTheAction));
  const whole = wholeError(problems);
  annotate(
    problems.filter((problem) => problem !== whole),
    environment['GITHUB_WORKSPACE'] ?? '',
  );
  const written = await writeResults(outcome, inputs, place);
  if (inputs.command === 'plan') await tellPullRequest(outcome, inputs, environment);
  tellUnwritten(written);
  const failure = stepFailure({ ...outcome, problems });
  if (failure !== undefined) failAsTold(failure);
}

/** What could not be written is among it as a PortError: the run has done its work, whatever becomes of its results. */
async function writeResults(
  outcome: Outcome,
  { summary }: Inputs,
  { environment, folder }: StepPlace,
): Promise<readonly unknown[]> {
  const report = await tryRunnerFile('RUNNER_TEMP', () => saveReport(outcome.json(inWordsOfTheAction), folder));
  const path = typeof report === 'string' ? report : undefined;
  const outputs = await tryRunnerFile('GITHUB_OUTPUT', () => setOutputs(outcome, path));
  if (!summary) return [report, outputs];
  return [
    report,
    outputs,
    await tryRunnerFile('GITHUB_STEP_SUMMARY', () =>
      addSummary(outcome.markdown(undefined, inWordsOfTheAction), environment),
    ),
  ];
}

function tellUnwritten(written: readonly unknown[]): void {
  for (const one of written) {
    if (one instanceof PortError) annotation('warning', say`${runFailure(one)} Everything else was done.`, RESULTS);
  }
}

/** The failure itself shows the first. */
async function refuse(problems: readonly Problem[], { environment }: Surroundings): Promise<void> {
  const [first, ...others] = problems.toSorted(byPlace).map(problemMessage);
  for (const text of others) print(`error  ${inWordsOfTheAction(text)}\n`);
  const more = others.length === 0 ? '' : ` And ${plural(others.length, 'error')} more, see the log.`;
  if (first !== undefined) fail(say`${first}${more}`);
  const plan = refusedPlan();
  if (plan !== undefined) await tellPullRequest(undefined, plan, environment);
}
