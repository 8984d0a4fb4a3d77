#!/usr/bin/env node
/** The executable: hands the process over to `main`. */
import { main } from './main.ts';

const screen = (stream: NodeJS.WriteStream) => ({
  isTTY: stream.isTTY,
  write: (text: string) => void stream.write(text),
});

process.exitCode = await main(process.argv.slice(2), process.env, {
  stdout: screen(process.stdout),
  stderr: screen(process.stderr),
});
