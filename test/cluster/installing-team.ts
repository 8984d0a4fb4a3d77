/**
 * A team that installs into its namespace with the rights of a namespace admin: the built command line, and pods that
 * are played by the built job as a process, with the variables of the Job and a token of its ServiceAccount, so that
 * the rights that were deployed are the rights that it has.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBundle, type Ended, type Running } from '../bundle/bundle.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { TENANT_ID, TOKEN_AUDIENCE } from '../servers/index.ts';
import { eventually } from './cluster-user.ts';
import { kubeconfigOf, type ControlPlaneAddress } from './control-plane.ts';
import type { RealShop } from './real-shop.ts';
import { bindTeam } from './team.ts';
import { controlPlane } from './world.ts';

const KINDS = ['CronJob', 'Job', 'ServiceAccount', 'ConfigMap', 'Role', 'RoleBinding', 'Lease'];
const CLUSTER_KINDS = ['ClusterRole', 'ClusterRoleBinding'];

export interface Deployed extends Ended {
  /** What the pod did; absent where no Job was started. */
  readonly pod?: Ended;
}

export class InstallingTeam {
  readonly folder: string;
  /** The command line that was started last. */
  running: Running | undefined;
  /** Of its environment, as those that a CI sets. */
  variables: Readonly<Record<string, string>> = {};
  readonly #shop: RealShop;
  readonly #user: string;

  private constructor(shop: RealShop, user: string, folder: string) {
    this.#shop = shop;
    this.#user = user;
    this.folder = folder;
  }

  /** The user gets the ClusterRole `admin` in the shop's namespace. */
  static async open(shop: RealShop, user: string): Promise<InstallingTeam> {
    const team = new InstallingTeam(shop, user, await mkdtemp(join(tmpdir(), 'keyferry-team-')));
    await team.reachThrough(controlPlane());
    await bindTeam({ admin: shop.admin, namespace: shop.namespace, user });
    return team;
  }

  /** From now on its command line asks the API server at this address. */
  async reachThrough(address: ControlPlaneAddress): Promise<void> {
    await writeFile(join(this.folder, 'kubeconfig'), kubeconfigOf(address, this.#user, this.#shop.namespace));
  }

  async write(manifests: string): Promise<void> {
    await writeFile(join(this.folder, 'manifests.yaml'), manifests);
  }

  start(...args: readonly string[]): Running {
    const own = { CI: 'true', HOME: this.folder, KUBECONFIG: join(this.folder, 'kubeconfig') };
    const environment = { ...this.variables, ...own };
    this.running = startBundle('cli', { args, cwd: this.folder, environment });
    return this.running;
  }

  async keyferry(...args: readonly string[]): Promise<Ended> {
    return await this.start(...args).ended;
  }

  /** `deploy` of manifests.yaml; as soon as its Job is there, the pod runs. */
  async deploy(...args: readonly string[]): Promise<Deployed> {
    const jobs = () => this.#jobs(installationOf(args));
    const before = new Set((await jobs()).map(({ metadata }) => metadata.name));
    const running = this.start('deploy', '-f', 'manifests.yaml', '--wait-timeout', '60', ...args).ended;
    let hasEnded = false;
    void running.then(() => (hasEnded = true));
    const job = await eventually(
      'a Job is there, or deploy has ended',
      async () => {
        const fresh = (await jobs()).find(({ metadata }) => !before.has(metadata.name));
        return fresh ?? (hasEnded ? 'none' : undefined);
      },
      90,
    );
    if (job === 'none') return await running;
    const pod = await this.runPod(job);
    return { ...(await running), pod };
  }

  /**
   * The job of this Job or CronJob, as its pod would run it. `asClient` = the webhook of workload identity has mounted a
   * token for this client id, as it does with pods that carry its label.
   */
  async runPod(job: KubernetesObject, asClient?: string): Promise<Ended> {
    const { template } = specOf(job);
    const [container] = template.spec.containers;
    const variables = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    const kubeconfig = join(this.folder, 'pod.kubeconfig');
    await writeFile(kubeconfig, await this.#podKubeconfig(template.spec.serviceAccountName));
    const azure = Object.entries(this.#shop.azure.environment()).filter(([name]) => !name.startsWith('ACTIONS_'));
    const environment = {
      ...Object.fromEntries(azure),
      HOME: this.folder,
      HOSTNAME: 'a-pod',
      KEYFERRY_KUBECONFIG: kubeconfig,
      KEYFERRY_TERMINATION_LOG: join(this.folder, 'termination-log'),
      ...variables,
      ...(asClient === undefined ? {} : await this.#mountedIdentity(template.spec.serviceAccountName, asClient)),
    };
    return await startBundle('job', { cwd: this.folder, environment }).ended;
  }

  /** Everything that carries the labels of an installation, state and reports of the job included. */
  async installed(instance?: string): Promise<readonly KubernetesObject[]> {
    const lists = await Promise.all([
      ...KINDS.map((kind) => this.#shop.admin.list(kind, this.#shop.namespace)),
      ...CLUSTER_KINDS.map((kind) => this.#shop.admin.list(kind)),
    ]);
    return lists.flat().filter(({ metadata: { labels = {} } }) => {
      if (labels['app.kubernetes.io/managed-by'] !== 'keyferry') return false;
      return instance === undefined || labels['app.kubernetes.io/instance'] === instance;
    });
  }

  /** Of everything that is installed. */
  async installedNames(instance?: string): Promise<readonly string[]> {
    return namesOf(await this.installed(instance));
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  /** The schedule of another installation may start one at any moment. */
  async #jobs(installation: string): Promise<readonly KubernetesObject[]> {
    return (await this.#shop.admin.list('Job', this.#shop.namespace)).filter(
      ({ metadata: { labels = {} } }) => labels['app.kubernetes.io/instance'] === installation,
    );
  }

  async #podKubeconfig(serviceAccount: string): Promise<string> {
    const token = await this.#tokenOf(serviceAccount);
    return kubeconfigOf({ ...controlPlane(), tokens: { pod: token } }, 'pod', this.#shop.namespace);
  }

  async #mountedIdentity(serviceAccount: string, clientId: string): Promise<Readonly<Record<string, string>>> {
    const file = join(this.folder, 'azure-identity-token');
    await writeFile(file, await this.#tokenOf(serviceAccount, TOKEN_AUDIENCE));
    return { AZURE_FEDERATED_TOKEN_FILE: file, AZURE_CLIENT_ID: clientId, AZURE_TENANT_ID: TENANT_ID };
  }

  async #tokenOf(serviceAccount: string, ...audiences: readonly string[]): Promise<string> {
    const { namespace, admin } = this.#shop;
    const { body } = await admin.call({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences } },
    });
    return (body as { readonly status: { readonly token: string } }).status.token;
  }
}

function installationOf(args: readonly string[]): string {
  const place = args.indexOf('--installation');
  return (place < 0 ? undefined : args[place + 1]) ?? 'keyferry';
}

/** `Kind name`, sorted, without Jobs and with DIGEST for the engine's. */
export function namesOf(objects: readonly KubernetesObject[]): readonly string[] {
  const named = objects.filter(({ kind }) => kind !== 'Job');
  return named.map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/[0-9a-f]{12}$/u, 'DIGEST')}`).sort();
}

interface PodTemplate {
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly { readonly env?: readonly { readonly name: string; readonly value: string }[] }[];
  };
}

function specOf(job: KubernetesObject): { readonly template: PodTemplate } {
  const spec = job['spec'] as { readonly jobTemplate?: { readonly spec: unknown } };
  return (spec.jobTemplate?.spec ?? spec) as { readonly template: PodTemplate };
}
