/** The step's inputs and surroundings → GitHub: its API, and the manifests of a pull request's base. */
import { say, setting } from '../core/model/message.ts';
import { setSecret } from '@actions/core';
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { systemClock } from '../adapters/node/clock.ts';
import type { Settings } from '../core/settings/parse.ts';
import { SecretValue } from '../core/model/secret-value.ts';
import { PortError } from '../ports/errors.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { Environment } from '../wiring/environment.ts';
import { filled } from '../wiring/manifests.ts';
import { givenBase } from '../wiring/offline.ts';
import { baseCommit } from './base-commit.ts';
import { BaseManifests, checkoutOf } from './base-manifests.ts';
import { GithubApi } from './github-api.ts';
import { readGithubRun, type GithubRun, type PullRequest } from './github-event.ts';
import type { Inputs } from './inputs.ts';
import { workflowLogger } from './log.ts';

/** The runner knows its own token; one that is given may come from anywhere. */
export function githubApi(
  { githubToken, settings }: { readonly githubToken: string; readonly settings: Pick<Settings, 'logLevel'> },
  run: GithubRun,
  environment: Environment,
): GithubApi {
  const masker = new RedactingMasker();
  masker.mask(SecretValue.ofText(githubToken));
  if (githubToken !== '') setSecret(githubToken);
  return new GithubApi({
    apiUrl: run.apiUrl,
    graphqlUrl: run.graphqlUrl,
    token: githubToken,
    environment,
    retry: { clock: systemClock, logger: workflowLogger(settings, masker), random: Math.random },
  });
}

/** Those of the input base, else of what the pull request is to be merged into. Rejects with a PortError. */
export async function baseOf(inputs: Inputs, environment: Environment): Promise<ManifestSource> {
  const { settings } = inputs;
  if (settings.base.length > 0) return givenBase(settings);
  const run = await readGithubRun(environment);
  if (run?.pullRequest === undefined) throw noPullRequest();
  const folder = process.cwd();
  const api = githubApi(inputs, run, environment);
  const root = checkoutOf(settings.filename, folder);
  const { pullRequest } = run;
  const commit = await readable(() => baseCommit(api, { run, pullRequest, root }), rightsFor(pullRequest));
  const { repository } = run;
  const source = new BaseManifests({ api, repository, commit, paths: settings.filename, folder, root });
  return { load: () => readable(() => filled(source, settings).load(), CONTENTS) };
}

const CONTENTS = 'contents: read';

/** GitHub: where the event does not name the base, the pull request itself is asked, which is another right. */
function rightsFor({ baseSha }: PullRequest): string {
  return baseSha === undefined ? `${CONTENTS} and pull-requests: read` : CONTENTS;
}

/** Says which rights may be missing. */
async function readable<Read>(reading: () => Promise<Read>, rights: string): Promise<Read> {
  return await reading().catch((error: unknown) => {
    throw error instanceof PortError && MAY_BE_A_RIGHT.includes(error.kind) ? notReadable(error, rights) : error;
  });
}

/** GitHub: what a token may not see is 404. */
const MAY_BE_A_RIGHT: readonly string[] = ['Forbidden', 'NotFound', 'Unauthenticated'];

function notReadable(error: PortError, rights: string): PortError {
  return new PortError({
    kind: 'Forbidden',
    code: 'BaseUnreadable',
    whole: true,
    what: say`the manifests of the base could not be read: ${error.what}`,
    fix: `Add permissions: ${rights} to the job, or give the manifests to compare with in the input base.`,
    cause: error,
  });
}

function noPullRequest(): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'Setting',
    whole: true,
    what: say`${setting('base')} is missing, which a plan of ${setting('plan-level')} offline compares with, and this run belongs to no pull request`,
    fix: 'Give the manifests as they were before, or run on pull_request.',
  });
}
