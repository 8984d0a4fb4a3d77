/** Where a step's results go beside the log: outputs, the summary, and a file with the whole report. */
import { setOutput } from '@actions/core';
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../wiring/environment.ts';
import type { RunOutcome } from '../wiring/plan-outcome.ts';
import { inWordsOfTheAction } from './input-table.ts';

/** GitHub drops the summary of a step that is larger than 1 MiB. */
const LARGEST_SUMMARY_BYTES = 1024 * 1024;
const CUT = '\n\nThis is not all: a summary has room for 1 MiB. The file of the output report-path holds the rest.\n';

export function setOutputs({ changed, counts, problems, fingerprint }: RunOutcome): void {
  setOutput('changed', changed);
  for (const [name, count] of Object.entries(counts)) setOutput(name, count);
  setOutput('problems', problems.filter(({ severity }) => severity === 'error').length);
  setOutput('fingerprint', fingerprint);
}

/** A file of its own for every step, so that two steps of a job do not overwrite each other's. */
export async function saveReport(json: string, environment: Environment): Promise<void> {
  const folder = await mkdtemp(join(environment['RUNNER_TEMP'] ?? tmpdir(), 'keyferry-'));
  const path = join(folder, 'report.json');
  await writeFile(path, inWordsOfTheAction(json));
  setOutput('report-path', path);
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
