/**
 * Runs conformance cases outside jest: `npm run test:conformance`.
 *
 * CONFORMANCE_DIR names another folder of cases, searched with the folders in it. The last line is always
 * `N passed, N failed`; a file that is no case counts as failed.
 */
import { join } from 'node:path';
import { loadCases } from './load-case.ts';
import { startConformanceAzure } from './loopback.ts';
import { failuresOf, pendingText, sortCases } from './run-all.ts';

const folder = process.env['CONFORMANCE_DIR'] ?? join(import.meta.dirname, 'cases');
const write = (text: string): void => void process.stdout.write(text);

async function main(): Promise<number> {
  const { runnable, malformed, pending } = sortCases(loadCases(folder));
  const azure = await startConformanceAzure();
  let failed = malformed.length;
  for (const { file, malformed: message } of malformed) write(`${file}: not a case\n${indented(message)}`);
  for (const { file, case: one } of runnable) {
    const failures = await failuresOf(one, azure);
    if (failures.length === 0) continue;
    failed += 1;
    write(`${one.id}: ${one.title} (${file})\n${indented(failures.join('\n'))}`);
  }
  await azure.close();
  write(pendingText(pending));
  write(`${runnable.length + malformed.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
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
