/** Where a step's results go beside the log: outputs, the summary, and files for later steps. */
import { setOutput } from '@actions/core';
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../wiring/environment.ts';
import { inWordsOfTheAction } from './input-table.ts';
import type { Outcome } from '../core/report/outcome.ts';
import { writeRunnerFile } from './runner-files.ts';

/** GitHub drops the summary of a step that is larger than 1 MiB. */
const LARGEST_SUMMARY_BYTES = 1024 * 1024;
const CUT = '\n\nThis is not all: a summary has room for 1 MiB. The file of the output report-path holds the rest.\n';

/** `reportPath` is where the report is; `undefined` where it could not be written. */
export function setOutputs({ outputs, problems }: Outcome, reportPath: string | undefined): void {
  for (const [name, value] of Object.entries(outputs)) if (value !== undefined) setOutput(name, value);
  setOutput('problems', problems.filter(({ severity }) => severity === 'error').length);
  if (reportPath !== undefined) setOutput('report-path', reportPath);
}

/**
 * A folder of its own for every step, so that two steps of a job do not overwrite each other's; never in the checkout.
 * Rejects with a PortError.
 */
export async function openResultFolder(environment: Environment): Promise<string> {
  const given = environment['RUNNER_TEMP'] ?? '';
  const parent = given === '' ? tmpdir() : resolve(given);
  return await writeRunnerFile('RUNNER_TEMP', () => mkdtemp(join(parent, 'keyferry-')));
}

/** Gives its path. */
export async function saveReport(json: string, folder: string): Promise<string> {
  const path = join(folder, 'report.json');
  await writeFile(path, inWordsOfTheAction(json));
  return path;
}

/** The objects of `render`, as `kubectl apply --server-side -f` takes them. They are the result, so that it rejects with a PortError. */
export async function saveRendered(yaml: string, folder: string): Promise<void> {
  const path = join(folder, 'installation.yaml');
  await writeRunnerFile('RUNNER_TEMP', () => writeFile(path, yaml));
  await writeRunnerFile('GITHUB_OUTPUT', () => setOutput('rendered-path', path));
}

/** Does nothing where there is no summary, as with programs that run workflows on a laptop. */
export async function addSummary(markdown: string, environment: Environment): Promise<void> {
  const file = environment['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') await appendFile(file, withinLimit(inWordsOfTheAction(markdown)));
}

/** Cut at a line end. */
export function withinLimit(markdown: string): string {
  if (Buffer.byteLength(markdown) <= LARGEST_SUMMARY_BYTES) return markdown;
  const room = Buffer.from(markdown).subarray(0, LARGEST_SUMMARY_BYTES - Buffer.byteLength(CUT));
  return `${room.subarray(0, room.lastIndexOf('\n')).toString('utf8')}${CUT}`;
}
