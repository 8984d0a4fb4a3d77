/** The entry of the action, twice: the step, and at the end of the job its post step. */
import { saveState } from '@actions/core';
import { stopOnSignals } from '../wiring/stop-signal.ts';
import { isPostStep, runPostStep, STARTED_STATE } from './post.ts';
import { runStep } from './step.ts';

async function main(): Promise<void> {
  if (isPostStep()) {
    await runPostStep();
    return;
  }
  saveState(STARTED_STATE, 'true');
  const stop = stopOnSignals(process);
  await runStep({ environment: process.env, stop: stop.signal });
  // A run that was stopped while it read has requests open that nobody waits for any more.
  if (stop.signal.aborted) process.exit(process.exitCode ?? 0);
}

// No top-level await: a bundler turns it into a slower start.
void main();
