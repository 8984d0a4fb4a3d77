/**
 * A folder below installations/ as a cluster that is deployed to: one store of objects behind two doors, so that the pass
 * which a deployment waits for writes where the deployment has applied.
 *
 *   steps.yaml       what is done, in order: `deploy: FILE` or `uninstall: keep | delete`
 *   *.yaml           manifests by the names that the steps give
 *   vault.yaml       vault name → content, in the notation of the conformance cases
 *   cluster.yaml     what is in the cluster before anything else happens
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { deploy, type DeployRequest } from '../../src/commands/deploy.ts';
import { sync } from '../../src/commands/sync.ts';
import { uninstall } from '../../src/commands/uninstall.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { INTENTS_ANNOTATION } from '../../src/core/deploy/cron-job.ts';
import { passReport, passReportConfig } from '../../src/core/deploy/pass-report-config.ts';
import { exitCode } from '../../src/core/report/build-report.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DeploymentReport } from '../../src/core/report/deployment.ts';
import {
  FakeClock,
  FakeRandom,
  InMemoryCluster,
  InMemoryObjects,
  RecordedState,
  RecordingLogger,
  RecordingPublisher,
  type KubernetesObject,
} from '../fakes/index.ts';
import { without } from '../fakes/kubernetes-object.ts';
import { vaultProviders, type Vaults } from './vault-notation.ts';
import { objectsOf, runSettings } from './world.ts';

const INSTALLATION = { namespace: 'shop', name: 'keyferry' };
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

export type Step = { readonly deploy: string } | { readonly uninstall: 'keep' | 'delete' };

export class InstallationWorld {
  readonly steps: readonly Step[];
  readonly #folder: string;
  readonly #clock = new FakeClock('2026-01-01T00:00:00Z');
  readonly #cluster = new InMemoryCluster({ clock: this.#clock, revision: 1 });
  readonly #objects = new InMemoryObjects(this.#cluster);
  readonly #state = new RecordedState();
  readonly #logger = new RecordingLogger();
  #passing: Promise<void> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.steps = parse(this.#text('steps.yaml')) as readonly Step[];
    this.#cluster.applyAll(objectsOf(this.#text('cluster.yaml')));
  }

  async take(step: Step): Promise<DeploymentReport> {
    this.#clock.advance(60_000);
    if ('uninstall' in step) return await this.#uninstall(step.uninstall);
    this.#objects.before = ({ kind }, verb) => {
      if (kind === 'Job' && verb === 'create') this.#passing = this.#pass(step.deploy);
    };
    const stateOf = () => ({ state: this.#state, stateCount: () => Promise.resolve(1) });
    const manifests = { load: () => Promise.resolve(this.#documents(step.deploy)) };
    const [objects, clock, logger] = [this.#objects, this.#patientClock(), this.#logger];
    return await deploy({ manifests, objects, stateOf, clock, logger }, REQUEST);
  }

  /** Everything that is in the cluster, without what the server adds; data of Secrets as plain text. */
  after(): string {
    const objects = this.#cluster.objects().map((object) => [nameOf(object), shown(object)] as const);
    return withoutDigests(stringify(Object.fromEntries(objects), { lineWidth: 0, aliasDuplicateObjects: false }));
  }

  /** Whoever waits for the pass sees it at its end: how many turns it takes is of no account. */
  #patientClock(): Clock {
    return {
      now: () => this.#clock.now(),
      sleep: async (ms) => {
        await this.#passing;
        await this.#clock.sleep(ms);
      },
      every: (ms, act) => this.#clock.every(ms, act),
    };
  }

  #uninstall(secrets: 'keep' | 'delete'): Promise<DeploymentReport> {
    const ports = {
      objects: this.#objects,
      cluster: this.#cluster,
      state: this.#state,
      stateCount: () => Promise.resolve(1),
      stateOf: () => ({ state: this.#state, stateCount: () => Promise.resolve(1) }),
      clock: this.#clock,
      logger: this.#logger,
    };
    const kept = { vaultObjects: 'keep', waitTimeoutMs: 60_000 } as const;
    return uninstall(ports, { installation: INSTALLATION, secrets, ...kept });
  }

  /** What the pod of the Job does. */
  async #pass(manifests: string): Promise<void> {
    const startedAt = this.#clock.now().toISOString();
    const report = await sync(
      {
        manifests: { load: () => Promise.resolve(this.#documents(manifests)) },
        cluster: this.#cluster,
        state: this.#state,
        providers: vaultProviders((parse(this.#text('vault.yaml')) ?? {}) as Vaults),
        publisher: new RecordingPublisher(),
        clock: this.#clock,
        random: new FakeRandom(),
        logger: this.#logger,
      },
      runSettings({ mode: 'due', prune: true, deletionLimits: undefined }),
    );
    const cronJob = this.#cluster.get('CronJob', INSTALLATION.namespace, INSTALLATION.name);
    const intentsDigest = cronJob?.metadata.annotations?.[INTENTS_ANNOTATION] ?? '';
    const times = { startedAt, finishedAt: this.#clock.now().toISOString() };
    const facts = { version: '1.0.0', intentsDigest, ...times, exitCode: exitCode(report, false), holder: 'pod' };
    await this.#objects.apply(passReportConfig(passReport(facts, report), INSTALLATION));
  }

  #documents(file: string): ReturnType<typeof parseDocuments> {
    return parseDocuments(file, this.#text(file));
  }

  #text(file: string): string {
    const path = join(this.#folder, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }
}

/** Digests and the times in names differ with every change of the engine and of what is rendered. */
export function withoutDigests(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{64}\b/gu, 'DIGEST')
    .replaceAll(/-[0-9a-f]{12}\b/gu, '-DIGEST')
    .replaceAll(/(Job shop\/keyferry)-\w+/gu, '$1-STAMP');
}

function nameOf({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** ConfigMaps by the names of their keys, and no pod specs: what they hold has tests of its own. */
function shown({ kind, metadata, ...object }: KubernetesObject): object {
  const { labels, annotations, ownerReferences } = metadata;
  const owners = ownerReferences?.map((owner) => `${owner.kind} ${owner.name}`);
  const head = {
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(owners === undefined ? {} : { owners }),
  };
  const data = Object.entries({ ...(object['data'] as object), ...(object['binaryData'] as object) });
  switch (kind) {
    case 'CronJob':
    case 'Job':
      return head;
    case 'ConfigMap':
      return { ...head, keys: data.map(([key]) => key) };
    case 'Secret':
      return { ...head, data: Object.fromEntries(data.map(([key, text]) => [key, decoded(String(text))])) };
    default:
      return { ...head, ...without(object, 'apiVersion') };
  }
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
