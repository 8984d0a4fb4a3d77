/**
 * The end of a job, also of one that was cancelled: takes away what the step left on the runner, and tells where a step
 * was killed before it could say anything itself.
 */
import { getState } from '@actions/core';
import { rm } from 'node:fs/promises';
import { annotation } from './log.ts';

/** The step leaves the folder of its results in this state. */
export const FOLDER_STATE = 'folder';
/** Set by a step that came to its end, whichever it was. */
export const ENDED_STATE = 'ended';
/** Set at the beginning of every step, so that the second start of the same file knows that it is the post step. */
export const STARTED_STATE = 'started';

export function isPostStep(): boolean {
  return getState(STARTED_STATE) !== '';
}

export async function runPostStep(): Promise<void> {
  const folder = getState(FOLDER_STATE);
  if (folder !== '') await rm(folder, { recursive: true, force: true });
  if (getState(ENDED_STATE) === '') annotation('warning', KILLED);
}

const KILLED =
  'the step was killed before its end. What it had written is whole, and a pass that it started in the cluster goes on: run the command again, or look with the command status.';
