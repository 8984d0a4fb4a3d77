/** The repository that this run is of, from the variables that GitHub sets for every step. */
import type { Repository } from '../core/deploy/repository.ts';
import type { Environment } from './environment.ts';

/** `undefined` = a laptop, or a CI that does not say. */
export function repositoryOfRun(environment: Environment): Repository | undefined {
  const { GITHUB_REPOSITORY: name = '', GITHUB_REPOSITORY_ID: id = '' } = environment;
  if (!/^[\w.-]+\/[\w.-]+$/u.test(name)) return undefined;
  const server = environment['GITHUB_SERVER_URL'] ?? '';
  const url = `${server === '' ? 'https://github.com' : server.replace(/\/+$/u, '')}/${name}`;
  return { url, ...(/^\d+$/u.test(id) ? { id } : {}) };
}
