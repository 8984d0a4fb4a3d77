#!/usr/bin/env node
/** The executable: hands the process over to `main`. */
import { main } from './main.ts';

const screen = (stream: NodeJS.WriteStream) => ({
  isTTY: stream.isTTY,
  write: (text: string) => void stream.write(text),
});

/** Whoever reads our output may stop early, as `head` does. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
}

process.exitCode = await main(process.argv.slice(2), process.env, {
  stdout: screen(process.stdout),
  stderr: screen(process.stderr),
});
