/** Runs each command line that it is sent, as `src/cli/keyferry.ts` would, and sends back what a process would have left. */
import '../../src/cli/older-node.ts';
import { main, type Terminal } from '../../src/cli/main.ts';

interface Asked {
  readonly args: readonly string[];
  readonly environment: Terminal['environment'];
}

process.on('message', ({ args, environment }: Asked) => {
  const output = { stdout: '', stderr: '' };
  const screen = (name: keyof typeof output) => ({
    isTTY: false,
    write: (text: string) => void (output[name] += text),
  });
  const stop = { signal: new AbortController().signal, exitCode: () => undefined };
  void main(args, { environment, stdout: screen('stdout'), stderr: screen('stderr'), stop }).then((code) =>
    process.send?.({ code, ...output }),
  );
});
