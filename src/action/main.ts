/** The entry of the action: hands the process over to `runStep`. */
import { stopOnSignals } from '../wiring/stop-signal.ts';
import { runStep } from './step.ts';

const stop = stopOnSignals(process);

// No top-level await: a bundler turns it into a slower start.
void runStep({ environment: process.env, stop: stop.signal }).then(() => {
  if (!stop.signal.aborted) return;
  // A run that was stopped while it read has requests open that nobody waits for any more.
  process.exit(process.exitCode ?? 0);
});
