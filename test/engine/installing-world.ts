/** An installation in a cluster in memory: deployed, looked at and taken away, with whatever the API server says to it. */
import { deploy, type DeployPorts, type DeployRequest } from '../../src/commands/deploy.ts';
import { status } from '../../src/commands/status.ts';
import { uninstall } from '../../src/commands/uninstall.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { INTENTS_ANNOTATION } from '../../src/core/deploy/cron-job.ts';
import { failedPass, passReportConfig } from '../../src/core/deploy/pass-report-config.ts';
import type { KubernetesObject, TypedRef } from '../../src/core/model/kubernetes-object.ts';
import { deploymentAsText, type DeploymentReport } from '../../src/core/report/deployment.ts';
import type { StatusReport } from '../../src/core/report/status.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { PortError, type PortErrorDetails } from '../../src/ports/errors.ts';
import { FakeClock, InMemoryCluster, InMemoryObjects, InMemoryState, RecordingLogger } from '../fakes/index.ts';
import { externalSecret, STORE, yaml } from './shop.ts';

export const INSTALLATION = { namespace: 'shop', name: 'keyferry' };
const REQUEST: DeployRequest = {
  installation: { name: 'keyferry' },
  home: 'config-maps',
  clusterRights: false,
  controllerClass: 'keyferry',
  extras: [],
  pod: { image: 'node:24', imagePullSecrets: [], environment: {}, tolerations: [], memory: '256Mi' },
  engine: { packed: Buffer.from('engine') },
  version: '1.0.0',
  jobVariables: {},
  allowDowngrade: false,
  deletionLimits: undefined,
  waitTimeoutMs: 60_000,
};

type Before = InMemoryObjects['before'];
type Verb = Parameters<Before>[1];

export class InstallingWorld {
  readonly cluster = new InMemoryCluster();
  readonly objects = new InMemoryObjects(this.cluster);
  readonly logger = new RecordingLogger();
  readonly #clock = new FakeClock();
  /** `verb Kind name` of every write that was tried, dry runs left out. */
  readonly writes: string[] = [];
  /** May throw what the API server says. */
  says: (ref: TypedRef, verb: Verb) => void = () => undefined;

  constructor() {
    this.objects.before = (ref, verb) => {
      if (!verb.endsWith('dry-run')) this.writes.push(`${verb} ${ref.kind} ${nameOf(ref)}`);
      this.says(ref, verb);
      if (ref.kind === 'Job' && verb === 'create') void this.#leavePass();
    };
  }

  async deploy(manifests = yaml(STORE, externalSecret('db'))): Promise<DeploymentReport> {
    this.writes.length = 0;
    return await deploy(this.#ports(manifests), REQUEST);
  }

  async uninstall(secrets: 'keep' | 'delete' = 'keep'): Promise<DeploymentReport> {
    this.writes.length = 0;
    const state = new InMemoryState(this.cluster);
    const ports = { ...this.#ports(''), cluster: this.cluster, state, stateCount: () => Promise.resolve(1) };
    return await uninstall(ports, { installation: INSTALLATION, secrets, vaultObjects: 'keep', waitTimeoutMs: 60_000 });
  }

  async status(): Promise<StatusReport> {
    return await status(this.#ports(''), { installation: INSTALLATION, controllerClass: 'keyferry' });
  }

  async find(kind: string, name = INSTALLATION.name): Promise<KubernetesObject | undefined> {
    return await this.objects.read({ apiVersion: 'v1', kind, namespace: INSTALLATION.namespace, name });
  }

  #ports(manifests: string): DeployPorts {
    this.#clock.advance(60_000);
    return {
      manifests: { load: () => Promise.resolve(parseDocuments('all.yaml', manifests)) },
      objects: this.objects,
      stateOf: () => ({ state: new InMemoryState(this.cluster), stateCount: () => Promise.resolve(1) }),
      clock: this.#clock,
      logger: this.logger,
    };
  }

  async #leavePass(): Promise<void> {
    const cronJob = await this.find('CronJob');
    const intentsDigest = cronJob?.metadata.annotations?.[INTENTS_ANNOTATION] ?? '';
    const times = { startedAt: '2026-01-01T00:00:00Z', finishedAt: this.#clock.now().toISOString() };
    const pass = failedPass({ version: '1.0.0', intentsDigest, ...times, exitCode: 0, holder: 'pod' }, '');
    await this.objects.apply(passReportConfig({ ...pass, problems: [] }, INSTALLATION));
  }
}

function nameOf({ name }: TypedRef): string {
  return name.replace(/[0-9a-f]{12}$/u, 'DIGEST');
}

/** What an adapter throws for it. */
export function says(kind: PortErrorDetails['kind'], code: string, what: string): PortError {
  return new PortError({ kind, code, what, fix: 'Do something about it.' });
}

/** Without what differs from run to run. */
export function textOf(report: DeploymentReport): string {
  return deploymentAsText(report, PLAIN).replaceAll(/-[0-9a-f]{12}\b/gu, '-DIGEST');
}
