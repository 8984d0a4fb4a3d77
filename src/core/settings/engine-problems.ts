/** What cannot go together with `--engine`, told with the nearest right thing. */
import type { Problem } from '../model/problem.ts';

export type Engine = 'cronjob' | 'runner' | 'eso';

/** Settings of pods and objects that the engine runner never makes, with the value that means they were not given. */
const OF_PODS: Readonly<Record<string, unknown>> = {
  image: 'node:24-slim',
  engineImage: undefined,
  imagePullSecret: [],
  podEnv: [],
  caConfigMap: undefined,
  toleration: [],
  memory: '256Mi',
  serviceAccount: undefined,
};

/** Of the settings that `deploy` takes, by their property; none for other commands, which have no engine. */
export function engineProblems(values: Readonly<Record<string, unknown>>): readonly Problem[] {
  switch (values['engine'] as Engine | undefined) {
    case undefined:
    case 'cronjob':
      return [];
    case 'runner':
      return Object.keys(OF_PODS)
        .filter((name) => !isLike(values[name], OF_PODS[name]))
        .map(noPods);
    case 'eso':
      return [notBuilt()];
  }
}

function isLike(given: unknown, absent: unknown): boolean {
  return JSON.stringify(given) === JSON.stringify(absent);
}

function noPods(property: string): Problem {
  const name = property.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  return problem(
    `--${name} cannot go with --engine runner, which makes nothing in the cluster but Secrets`,
    name === 'service-account'
      ? 'Leave it out: the vault is read with --azure-client-id.'
      : 'Leave it out, or take --engine cronjob.',
  );
}

function notBuilt(): Problem {
  return problem('--engine eso is not built yet', 'Take --engine cronjob, or --engine runner, which installs nothing.');
}

function problem(what: string, fix: string): Problem {
  return { severity: 'error', code: 'setting', what, fix };
}
