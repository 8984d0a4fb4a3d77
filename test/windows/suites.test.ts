/** The tests of all that touches files, processes and sockets, in Node for Windows: their own files, as they are. */
import { expect, it } from '@jest/globals';
import { globSync } from 'node:fs';
import { ROOT } from '../bundle/bundle.ts';
import { startNode } from './windows-machine.ts';

const FOLDERS = 'action,adapters,contract,engine,job,scenarios,wiring';
const FILES = globSync([`test/{${FOLDERS}}/**/*.test.ts`, 'test/no-leaks.test.ts'], { cwd: ROOT }).sort();

it.each(FILES)('%s holds', async (file) => {
  const options = ['--disable-warning=ExperimentalWarning', '--import', './test/windows/use-node-runner.ts'];
  const args = [...options, '--test-reporter=tap', file];
  const { code, stdout, stderr } = await startNode({ args, cwd: ROOT, environment: {} }).ended;
  const failures = stdout.match(/^ *not ok [\s\S]*?^ *\.\.\.$/gmu) ?? [];
  expect({ code, stderr, failures }).toEqual({ code: 0, stderr: '', failures: [] });
  expect(stdout).toMatch(/^ *ok 1 /mu);
});
