#!/usr/bin/env node
/** The executable: hands the process over to `main`. */
import './older-node.ts';
import { stopOnSignals } from '../wiring/stop-signal.ts';
import { main } from './main.ts';
import { showFailure } from './show.ts';

const screen = (stream: NodeJS.WriteStream) => ({
  isTTY: stream.isTTY,
  get columns() {
    return stream.columns;
  },
  write: (text: string) => void stream.write(text),
});

/** Whoever reads our output may stop early, as `head` does. Anything else, as a full disk, is told where it still can be. */
let isLost = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || isLost) return;
  isLost = true;
  process.exitCode = 1;
  showFailure(screen(process.stderr), unwritten(error));
});
/** There is nowhere left to tell it. */
process.stderr.on('error', () => undefined);

function unwritten({ code = 'unknown' }: NodeJS.ErrnoException): string {
  const fix = code === 'ENOSPC' ? 'Make room on the disk that it goes to' : 'Check what it goes to';
  return `standard output cannot be written (${code}). The command itself came to its end. ${fix}, and run again to see what it says.`;
}

const stop = stopOnSignals(process);

// No top-level await: a bundler turns it into a slower start.
void main(process.argv.slice(2), {
  environment: process.env,
  stdout: screen(process.stdout),
  stderr: screen(process.stderr),
  stop,
}).then((code) => {
  process.exitCode = isLost ? 1 : code;
  // A run that was stopped while it read has requests open that nobody waits for any more.
  if (stop.signal.aborted) process.exit();
});
