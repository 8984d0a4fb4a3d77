/**
 * One measured process: syncs N ExternalSecrets or PushSecrets twice, and prints what it took as JSON.
 *
 * The servers are in the process that started this one, so that only Keyferry's own work is counted; with the cluster in
 * memory, that one's work too. Arguments: how many, then `memory` or a kubeconfig file, then `pulls` or `pushes`.
 */
import { readFile } from 'node:fs/promises';
import { DEFAULT_AZURE_SETTINGS } from '../../src/adapters/azure/settings.ts';
import { connectByKubeconfig, type Connection } from '../../src/adapters/kubernetes/connection.ts';
import { openKubernetes } from '../../src/adapters/kubernetes/open-kubernetes.ts';
import { systemClock } from '../../src/adapters/node/clock.ts';
import { RedactingMasker } from '../../src/adapters/node/redacting.ts';
import { systemRandom } from '../../src/adapters/node/random.ts';
import { createProviders } from '../../src/adapters/providers.ts';
import { sync } from '../../src/commands/sync.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { problemText } from '../../src/core/model/problem.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { InMemoryCluster, RecordedState, RecordingLogger } from '../fakes/index.ts';
import { MANAGED_CLIENT_ID } from '../servers/index.ts';
import { manifestsOf, NAMESPACE, pushedSecrets, pushesOf } from './load.ts';

export interface Measured {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly apiServerRequests: number;
  readonly created: number;
  readonly unchanged: number;
  readonly errors: number;
  /** As the program counts them: challenges and repetitions included. */
  readonly vaultRequests: number;
}

export interface MeasuredRun {
  readonly first: Measured;
  readonly again: Measured;
  /** Peak memory of the process, in MiB. */
  readonly peakMiB: number;
}

type Cluster = Pick<Ports, 'cluster' | 'state' | 'publisher'> & { readonly requests: () => number };

const [count = '100', where = 'memory', what = 'pulls'] = process.argv.slice(2);
const masker = new RedactingMasker();
const logger = new RecordingLogger();
const environment = process.env;

async function openCluster(): Promise<() => Cluster> {
  const publisher = { event: () => Promise.resolve() };
  if (where === 'memory') {
    const cluster = new InMemoryCluster();
    if (what === 'pushes') cluster.applyAll(pushedSecrets());
    const state = new RecordedState();
    return () => ({ cluster, state, publisher, requests: () => 0 });
  }
  const kubeconfig = { text: await readFile(where, 'utf8'), name: where };
  return () => {
    const options = { masker, logger, clock: systemClock, random: Math.random, environment };
    const connection: Connection = connectByKubeconfig([kubeconfig], undefined, options);
    const installation = { name: 'bench', namespace: NAMESPACE };
    const ports = openKubernetes(connection, { clock: systemClock, home: 'files', installation });
    return { ...ports, requests: () => connection.api.requestCount };
  };
}

async function measure(cluster: Cluster, manifests: string): Promise<Measured> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const report = await sync(portsOf(cluster, manifests), DEFAULT_SETTINGS);
  const { user, system } = process.cpuUsage(cpu);
  const problems = [report.problems, ...[...report.objects, ...report.pushes].map((one) => one.problems)].flat();
  for (const problem of problems.slice(0, 5)) process.stderr.write(`${problemText(problem)}\n`);
  return {
    wallMs: Math.round(performance.now() - started),
    cpuMs: Math.round((user + system) / 1000),
    apiServerRequests: cluster.requests(),
    created: what === 'pushes' ? verdicts(report, 'change') : report.counts.create,
    unchanged: what === 'pushes' ? verdicts(report, 'unchanged') : report.counts.unchanged,
    errors: report.counts.errors,
    vaultRequests: report.reads.requests ?? 0,
  };
}

function verdicts({ pushes }: Report, verdict: Report['pushes'][number]['verdict']): number {
  return pushes.filter((push) => push.verdict === verdict).length;
}

function portsOf({ cluster, state, publisher }: Cluster, manifests: string): Ports {
  const settings = { ...DEFAULT_AZURE_SETTINGS, azureClientId: MANAGED_CLIENT_ID };
  return {
    manifests: { load: async () => parseDocuments('manifests.yaml', manifests) },
    cluster,
    state,
    publisher,
    clock: systemClock,
    random: systemRandom,
    logger,
    providers: createProviders({ cluster, clock: systemClock, masker, logger, environment, settings }),
  };
}

const open = await openCluster();
const manifests = what === 'pushes' ? pushesOf(Number(count)) : manifestsOf(Number(count));
const first = await measure(open(), manifests);
const again = await measure(open(), manifests);
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ first, again, peakMiB } satisfies MeasuredRun));
