/** `deploy`: render → look before → apply → run one Job now → follow it to its end → prune → report. */
import { plural } from '../core/model/plural.ts';
import { SERVED_KINDS, apiVersionsOf, roleOf } from '../core/model/kinds.ts';
import type { Served } from '../core/deploy/custom-resources.ts';
import { handedOver } from '../core/deploy/gone-intents.ts';
import type { Installation } from '../core/deploy/installation.ts';
import type { DeploymentInput } from '../core/deploy/deployment.ts';
import { keepOut } from '../core/deploy/sidecars.ts';
import { ownershipOf } from '../core/deploy/ownership.ts';
import type { Repository } from '../core/deploy/repository.ts';
import type { PullIntent } from '../core/model/intent.ts';
import { typedRefOf, type KubernetesObject } from '../core/model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../core/model/object-ref.ts';
import { hasErrors, type Problem } from '../core/model/problem.ts';
import { secretRef } from '../core/model/secret.ts';
import { targetOf } from '../core/model/target.ts';
import type { DeletionLimits } from '../core/plan/guards.ts';
import type { DeploymentReport, HandledObject } from '../core/report/deployment.ts';
import { startAndFollow, type Followed } from '../engine/installation/follow.ts';
import {
  install,
  prune,
  refuseDowngrade,
  type HandledRef,
  type Installed,
  type Pruned,
} from '../engine/installation/install.ts';
import { disown } from '../engine/installation/leave.ts';
import { preflight, type Preflight } from '../engine/installation/preflight.ts';
import { isStopping, runStopped, unlessStopped } from '../engine/stop.ts';
import { yieldingFor } from '../engine/installation/trial.ts';
import type { Clock } from '../ports/clock.ts';
import { PortError } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { Objects } from '../ports/objects.ts';
import type { State } from '../ports/state.ts';
import { asDeployer } from './deployer-rights.ts';
import { render, type RenderCluster, type Rendered, type RenderRequest } from './render.ts';
import { together } from '../engine/limits.ts';

export interface DeployPorts {
  readonly manifests: ManifestSource;
  readonly objects: Objects;
  /** What the installation remembers, and in how many ConfigMaps. */
  readonly stateOf: (installation: Installation) => {
    readonly state: State;
    readonly stateCount: () => Promise<number>;
  };
  readonly clock: Clock;
  readonly logger: Logger;
  readonly stop?: AbortSignal;
}

export interface DeployRequest extends RenderRequest {
  readonly allowDowngrade: boolean;
  /** On Secrets that go with custom resources; `undefined` = no limit, for the pass that is waited for as well. */
  readonly deletionLimits: DeletionLimits | undefined;
  readonly waitTimeoutMs: number;
  /** The repository that this run is of. */
  readonly repository?: Repository | undefined;
}

/**
 * Applies nothing where anything stands in its way that can be seen before. Rejects with a PortError where the cluster
 * refuses, and with RunStopped where it is asked to stop before its first write; after that it reports.
 */
export async function deploy(ports: DeployPorts, request: DeployRequest): Promise<DeploymentReport> {
  const looked = await unlessStopped(ports, () => lookBefore(ports, request));
  return 'command' in looked ? looked : await carryOut(ports, request, looked);
}

/** The report of a deployment that is refused, or what is to be applied. Writes nothing. */
async function lookBefore(ports: DeployPorts, request: DeployRequest): Promise<DeploymentReport | Ready> {
  const rendered = await render(ports.manifests, request, clusterOf(ports, request));
  const { deployment, installation, intents, problems } = rendered;
  if (deployment === undefined || installation === undefined) {
    const { name, namespace = request.namespace } = request.installation;
    return refused(ports, installation ?? { name, namespace }, problems);
  }
  const { objects, clock } = ports;
  if (!request.allowDowngrade) await refuseDowngrade(objects, installation, request.version);
  const { controllerClass, deletionLimits, repository } = request;
  const told = { controllerClass, deletionLimits, repository, now: clock.now() };
  const looked = await preflight({ objects, installation, deployment, intents, ...told });
  const all = [...problems, ...looked.problems];
  if (hasErrors(looked.problems)) return refused(ports, installation, all);
  return { ...rendered, deployment, installation, problems: all, looked };
}

interface Ready extends Required<Rendered> {
  readonly looked: Preflight;
}

async function carryOut(ports: DeployPorts, request: DeployRequest, ready: Ready): Promise<DeploymentReport> {
  const { objects, logger, stop } = ports;
  const { installation, deployment, looked, problems } = ready;
  const howFor: Parameters<typeof install>[0]['howFor'] = (object) => yieldingFor(object, looked.own);
  const { repository } = request;
  const stoppable = stop === undefined ? {} : { stop };
  const before = looked.before;
  const input = { objects, logger, installation, deployment, before, repository, howFor, ...stoppable };
  const installed = await install(input);
  if (installed.problems.length > 0) return halfApplied(ports, ready, installed);
  const { applied, cronJob } = installed;
  const followed = await runOnce(ports, request, { ready, cronJob }).catch(notFollowed);
  // What went away goes last: until the pass has run, a pod of before may still need it.
  const { pruned, problems: unpruned } =
    'pass' in followed ? await prune(input, looked.gone) : leftWhereStopped(followed, looked.gone);
  return {
    ...reportOf(ports, installation, [...applied, ...pruned]),
    problems: [
      ...problems,
      ...followProblems(followed, installation),
      ...unpruned,
      ...stopProblems(followed, { unapplied: countLeft(applied), undeleted: countLeft(pruned) }),
    ],
    ...('pass' in followed ? { pass: followed.pass } : {}),
  };
}

/** No pass is started over half an installation; what was there before goes on with what was applied. */
function halfApplied(ports: DeployPorts, { installation, problems }: Ready, installed: Installed): DeploymentReport {
  const { applied, problems: failed } = installed;
  const missing = applied
    .filter(({ outcome }) => outcome === 'left' || outcome === 'failed')
    .map(({ ref }) => refText(ref));
  const half: Problem = {
    severity: 'error',
    code: 'half-applied',
    what: `the installation is half applied, and no pass was started. Not applied: ${missing.join(', ')}`,
    fix: 'Mend what is told above, and deploy again: what is done stays done.',
  };
  return { ...reportOf(ports, installation, applied), problems: [...problems, ...failed, half] };
}

function reportOf(
  { objects }: DeployPorts,
  { namespace, name }: Installation,
  handled: readonly HandledRef<HandledObject['outcome']>[],
): Omit<DeploymentReport, 'problems'> {
  return {
    command: 'deploy',
    installation: `${namespace}/${name}`,
    cluster: objects.description,
    objects: handled.map(({ ref, outcome }) => ({ object: refText(ref), outcome })),
  };
}

/** Everything is applied then: that must be told, whatever stands in the way of the pass. */
function notFollowed(error: unknown): Followed {
  if (!(error instanceof PortError)) throw error;
  const { what, fix } = error;
  return { explanation: { what: `no pass was seen: ${what}`, fix, mayPass: false }, timedOut: false, log: '' };
}

interface Once {
  readonly ready: Ready;
  /** Absent where it was not applied any more. */
  readonly cronJob: KubernetesObject | undefined;
}

async function runOnce(ports: DeployPorts, request: DeployRequest, { ready, cronJob }: Once): Promise<Followed> {
  if (cronJob === undefined) return { stopped: 'not-started' };
  await handOver(ports, ready);
  const { objects, clock, logger, stop } = ports;
  return await startAndFollow({
    objects,
    clock,
    logger,
    installation: ready.installation,
    cronJob,
    intentsDigest: ready.deployment.intentsDigest,
    force: request.deletionLimits === undefined,
    timeoutMs: request.waitTimeoutMs,
    ...(stop === undefined ? {} : { stop }),
  });
}

function leftWhereStopped(followed: Followed, gone: Preflight['gone']): Pruned {
  const left = gone.map((object) => ({ ref: typedRefOf(object), outcome: 'left' as const }));
  return { pruned: 'stopped' in followed ? left : [], problems: [] };
}

function countLeft(handled: readonly HandledRef<string>[]): number {
  return handled.filter(({ outcome }) => outcome === 'left').length;
}

interface LeftCounts {
  readonly unapplied: number;
  /** What is no longer part of the deployment, and still there. */
  readonly undeleted: number;
}

function stopProblems(followed: Followed, { unapplied, undeleted }: LeftCounts): readonly Problem[] {
  const gone = `${plural(undeleted, 'object')} no longer part of the deployment`;
  if (!('stopped' in followed)) {
    if (undeleted === 0) return [];
    return [
      runStopped(`everything was applied, but not deleted yet: ${gone}`, 'Run it again: it deletes what is left.'),
    ];
  }
  if (followed.stopped === 'under-way') {
    const done = 'everything was applied, and the pass that was started goes on in the cluster';
    const rest = undeleted === 0 ? '' : ` The next deployment deletes ${gone}.`;
    return [runStopped(done, `See how it ended with the command status.${rest}`)];
  }
  const done = unapplied === 0 ? 'everything was applied' : `not applied yet: ${plural(unapplied, 'object')}`;
  const what = `${done}; no pass was started, what was begun was finished`;
  return [runStopped(what, 'Run it again: what is done stays done.')];
}

/** Secrets that go on under another ExternalSecret must be free before the pass, and outlive their resource. */
async function handOver(ports: DeployPorts, { installation, intents, looked }: Ready): Promise<void> {
  const { objects, stateOf, logger } = ports;
  const { state } = stateOf(installation);
  const current = new Set(intents.map(({ ref }) => refText(ref)));
  const gone = looked.gone.filter((one) => roleOf(one.kind) === 'pull' && ownershipOf(one, installation) === 'own');
  await together(gone, async (live) => {
    if (isStopping(ports)) return;
    const { namespace = '', name } = live.metadata;
    const ref = { kind: live.kind, namespace, name };
    const disowned = await disown(objects, live, handedOver(live, intents), installation);
    for (const secret of disowned) logger.info(`${refText(secret)}: taken off ${refText(ref)}`);
    if (!current.has(refText(ref)) && (await state.read(ref)) !== undefined) await state.forget(ref);
  });
}

/** What rendering asks of the cluster that is deployed to. */
export function clusterOf(
  ports: Pick<DeployPorts, 'objects' | 'stateOf'>,
  { home }: Pick<RenderRequest, 'home'>,
): RenderCluster {
  return {
    served: () => servedBy(ports.objects),
    remembered: (installation, intents) =>
      asDeployer(installation.namespace, () => rememberedBy(ports, { installation, intents, home })),
  };
}

async function servedBy(objects: Objects): Promise<Served> {
  const found = new Map<string, string>();
  for (const row of SERVED_KINDS) {
    for (const apiVersion of apiVersionsOf(row)) {
      if (!found.has(row.kind) && (await objects.serves(apiVersion, row.kind))) found.set(row.kind, apiVersion);
    }
  }
  return (kind) => found.get(kind);
}

function refused(
  { objects }: DeployPorts,
  { name, namespace }: { readonly name: string; readonly namespace?: string | undefined },
  problems: readonly Problem[],
): DeploymentReport {
  return {
    command: 'deploy',
    installation: namespace === undefined ? name : `${namespace}/${name}`,
    cluster: objects.description,
    objects: [],
    problems,
  };
}

function followProblems(followed: Followed, installation: Installation): readonly Problem[] {
  const at = { kind: 'CronJob', ...installation };
  if ('pass' in followed) return besideProblems(followed.beside ?? [], at);
  if (!('explanation' in followed)) return [];
  const { explanation, log } = followed;
  const end = log === '' ? {} : { fix: `${explanation.fix} The end of its log:`, quoted: log.split('\n') };
  return [
    {
      severity: 'error',
      code: 'pass-missing',
      at,
      what: explanation.what,
      fix: explanation.fix,
      ...end,
    },
  ];
}

/** The pass came to its end, but the Job that made it may not. */
function besideProblems(beside: readonly string[], at: ObjectRef): readonly Problem[] {
  return beside.map((name) => ({
    severity: 'warning',
    code: 'container-beside',
    at,
    what: `its pods also hold container ${name}: unless that ends when the pass does, each Job runs until its deadline and fails (DeadlineExceeded)`,
    fix: keepOut(name),
  }));
}

interface Remembering extends Pick<DeploymentInput, 'home'> {
  readonly installation: Installation;
  readonly intents: readonly PullIntent[];
}

/**
 * Secrets that the job still has to delete: of intents that are gone, and of targets that got another name. Where
 * ExternalSecrets are custom resources, the Secret of one that is gone goes with it.
 */
async function rememberedBy(
  { stateOf }: Pick<DeployPorts, 'stateOf'>,
  { installation, intents, home }: Remembering,
): Promise<DeploymentInput['remembered']> {
  const { state, stateCount } = stateOf(installation);
  const targets = new Map(intents.map((intent) => [refText(intent.ref), intent]));
  const leftBehind: ObjectRef[] = [];
  for (const ref of await state.remembered()) {
    const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
    const name = lastTarget ?? binding;
    const intent = targets.get(refText(ref));
    const isCurrent = intent !== undefined && targetOf(intent).name === name;
    const goesAlong = intent === undefined && home === 'custom-resources';
    if (name !== '' && !isCurrent && !goesAlong) leftBehind.push(secretRef(ref.namespace ?? '', name));
  }
  return { leftBehind, stateCount: Math.max(1, await stateCount()) };
}
