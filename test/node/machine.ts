/** The machine that the pods are on: it loses its power, and comes back. The control plane is elsewhere and stays. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, type ClusterUser } from '../cluster/cluster-user.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { podRuns } from './pods.ts';

const NODE = '127.0.0.1';
/** Containers are in it, with their sandboxes; see node.sh. */
const CGROUP = '/keyferry-node/';

/** Everything that the machine runs is gone when it resolves, and nothing of it had time to say good-bye. */
export async function powerOff(): Promise<void> {
  const session = Number(await readFile(sessionFile(), 'utf8'));
  await eventually('everything on the machine has ended', async () => {
    const left = (await processes()).filter((one) => one.session === session || one.cgroup.includes(CGROUP));
    // Its session first, for the kubelet is in it and would report the deaths of the others.
    const ordered = left.toSorted((a, b) => Number(b.session === session) - Number(a.session === session));
    for (const { id } of ordered) kill(id);
    return left.length === 0 ? true : undefined;
  });
  await rm(sessionFile());
}

/** A pod has run on the machine again when it resolves. */
export async function powerOn(admin: ClusterUser): Promise<void> {
  // Detached = in a session of its own.
  const child = spawn(join(import.meta.dirname, 'machine.sh'), { stdio: 'ignore', detached: true });
  child.unref();
  await writeFile(sessionFile(), String(child.pid));
  await runProbe(admin);
  await eventually('the node takes pods again', () => takesPods(admin));
}

/** For whoever needs a machine, whatever was done to it before: where it takes no pods, it is started anew. */
export async function machineThatTakesPods(admin: ClusterUser): Promise<void> {
  if (existsSync(sessionFile())) {
    const settled = eventually('the node takes pods', () => takesPods(admin)).then(() => true);
    if (await settled.catch(() => false)) return;
    await powerOff();
  }
  await powerOn(admin);
}

/** The node is ready, and nothing keeps pods away. */
async function takesPods(admin: ClusterUser): Promise<true | undefined> {
  const { spec, status } = (await admin.find('Node', undefined, NODE)) as KubernetesObject & NodeFields;
  const isReady = status.conditions.some((one) => one.type === 'Ready' && one.status === 'True');
  return isReady && spec.taints === undefined ? true : undefined;
}

interface NodeFields {
  readonly spec: { readonly taints?: readonly object[] };
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] };
}

const PROBE = { namespace: 'default', name: 'machine-probe' };

/** What the API server says of a node is old news while the kubelet starts; a pod that runs is none. */
async function runProbe(admin: ClusterUser): Promise<void> {
  const containers = [{ name: 'probe', image: 'localhost/pause:1' }];
  const spec = { terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, containers };
  await admin.apply({ apiVersion: 'v1', kind: 'Pod', metadata: PROBE, spec });
  await podRuns(admin, PROBE, 90);
  await admin.delete('Pod', PROBE.namespace, PROBE.name);
}

interface Process {
  readonly id: number;
  readonly session: number;
  readonly cgroup: string;
}

async function processes(): Promise<readonly Process[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name)).map(Number);
  const read = async (id: number, file: string) => await readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
  const all = ids.map(async (id) => ({
    id,
    session: sessionOf(await read(id, 'stat')),
    cgroup: await read(id, 'cgroup'),
  }));
  return await Promise.all(all);
}

/** Linux: `id (name) state parent group session …`, where the name may hold anything. */
function sessionOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    // It ended by itself in between.
    if ((error as { readonly code?: string }).code !== 'ESRCH') throw error;
  }
}

/** Holds the number of the session that machine.sh was started in; there is none while the power is off. */
function sessionFile(): string {
  return join(process.env['KEYFERRY_TEST_NODE'] ?? '', 'machine');
}
