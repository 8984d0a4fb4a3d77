/** The machine that the pods are on: it loses its power, and comes back. The control plane is elsewhere and stays. */
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, type ClusterUser } from '../cluster/cluster-user.ts';

const NODE = '127.0.0.1';
/** Containers are in it, with their sandboxes; see node.sh. */
const CGROUP = '/keyferry-node/';

/** Everything that the machine runs is gone when it resolves, and nothing of it had time to say good-bye. */
export async function powerOff(): Promise<void> {
  // The kubelet first: it would report the deaths of the others.
  for (const name of ['kubelet', 'containerd']) kill(Number(await readFile(fileOf('processes', name), 'utf8')));
  const doomed = (await processes()).filter(({ command, cgroup }) => isShim(command) || cgroup.includes(CGROUP));
  for (const { id } of doomed) kill(id);
  await eventually('everything on the machine has ended', async () => {
    const left = await processes();
    return left.some(({ id }) => doomed.some((one) => one.id === id)) ? undefined : true;
  });
}

/** The node has reported itself ready anew when it resolves. */
export async function powerOn(admin: ClusterUser): Promise<void> {
  const before = await lastHeartbeat(admin);
  for (const name of ['containerd', 'kubelet']) await start(name);
  await eventually('the node is back', async () => ((await lastHeartbeat(admin)) === before ? undefined : true), 60);
}

async function start(name: string): Promise<void> {
  const command = await readFile(fileOf('commands', name), 'utf8');
  const log = openSync(fileOf('log', `${name}.log`), 'a');
  const child = spawn('bash', ['-c', `echo $$ >"$0"; exec ${command}`, fileOf('processes', name)], {
    stdio: ['ignore', log, log],
    detached: true,
  });
  child.unref();
}

/** The kubelet renews its Lease every ten seconds, and at its start. */
async function lastHeartbeat(admin: ClusterUser): Promise<unknown> {
  const lease = await admin.find('Lease', 'kube-node-lease', NODE);
  return (lease?.['spec'] as { readonly renewTime?: string } | undefined)?.renewTime;
}

interface Process {
  readonly id: number;
  readonly command: string;
  readonly cgroup: string;
}

async function processes(): Promise<readonly Process[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name)).map(Number);
  const read = async (id: number, file: string) => await readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
  const all = ids.map(async (id) => ({ id, command: await read(id, 'cmdline'), cgroup: await read(id, 'cgroup') }));
  return await Promise.all(all);
}

function isShim(command: string): boolean {
  return command.includes('containerd-shim');
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    // It ended by itself in between.
    if ((error as { readonly code?: string }).code !== 'ESRCH') throw error;
  }
}

function fileOf(folder: string, name: string): string {
  return join(process.env['KEYFERRY_TEST_NODE'] ?? '', folder, name);
}
