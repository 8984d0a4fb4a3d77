/**
 * The one table of settings. Help texts, reference pages and every entry's parsing are made from it.
 *
 * Each setting is a flag (`--max-deletes`) and a variable (`KEYFERRY_MAX_DELETES`); the flag wins.
 */
import { PLAN_LEVELS } from '../model/plan-level.ts';

export type CommandName =
  | 'validate'
  | 'render'
  | 'plan'
  | 'sync'
  | 'deploy'
  | 'status'
  | 'suspend'
  | 'resume'
  | 'uninstall'
  | 'template'
  /** The pass in the cluster; it has no command line. */
  | 'job';

/** The commands that a person or a workflow gives, in the order of the manual. */
export const COMMANDS: readonly Exclude<CommandName, 'job'>[] = [
  'validate',
  'render',
  'plan',
  'sync',
  'deploy',
  'status',
  'suspend',
  'resume',
  'uninstall',
  'template',
];

interface SettingBase {
  /** Kebab-case, as the flag without dashes. */
  readonly name: string;
  /** One letter for the command line. */
  readonly short?: string;
  readonly commands: readonly CommandName[];
  /** One sentence for the help text. */
  readonly description: string;
}

export interface TextSetting extends SettingBase {
  readonly kind: 'text';
  /** What stands for the value in help texts. */
  readonly placeholder: string;
  readonly default?: string;
  readonly required?: boolean;
}

export interface ListSetting extends SettingBase {
  readonly kind: 'list';
  readonly placeholder: string;
  readonly required?: boolean;
}

export interface ChoiceSetting extends SettingBase {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly default: string;
}

export interface NumberSetting extends SettingBase {
  readonly kind: 'number' | 'percent';
  readonly default: number;
}

export interface FlagSetting extends SettingBase {
  readonly kind: 'flag';
}

export type Setting = TextSetting | ListSetting | ChoiceSetting | NumberSetting | FlagSetting;

const ALL: readonly CommandName[] = ['validate', 'plan', 'sync', 'job'];
const RUNS: readonly CommandName[] = ['plan', 'sync', 'job'];
/** What makes the objects of an installation. */
const DEPLOYS: readonly CommandName[] = ['render', 'deploy'];
/** What takes plain inputs in the place of manifests. */
const PLAIN: readonly CommandName[] = ['plan', 'sync', ...DEPLOYS];
/** What reads vaults, or makes a job that does. */
const READS_VAULTS: readonly CommandName[] = [...RUNS, ...DEPLOYS];
/** What looks after an installation that is there. */
const KEEPS: readonly CommandName[] = ['status', 'suspend', 'resume', 'uninstall'];
const READS: readonly CommandName[] = [...ALL, ...DEPLOYS];
/** What looks at manifests. */
const LOOKS: readonly CommandName[] = [...READS, 'template'];
const IN_CLUSTER: readonly CommandName[] = [...RUNS, 'deploy', ...KEEPS];
/** What reaches a cluster from a workflow or a laptop; the job is inside. */
const FROM_OUTSIDE: readonly CommandName[] = IN_CLUSTER.filter((command) => command !== 'job');

export const SETTINGS = [
  {
    name: 'filename',
    short: 'f',
    kind: 'list',
    placeholder: 'PATH',
    commands: LOOKS,
    description: 'Manifests: a file, a folder, a glob, or - for standard input. May be repeated.',
  },
  {
    name: 'namespace',
    short: 'n',
    kind: 'text',
    placeholder: 'NAMESPACE',
    commands: LOOKS,
    description: 'Namespace of documents that name none.',
  },
  {
    name: 'only',
    kind: 'list',
    placeholder: 'NS/NAME',
    commands: [...ALL, 'template'],
    description: 'Look at these ExternalSecrets only. May be repeated.',
  },
  {
    name: 'plan-level',
    kind: 'choice',
    choices: PLAN_LEVELS,
    default: 'full',
    commands: ['plan'],
    description:
      'How far the plan looks: at manifests against those of --base, at names and versions without any value, or at everything.',
  },
  {
    name: 'base',
    kind: 'list',
    placeholder: 'PATH',
    commands: ['plan', 'sync', 'deploy'],
    description: 'With --plan-level offline: the manifests to compare with. May be repeated.',
  },
  {
    name: 'plan-fingerprint',
    kind: 'text',
    placeholder: 'FINGERPRINT',
    commands: ['sync', 'deploy'],
    description: 'Write only if the plan is still the one of this fingerprint.',
  },
  {
    name: 'kubeconfig',
    kind: 'text',
    placeholder: 'PATH',
    commands: IN_CLUSTER,
    description:
      'Kubeconfig of the cluster: a path, or the text itself. Without it KUBECONFIG, in a pod the pod, else ~/.kube/config.',
  },
  {
    name: 'context',
    kind: 'text',
    placeholder: 'NAME',
    commands: IN_CLUSTER,
    description: 'Context of the kubeconfig, where it is not the current one.',
  },
  {
    name: 'aks-cluster',
    kind: 'text',
    placeholder: 'ID',
    commands: FROM_OUTSIDE,
    description:
      'Resource id of an AKS cluster (/subscriptions/…/managedClusters/NAME), in the place of a kubeconfig: logs in with the identity alone.',
  },
  {
    name: 'aks-client-id',
    kind: 'text',
    placeholder: 'ID',
    commands: FROM_OUTSIDE,
    description: 'Client id that logs in to --aks-cluster, where it is not --azure-client-id.',
  },
  {
    name: 'azure-environment',
    kind: 'choice',
    choices: ['PublicCloud', 'USGovernmentCloud', 'ChinaCloud'],
    default: 'PublicCloud',
    commands: FROM_OUTSIDE,
    description: 'Cloud of --aks-cluster; stores name theirs themselves.',
  },
  {
    name: 'home',
    kind: 'choice',
    choices: ['files', 'config-maps', 'custom-resources'],
    default: 'files',
    commands: [...RUNS, ...DEPLOYS],
    description:
      'Where the intents are: in the files of --filename, in ConfigMaps, where deploy puts them by default, or custom resources, whose status is then kept.',
  },
  {
    name: 'cluster-rights',
    kind: 'flag',
    commands: DEPLOYS,
    description:
      'Give the job what it needs beyond namespaces, in a ClusterRole: to read Namespaces for conditions that select by label, and ClusterSecretStores that are custom resources.',
  },
  {
    name: 'installation',
    kind: 'text',
    placeholder: 'NAME',
    default: 'keyferry',
    commands: [...IN_CLUSTER, 'render'],
    description: 'Name of this set of intents in the cluster; its state is in the ConfigMaps NAME-state-0 and so on.',
  },
  {
    name: 'installation-namespace',
    kind: 'text',
    placeholder: 'NAMESPACE',
    commands: [...IN_CLUSTER, 'render'],
    description: 'Namespace of that state. Without it the namespace of the pod or of the context, else default.',
  },
  {
    name: 'expect',
    kind: 'text',
    placeholder: 'FILE',
    commands: ['template'],
    description: 'Secret manifests to compare with; a difference is printed and makes the exit code 1.',
  },
  {
    name: 'directory',
    kind: 'text',
    placeholder: 'FOLDER',
    commands: RUNS,
    description: 'The cluster is this folder instead: Secrets and state are YAML files in it.',
  },
  {
    name: 'show-values',
    kind: 'flag',
    commands: RUNS,
    description: 'With --directory: write values into the files. Without it they hold none.',
  },
  {
    name: 'due',
    kind: 'flag',
    commands: RUNS,
    description: 'Leave ExternalSecrets alone until their refreshInterval has passed, as the in-cluster job does.',
  },
  {
    name: 'prune',
    kind: 'flag',
    commands: [...RUNS, 'deploy'],
    description:
      'Delete Secrets whose ExternalSecret is gone from the manifests. Give all manifests. The CronJob of deploy always does.',
  },
  {
    name: 'max-deletes',
    kind: 'number',
    default: 20,
    commands: READS_VAULTS,
    description: 'Stop before the first write when more Secrets than this would be deleted.',
  },
  {
    name: 'max-delete-share',
    kind: 'percent',
    default: 30,
    commands: READS_VAULTS,
    description: 'The same as a share of the Secrets concerned, in percent; counts from four deletions on.',
  },
  {
    name: 'force',
    kind: 'flag',
    commands: [...RUNS, 'deploy'],
    description: 'Lift the two limits above. Ownership is never lifted.',
  },
  {
    name: 'detailed-exitcode',
    kind: 'flag',
    commands: RUNS,
    description: 'Exit with 2 when there are changes (and no problems).',
  },
  {
    name: 'controller-class',
    kind: 'text',
    placeholder: 'CLASS',
    default: 'keyferry',
    commands: READS,
    description: 'Stores whose spec.controller is set to something else are left alone.',
  },
  {
    name: 'identity',
    kind: 'choice',
    choices: ['auto', 'github', 'azure-pipelines', 'token-variable', 'token-file', 'service-account', 'azure-cli'],
    default: 'auto',
    commands: IN_CLUSTER,
    description: 'Where WorkloadIdentity stores, and the login to an AKS cluster, get their token from.',
  },
  {
    name: 'token-variable',
    kind: 'text',
    placeholder: 'NAME',
    commands: FROM_OUTSIDE,
    description: 'Name of the variable that holds the token, as id_tokens of GitLab make one.',
  },
  {
    name: 'token-file',
    kind: 'text',
    placeholder: 'PATH',
    commands: FROM_OUTSIDE,
    description: 'File that holds the token, in the place of AZURE_FEDERATED_TOKEN_FILE.',
  },
  {
    name: 'service-connection-id',
    kind: 'text',
    placeholder: 'ID',
    commands: FROM_OUTSIDE,
    description:
      'Azure Pipelines: the service connection whose identity is meant. Without it AZURESUBSCRIPTION_SERVICE_CONNECTION_ID.',
  },
  {
    name: 'azure-client-id',
    kind: 'text',
    placeholder: 'ID',
    commands: [...IN_CLUSTER, 'render'],
    description:
      'Client id of the managed identity for stores that do not say which, and for the login to an AKS cluster.',
  },
  {
    name: 'azure-tenant-id',
    kind: 'text',
    placeholder: 'ID',
    commands: [...IN_CLUSTER, 'render'],
    description:
      'Tenant for stores that do not say which, and for the login to an AKS cluster; with github and azure-cli the vault is asked otherwise.',
  },
  {
    name: 'store-identities',
    kind: 'list',
    placeholder: 'STORE=ID',
    commands: READS_VAULTS,
    description: 'Client id for one store: NAMESPACE/NAME=ID, or NAME=ID for a ClusterSecretStore. May be repeated.',
  },
  {
    name: 'token-audience',
    kind: 'text',
    placeholder: 'AUDIENCE',
    default: 'api://AzureADTokenExchange',
    commands: [...IN_CLUSTER, 'render'],
    description: 'Audience of the token that is exchanged with Entra.',
  },
  {
    name: 'key-vault-api-version',
    kind: 'text',
    placeholder: 'VERSION',
    commands: READS_VAULTS,
    description: 'Key Vault REST version, for clouds that lag behind (as 7.4).',
  },
  {
    name: 'values',
    kind: 'text',
    placeholder: 'FILE',
    commands: LOOKS,
    description:
      'A YAML file of names and texts, or that text: values for ${PLACEHOLDERS} of the manifests. With template: what to render with, also a Secret manifest.',
  },
  {
    name: 'engine',
    kind: 'choice',
    choices: ['cronjob', 'runner', 'eso'],
    default: 'cronjob',
    commands: ['deploy'],
    description:
      'What keeps the Secrets in step: a CronJob that is installed, or this run alone with nothing installed (as sync). A live External Secrets operator (eso) is not built yet.',
  },
  {
    name: 'vault-url',
    kind: 'text',
    placeholder: 'URL',
    commands: PLAIN,
    description: 'No manifests: pull from this vault what --find or --all says into the Secret --target.',
  },
  {
    name: 'service-account',
    kind: 'text',
    placeholder: 'NAME',
    commands: DEPLOYS,
    description:
      'With --vault-url: make this ServiceAccount for --azure-client-id. Without it the job has the identity.',
  },
  {
    name: 'find',
    kind: 'text',
    placeholder: 'PATTERN',
    commands: PLAIN,
    description: 'With --vault-url: the secrets whose names hold this RE2 pattern.',
  },
  {
    name: 'all',
    kind: 'flag',
    commands: PLAIN,
    description: 'With --vault-url: every secret of the vault.',
  },
  {
    name: 'target',
    kind: 'text',
    placeholder: 'NAME',
    commands: PLAIN,
    description: 'With --vault-url: name of the Secret.',
  },
  {
    name: 'refresh-interval',
    kind: 'text',
    placeholder: 'DURATION',
    default: '1h',
    commands: PLAIN,
    description: 'With --vault-url: how often the vault is looked at, as 30s or 1h.',
  },
  {
    name: 'image',
    kind: 'text',
    placeholder: 'IMAGE',
    default: 'node:24-slim',
    commands: DEPLOYS,
    description: 'Image of the pods: any with Node 24.',
  },
  {
    name: 'engine-image',
    kind: 'text',
    placeholder: 'IMAGE',
    commands: DEPLOYS,
    description: 'An image that holds Keyferry itself, in place of --image and the engine in a ConfigMap.',
  },
  {
    name: 'image-pull-secret',
    kind: 'list',
    placeholder: 'NAME',
    commands: DEPLOYS,
    description: 'Pull secret of the pods. May be repeated.',
  },
  {
    name: 'pod-env',
    kind: 'list',
    placeholder: 'NAME=VALUE',
    commands: DEPLOYS,
    description: 'Variable of the pods, as HTTPS_PROXY=http://proxy:3128; never a secret. May be repeated.',
  },
  {
    name: 'ca-config-map',
    kind: 'text',
    placeholder: 'NAME',
    commands: DEPLOYS,
    description: 'ConfigMap whose ca.crt the pods are to trust too.',
  },
  {
    name: 'toleration',
    kind: 'list',
    placeholder: 'KEY=VALUE:EFFECT',
    commands: DEPLOYS,
    description: 'Toleration of the pods; KEY:EFFECT for any value. May be repeated.',
  },
  {
    name: 'memory',
    kind: 'text',
    placeholder: 'QUANTITY',
    default: '256Mi',
    commands: DEPLOYS,
    description: 'Memory limit of the pods.',
  },
  {
    name: 'allow-downgrade',
    kind: 'flag',
    commands: ['deploy'],
    description: 'Replace an engine that is newer than this one.',
  },
  {
    name: 'wait-timeout',
    kind: 'number',
    default: 300,
    commands: ['deploy', 'status'],
    description: 'Seconds to wait for the pass that a deployment, or --refresh, starts.',
  },
  {
    name: 'refresh',
    kind: 'flag',
    commands: ['status'],
    description: 'Start a pass now, and wait for it.',
  },
  {
    name: 'secrets',
    kind: 'choice',
    choices: ['keep', 'delete'],
    default: 'keep',
    commands: ['uninstall'],
    description: 'What becomes of the Secrets that the installation made.',
  },
  {
    name: 'window',
    kind: 'number',
    default: 0,
    commands: ['job'],
    description: 'Minutes that the job stays to make a pass whenever something is due; 0 is one pass.',
  },
  {
    name: 'deployed',
    kind: 'flag',
    commands: ['job'],
    description: 'The custom resources are those that a deployment names in its ConfigMaps; each is read by name.',
  },
  {
    name: 'output',
    short: 'o',
    kind: 'choice',
    choices: ['text', 'json', 'markdown'],
    default: 'text',
    commands: [...ALL, 'deploy', 'status', 'uninstall'],
    description: 'Form of the report on standard output.',
  },
  {
    name: 'color',
    kind: 'choice',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    commands: [...ALL, 'deploy', 'status', 'uninstall'],
    description: 'Colour: auto means on a terminal only, and NO_COLOR is respected.',
  },
  {
    name: 'log-format',
    kind: 'choice',
    choices: ['text', 'json'],
    default: 'text',
    commands: IN_CLUSTER,
    description: 'Form of the log on standard error.',
  },
  {
    name: 'log-level',
    kind: 'choice',
    choices: ['debug', 'info', 'warn', 'error'],
    default: 'info',
    commands: IN_CLUSTER,
    description: 'Least important log lines to show.',
  },
] as const satisfies readonly Setting[];

/** `KEYFERRY_MAX_DELETES`. */
export function variableOf(setting: Pick<Setting, 'name'>): string {
  return `KEYFERRY_${setting.name.toUpperCase().replaceAll('-', '_')}`;
}

/** The settings that a command takes, in the order of the table. */
export function settingsOf(command: CommandName): readonly Setting[] {
  return SETTINGS.filter((setting: Setting) => setting.commands.includes(command));
}
