/**
 * What the PushSecrets of an installation wrote into vaults, where it goes with the installation.
 *
 * A last pass deletes it, in the cluster: there are the identities and the network that reach the vaults, and everything
 * that says which objects are the installation's own. Secrets come later, so that none counts as an absent source; and the
 * CronJob is suspended first, so that no other pass pushes again what is gone.
 */
import { managerOf, type Installation } from '../../core/deploy/installation.ts';
import type { PassReport } from '../../core/model/pass-report.ts';
import { command, say, setting } from '../../core/model/message.ts';
import { plural } from '../../core/model/plural.ts';
import type { Problem } from '../../core/model/problem.ts';
import { vaultRefText } from '../../core/model/vault-object.ts';
import { vaultOf } from '../../core/plan/push/recorded.ts';
import type { HandledObject } from '../../core/report/deployment.ts';
import type { State } from '../../ports/state.ts';
import { runStopped } from '../stop.ts';
import type { FactPorts } from './cluster-facts.ts';
import { startAndFollow, type Followed } from './follow.ts';
import { cronJobRef, findCronJob } from './installed-cron-job.ts';
import { untilNoPass, type PassPorts } from './until-no-pass.ts';

export type VaultPorts = PassPorts & FactPorts;

export interface VaultObjectsRequest {
  readonly installation: Installation;
  /** What becomes of them. */
  readonly vaultObjects: 'keep' | 'delete';
  /** For the pass that deletes them. */
  readonly waitTimeoutMs: number;
}

export interface HandledVaultObjects {
  readonly handled: readonly HandledObject[];
  readonly problems: readonly Problem[];
  /** False where some that were to go are still there: nothing else is to be taken away then. */
  readonly areDone: boolean;
}

export async function handleVaultObjects(
  ports: VaultPorts,
  request: VaultObjectsRequest,
): Promise<HandledVaultObjects> {
  const written = await writtenBy(ports.stateOf(request.installation).state);
  if (written.length === 0) return { handled: [], problems: [], areDone: true };
  if (request.vaultObjects === 'keep') return { handled: handledAs('kept', written), problems: [], areDone: true };
  const followed = await lastPass(ports, request);
  const left = await writtenBy(ports.stateOf(request.installation).state);
  const deleted = 'pass' in followed ? deletedIn(followed.pass) : [];
  const handled = [...handledAs('deleted', deleted), ...handledAs('failed', left)];
  if (left.length === 0) return { handled, problems: [], areDone: true };
  return { handled, problems: [whyLeft(followed, request.installation, left.length)], areDone: false };
}

/** `kv-shop secret/orders-password`. */
async function writtenBy(state: Pick<State, 'remembered' | 'read'>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const ref of await state.remembered('push')) {
    for (const { vaultUrl, type, name } of (await state.read(ref))?.pushed ?? []) {
      found.push(vaultRefText({ kind: 'vault-object', vaultUrl, vault: vaultOf(vaultUrl), type, name }));
    }
  }
  return [...new Set(found)].sort();
}

function handledAs(outcome: HandledObject['outcome'], objects: readonly string[]): readonly HandledObject[] {
  return objects.map((object) => ({ object, outcome }));
}

async function lastPass(
  ports: VaultPorts,
  { installation, waitTimeoutMs: timeoutMs }: VaultObjectsRequest,
): Promise<Followed> {
  const { objects } = ports;
  if ((await findCronJob(objects, installation)) === undefined) return { explanation: GONE, timedOut: false, log: '' };
  const ref = cronJobRef(installation);
  const cronJob = await objects.patch(ref, { spec: { suspend: true } }, managerOf(installation));
  await untilNoPass(ports, installation);
  const pass = { force: true, vaultObjects: 'delete' } as const;
  return await startAndFollow({ ...ports, installation, cronJob, pass, timeoutMs });
}

const GONE = {
  what: 'its CronJob is gone, so that no pass can delete them',
  fix: 'Delete them in the vault: their tag keyferry-owner says that they are of this installation.',
  mayPass: false,
};

function deletedIn({ pushes = [] }: PassReport): readonly string[] {
  const changes = pushes.flatMap((push) => push.changes ?? []);
  return changes.filter(({ action }) => action === 'remove').map(({ target }) => target);
}

function whyLeft(followed: Followed, installation: Installation, count: number): Problem {
  const left = `${plural(count, 'vault object')} of its PushSecrets ${count === 1 ? 'is' : 'are'} still there`;
  const rest = 'Nothing else was taken away, and the CronJob is suspended.';
  if ('stopped' in followed) return runStopped(left, `${rest} Run it again: it goes on where this ended.`);
  const why = 'pass' in followed ? '' : say`: ${followed.explanation.what}`;
  const fix =
    'pass' in followed
      ? say`See why with ${command('status')}, and run again.`
      : say`${followed.explanation.fix} Then run again.`;
  return {
    severity: 'error',
    code: 'vault-objects-left',
    at: { kind: 'CronJob', ...installation },
    hasSubject: true,
    what: say`${left}${why}`,
    fix: say`${rest} ${fix} With ${setting('vault-objects')} keep they stay.`,
  };
}
