/**
 * Runs conformance cases outside jest: `npm run test:conformance`.
 *
 * CONFORMANCE_DIR names another folder of cases, searched with the folders in it: YAML files are cases of objects, JSON
 * files are lists of template cases. The last line is always `N passed, N failed`; a file that is no case counts as
 * failed.
 */
import { join } from 'node:path';
import { loadCases } from './load-case.ts';
import { startConformanceAzure } from './loopback.ts';
import { failuresOf, IN_MEMORY, pendingText, sortCases, waysToPlay } from './run-all.ts';
import { loadTemplateCases } from './template/load.ts';
import { failureOf } from './template/run.ts';

const folder = process.env['CONFORMANCE_DIR'] ?? join(import.meta.dirname, 'cases');
const write = (text: string): void => void process.stdout.write(text);

interface Count {
  readonly passed: number;
  readonly failed: number;
}

async function main(): Promise<number> {
  const counts = [await runObjectCases(), runTemplateCases()];
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

function runTemplateCases(): Count {
  const { cases, malformed } = loadTemplateCases(folder);
  let failed = malformed.length;
  for (const { file, malformed: message } of malformed) write(`${file}: not a list of cases\n${indented(message)}`);
  for (const loaded of cases) {
    const failure = failureOf(loaded);
    if (failure === undefined) continue;
    failed += 1;
    write(`${loaded.case.id} (${loaded.file})\n${indented(failure)}`);
  }
  return { passed: cases.length + malformed.length - failed, failed };
}

async function runObjectCases(): Promise<Count> {
  const { runnable, malformed, pending } = sortCases(loadCases(folder));
  const azure = await startConformanceAzure();
  let failed = malformed.length;
  for (const { file, malformed: message } of malformed) write(`${file}: not a case\n${indented(message)}`);
  let played = malformed.length;
  for (const { file, case: one } of runnable) {
    for (const { name, open } of waysToPlay(one, IN_MEMORY)) {
      played += 1;
      const failures = await failuresOf(one, azure, open);
      if (failures.length === 0) continue;
      failed += 1;
      write(`${name}: ${one.title} (${file})\n${indented(failures.join('\n'))}`);
    }
  }
  await azure.close();
  write(pendingText(pending));
  return { passed: played - failed, failed };
}

function indented(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}\n`;
}

try {
  process.exitCode = await main();
} catch (error) {
  write(`${folder}: ${error instanceof Error ? error.message : String(error)}\n0 passed, 1 failed\n`);
  process.exitCode = 1;
}
