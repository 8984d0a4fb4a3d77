/** A world with all that the job needs in it but the pod: account, rights, engine, manifests, values. */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { builtEngine, engineMap, engineProgram } from './engine.ts';
import { manifestsMap, type Identity } from './job-manifests.ts';
import { jobPod, type JobPod, type Program } from './job-pod.ts';
import { jobAccount, jobRights } from './job-rights.ts';
import { openNodeWorld, type NodeWorld } from './node-world.ts';

export interface JobWorldOptions {
  readonly namespace: string;
  /** Vault object and Secret have the same name. */
  readonly values: Readonly<Record<string, string>>;
  readonly identity: Identity;
}

export interface JobWorld extends NodeWorld {
  /** Not applied yet. */
  readonly pod: (name: string, rest?: Partial<JobPod>) => KubernetesObject;
  /** What pods run where a test says nothing else. */
  readonly program: Program;
}

export async function openJobWorld({ namespace, values, identity }: JobWorldOptions): Promise<JobWorld> {
  const world = await openNodeWorld(namespace);
  const secrets = Object.keys(values);
  const engine = builtEngine();
  const configMap = engineMap(engine, namespace);
  const program = engineProgram(engine, configMap);
  const objects = [
    ...jobRights({ namespace, secrets, identity }),
    configMap,
    manifestsMap({ namespace, names: secrets, identity }),
  ];
  for (const object of objects) await world.admin.apply(object);
  world.fillVault(values);
  const serviceAccount = jobAccount(identity);
  return { ...world, program, pod: (name, rest) => jobPod({ namespace, name, program, serviceAccount, ...rest }) };
}
