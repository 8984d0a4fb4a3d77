/** The files by which a step speaks to the runner, named by variables: any of them may be missing, or on a full disk. */
import { PortError } from '../ports/errors.ts';

export type RunnerVariable = keyof typeof HELD;

const HELD = {
  GITHUB_OUTPUT: 'the outputs',
  GITHUB_STEP_SUMMARY: 'the summary',
  GITHUB_STATE: 'the state for the end of the job',
  RUNNER_TEMP: 'the files of this step',
} as const;

/** What the write gives. Rejects with a PortError that names the variable. */
export async function writeRunnerFile<Result>(
  variable: RunnerVariable,
  write: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw unwritable(variable, error);
  }
}

/** The same, with the PortError as a result: for what must not undo a run that has done its work. */
export async function tryRunnerFile<Result>(
  variable: RunnerVariable,
  write: () => Result | Promise<Result>,
): Promise<Result | PortError> {
  return await writeRunnerFile(variable, write).catch((error: unknown) => error as PortError);
}

/** Messages of the system and of `@actions/core` may hold anything, so only the code is shown. */
function unwritable(variable: RunnerVariable, error: unknown): PortError {
  const { code } = error as { readonly code?: unknown };
  const reason = typeof code === 'string' ? code : 'it is not there';
  return new PortError({
    kind: 'Invalid',
    code: 'RunnerFile',
    whole: true,
    what: `${HELD[variable]} cannot be written to where ${variable} says (${reason})`,
    fix: code === 'ENOSPC' ? FREE : LEAVE,
    cause: error,
  });
}

const FREE = 'Free space on the disk of the runner.';
const LEAVE =
  'Leave the variable as the runner sets it; where the job runs in a container, its folder must be mounted there.';
