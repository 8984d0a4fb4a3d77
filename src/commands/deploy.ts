/** `deploy`: render → apply → run one Job now → follow it to its end → prune → report. */
import type { Installation } from '../core/deploy/installation.ts';
import type { DeploymentInput } from '../core/deploy/deployment.ts';
import type { PullIntent } from '../core/model/intent.ts';
import { refText, type ObjectRef } from '../core/model/object-ref.ts';
import type { Problem } from '../core/model/problem.ts';
import { secretRef } from '../core/model/secret.ts';
import { targetOf } from '../core/plan/pull.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import { startAndFollow, type Followed } from '../engine/follow.ts';
import { install, prune, refuseDowngrade, type Installed } from '../engine/install.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import type { Objects } from '../ports/objects.ts';
import type { State } from '../ports/state.ts';
import { render, type RenderRequest } from './render.ts';

export interface DeployPorts {
  readonly manifests: ManifestSource;
  readonly objects: Objects;
  /** What the installation remembers, and in how many ConfigMaps. */
  readonly stateOf: (installation: Installation) => { readonly state: State; readonly count: () => Promise<number> };
  readonly clock: Clock;
  readonly logger: Logger;
  readonly stop?: AbortSignal;
}

export interface DeployRequest extends RenderRequest {
  readonly allowDowngrade: boolean;
  readonly waitTimeoutMs: number;
}

/** Applies nothing where any manifest has an error. Rejects with a PortError where the cluster refuses. */
export async function deploy(ports: DeployPorts, request: DeployRequest): Promise<DeploymentReport> {
  const remember = (installation: Installation, intents: readonly PullIntent[]) =>
    rememberedBy(ports, installation, intents);
  const { deployment, installation, problems } = await render(ports.manifests, request, remember);
  if (deployment === undefined || installation === undefined) return refused(ports, request, problems);
  const { objects, logger, clock, stop } = ports;
  if (!request.allowDowngrade) await refuseDowngrade(objects, installation, request.version);
  const input = { objects, logger, installation, deployment };
  const installed = await install(input);
  const followed = await startAndFollow({
    objects,
    clock,
    logger,
    installation,
    cronJob: installed.cronJob,
    intentsDigest: deployment.intentsDigest,
    timeoutMs: request.waitTimeoutMs,
    ...(stop === undefined ? {} : { stop }),
  });
  // What went away goes last: until the pass has run, a pod of before may still need it.
  const pruned = 'pass' in followed ? await prune(input, installed.gone) : [];
  return {
    command: 'deploy',
    installation: `${installation.namespace}/${installation.name}`,
    cluster: objects.description,
    objects: [...handled(installed), ...pruned.map((ref) => ({ object: refText(ref), outcome: 'deleted' as const }))],
    problems: [...problems, ...followProblems(followed, installation)],
    ...('pass' in followed ? { pass: followed.pass } : {}),
  };
}

function refused(ports: DeployPorts, request: DeployRequest, problems: readonly Problem[]): DeploymentReport {
  const { name, namespace = request.namespace } = request.installation;
  return {
    command: 'deploy',
    installation: namespace === undefined ? name : `${namespace}/${name}`,
    cluster: ports.objects.description,
    objects: [],
    problems,
  };
}

function handled({ applied }: Installed): DeploymentReport['objects'] {
  return applied.map(({ ref, outcome }) => ({ object: refText(ref), outcome }));
}

function followProblems(followed: Followed, installation: Installation): readonly Problem[] {
  if ('pass' in followed) return [];
  const { explanation, log } = followed;
  const last = log === '' ? '' : ` The end of its log:\n${log}`;
  return [
    {
      severity: 'error',
      code: 'pass-missing',
      at: { kind: 'CronJob', ...installation },
      what: explanation.what,
      fix: `${explanation.fix}${last}`,
    },
  ];
}

/** Secrets that the job still has to delete: of intents that are gone, and of targets that got another name. */
async function rememberedBy(
  { stateOf }: DeployPorts,
  installation: Installation,
  intents: readonly PullIntent[],
): Promise<DeploymentInput['remembered']> {
  const { state, count } = stateOf(installation);
  const targets = new Map(intents.map((intent) => [refText(intent.ref), intent]));
  const leftBehind: ObjectRef[] = [];
  for (const ref of await state.remembered()) {
    const { lastTarget, binding = '' } = (await state.read(ref)) ?? {};
    const name = lastTarget ?? binding;
    const intent = targets.get(refText(ref));
    const isCurrent = intent !== undefined && targetOf(intent).name === name;
    if (name !== '' && !isCurrent) leftBehind.push(secretRef(ref.namespace ?? '', name));
  }
  return { leftBehind, stateCount: Math.max(1, await count()) };
}
