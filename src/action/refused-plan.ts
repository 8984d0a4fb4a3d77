/**
 * Of a plan whose inputs were refused: what an earlier comment of it is found by. Read one by one, for it does not matter
 * here which of the others were wrong.
 */
import { getInput } from '@actions/core';
import { PLAN_LEVELS } from '../core/model/plan-level.ts';
import { linesOf } from './path-inputs.ts';
import type { PlanInputs } from './plan-comment.ts';

/** `undefined` = it was not the command plan, so that no comment is concerned. */
export function refusedPlan(): PlanInputs | undefined {
  if (getInput('command') !== 'plan') return undefined;
  const [installation, installationNamespace] = [getInput('installation'), getInput('installation-namespace')];
  const planLevel = levelOf(getInput('plan-level'));
  return {
    comment: getInput('comment') === 'false' ? 'false' : 'auto',
    githubToken: getInput('github-token'),
    settings: {
      installation: installation === '' ? 'keyferry' : installation,
      installationNamespace: installationNamespace === '' ? undefined : installationNamespace,
      ...(planLevel === undefined ? {} : { planLevel }),
      filename: linesOf(getInput('manifests')).filter((line) => line !== ''),
      logLevel: 'info',
    },
  };
}

function levelOf(given: string): (typeof PLAN_LEVELS)[number] | undefined {
  return PLAN_LEVELS.find((level) => level === (given === '' ? 'full' : given));
}
