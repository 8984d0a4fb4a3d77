/** The entry of the job: hands the process over to `runJob`. */
import { stopOnSignals } from '../src/wiring/stop-signal.ts';
import { runJob } from './run.ts';

const stop = stopOnSignals(process);

// No top-level await: a bundler turns it into a slower start.
void runJob({ environment: process.env, stdout: process.stdout, stop }).then((code) => {
  process.exitCode = code;
  // A run that was stopped while it read has requests open that nobody waits for any more.
  if (stop.signal.aborted) process.exit();
});
