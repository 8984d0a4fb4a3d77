/** The entry of the action, twice: the step, and at the end of the job its post step. */
import { saveState } from '@actions/core';
import { failureText } from '../wiring/failure.ts';
import { stopOnSignals } from '../wiring/stop-signal.ts';
import { isPostStep, runPostStep, STARTED_STATE } from './post.ts';
import { fail } from './log.ts';
import { writeRunnerFile } from './runner-files.ts';
import { runStep } from './step.ts';

async function main(): Promise<void> {
  if (isPostStep()) {
    await runPostStep();
    return;
  }
  await writeRunnerFile('GITHUB_STATE', () => saveState(STARTED_STATE, 'true'));
  const stop = stopOnSignals(process);
  await runStep({ environment: process.env, stop });
  // A run that was stopped while it read has requests open that nobody waits for any more.
  if (stop.signal.aborted) await exit();
}

/** Node: what was written to a pipe may still be on its way, on Windows always. */
async function exit(): Promise<void> {
  await new Promise((done) => process.stdout.write('', done));
  process.exit();
}

// No top-level await: a bundler turns it into a slower start.
void main().catch((error: unknown) => fail(failureText(error)));
