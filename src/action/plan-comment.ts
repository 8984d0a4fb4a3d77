/** The plan of a step on its pull request. Whatever GitHub says to that, the plan has been made: a warning at most. */
import { say, withTexts } from '../core/model/message.ts';
import type { PlanLevel } from '../core/model/plan-level.ts';
import { inOneLine } from '../core/model/shown.ts';
import type { Outcome } from '../core/report/outcome.ts';
import type { Settings } from '../core/settings/parse.ts';
import { PortError } from '../ports/errors.ts';
import type { Environment } from '../wiring/environment.ts';
import { failureText } from '../wiring/failure.ts';
import { failureComment, planComment, type CommentSubject } from './comment-text.ts';
import { githubApi } from './github.ts';
import { readGithubRun, type GithubRun, type PullRequest } from './github-event.ts';
import type { Inputs } from './inputs.ts';
import { annotation, print } from './log.ts';
import { comment, replaceComment, type Commented } from './pull-request-comment.ts';

const TITLE = { title: 'Keyferry: comment' };

/** What is told of a plan is known by these, also where other inputs were refused. */
export interface PlanInputs extends Pick<Inputs, 'comment' | 'githubToken'> {
  readonly settings: Pick<Settings, 'installation' | 'installationNamespace' | 'filename' | 'logLevel'> & {
    /** Absent where the input is none. */
    readonly planLevel?: PlanLevel;
  };
}

/** `undefined` = there is no plan: an earlier comment must not look as if it still held. Never rejects. */
export async function tellPullRequest(
  outcome: Outcome | undefined,
  inputs: PlanInputs,
  environment: Environment,
): Promise<void> {
  const run = inputs.comment === 'false' ? undefined : await readGithubRun(environment);
  const pullRequest = run?.pullRequest;
  if (run === undefined || pullRequest === undefined) {
    if (inputs.comment === 'true') annotation('warning', noPullRequest(), TITLE);
    return;
  }
  if (inputs.githubToken === '') {
    annotation(
      'warning',
      'The plan is no comment: the input github-token is empty. Leave it out, or give a token.',
      TITLE,
    );
    return;
  }
  try {
    const commented = await send(outcome, inputs, { run, pullRequest, environment });
    print(
      outcome === undefined && commented.outcome === 'none'
        ? nothingToUpdate(pullRequest)
        : told(commented, pullRequest),
    );
  } catch (error) {
    tellRefusal(error, inputs, pullRequest);
  }
}

function noPullRequest(): string {
  return 'The plan is no comment: this run belongs to no pull request. Run it on pull_request, or set the input comment to auto.';
}

function nothingToUpdate({ number }: PullRequest): string {
  return `Pull request #${number} has no comment that is surely of this plan: none was updated.\n`;
}

interface CommentingRun {
  readonly run: GithubRun;
  readonly pullRequest: PullRequest;
  readonly environment: Environment;
}

async function send(
  outcome: Outcome | undefined,
  inputs: PlanInputs,
  { run, pullRequest, environment }: CommentingRun,
): Promise<Commented> {
  const api = githubApi(inputs, run, environment);
  const subject = subjectOf(inputs, outcome);
  const commenting = { api, run, pullRequest, subject };
  if (outcome === undefined) return await replaceComment(commenting, (before) => failureComment(before, run));
  const hasNews = outcome.plan?.changed === true || outcome.exitCode(false) === 1;
  const body = planComment(outcome, subject, run);
  return await comment(commenting, { body, create: hasNews });
}

/** Two plans of one level are told apart by where they would write; offline by what is planned. */
function subjectOf({ settings }: PlanInputs, outcome: Outcome | undefined): CommentSubject {
  const { installation, installationNamespace = '', planLevel, filename } = settings;
  const place = planLevel === 'offline' ? filename.join(' ') : outcome?.plan?.cluster;
  const namespace = installationNamespace;
  const subject = { installation, namespace, ...(planLevel === undefined ? {} : { level: planLevel }) };
  return place === undefined ? subject : { ...subject, place };
}

function told(commented: Commented, { number }: PullRequest): string {
  switch (commented.outcome) {
    case 'created':
    case 'updated':
      return `The comment on pull request #${number} was ${commented.outcome}: ${commented.url}\n`;
    case 'newer':
      return `A newer run has commented on pull request #${number}; its comment stays.\n`;
    case 'none':
      return `Nothing changes, and pull request #${number} has no comment of this plan: none was written.\n`;
    default:
      return commented satisfies never;
  }
}

function tellRefusal(error: unknown, inputs: PlanInputs, { number, isFork }: PullRequest): void {
  if (!(error instanceof PortError)) {
    annotation('warning', failureText(error), TITLE);
    return;
  }
  // GitHub: a token that may read the repository but not its pull requests gets 404 for their comments.
  const mayNot = ['Forbidden', 'NotFound', 'Unauthenticated'].includes(error.kind);
  if (mayNot && isFork) {
    annotation(
      'notice',
      `The plan is no comment: pull request #${number} comes from a fork, whose workflows may only read. The summary of the run has it.`,
      TITLE,
    );
    return;
  }
  const fix = mayNot
    ? missingPermission(inputs)
    : say`${withTexts(error.fix, inOneLine)} The summary of the run has the plan.`;
  const what = withTexts(error.what, inOneLine);
  annotation('warning', say`The plan is no comment on pull request #${number}: ${what}. ${fix}`, TITLE);
}

/** All that the step needs, for `permissions:` takes away what it does not name. */
function missingPermission({ settings }: PlanInputs): string {
  const login = settings.planLevel === 'offline' ? [] : ['  id-token: write'];
  const lines = ['permissions:', '  contents: read', ...login, '  pull-requests: write'];
  return `Give the job these permissions, or set the input comment to false; the summary of the run has the plan.\n${lines.join('\n')}`;
}
