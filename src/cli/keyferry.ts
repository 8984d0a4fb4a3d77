#!/usr/bin/env node
/** The executable: hands the process over to `main`. */
import './older-node.ts';
import { stopOnSignals } from '../wiring/stop-signal.ts';
import { main } from './main.ts';

const screen = (stream: NodeJS.WriteStream) => ({
  isTTY: stream.isTTY,
  get columns() {
    return stream.columns;
  },
  write: (text: string) => void stream.write(text),
});

/** Whoever reads our output may stop early, as `head` does. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
}

const stop = stopOnSignals(process);

// No top-level await: a bundler turns it into a slower start.
void main(process.argv.slice(2), {
  environment: process.env,
  stdout: screen(process.stdout),
  stderr: screen(process.stderr),
  stop,
}).then((code) => {
  process.exitCode = code;
  // A run that was stopped while it read has requests open that nobody waits for any more.
  if (stop.signal.aborted) process.exit();
});
