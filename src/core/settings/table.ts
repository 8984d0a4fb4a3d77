/**
 * The one table of settings. Help texts, reference pages and every entry's parsing are made from it.
 *
 * Each setting is a flag (`--max-deletes`) and a variable (`KEYFERRY_MAX_DELETES`); the flag wins.
 */
export type CommandName = 'validate' | 'plan' | 'sync' | 'template';

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

const ALL: readonly CommandName[] = ['validate', 'plan', 'sync'];
const RUNS: readonly CommandName[] = ['plan', 'sync'];
const EVERY: readonly CommandName[] = [...ALL, 'template'];
const TEMPLATE: readonly CommandName[] = ['template'];

export const SETTINGS = [
  {
    name: 'filename',
    short: 'f',
    kind: 'list',
    placeholder: 'PATH',
    required: true,
    commands: EVERY,
    description: 'Manifests: a file, a folder, a glob, or - for standard input. May be repeated.',
  },
  {
    name: 'namespace',
    short: 'n',
    kind: 'text',
    placeholder: 'NAMESPACE',
    commands: EVERY,
    description: 'Namespace of documents that name none.',
  },
  {
    name: 'only',
    kind: 'list',
    placeholder: 'NS/NAME',
    commands: EVERY,
    description: 'Look at these ExternalSecrets only. May be repeated.',
  },
  {
    name: 'values',
    kind: 'text',
    placeholder: 'FILE',
    required: true,
    commands: TEMPLATE,
    description: 'Values to render with: a YAML file of keys and texts, or a Secret manifest.',
  },
  {
    name: 'expect',
    kind: 'text',
    placeholder: 'FILE',
    commands: TEMPLATE,
    description: 'Secret manifests to compare with; a difference is printed and makes the exit code 1.',
  },
  {
    name: 'directory',
    kind: 'text',
    placeholder: 'FOLDER',
    commands: RUNS,
    description: 'The cluster is this folder: Secrets and state are YAML files in it.',
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
    commands: RUNS,
    description: 'Delete Secrets whose ExternalSecret is gone from the manifests. Give all manifests.',
  },
  {
    name: 'max-deletes',
    kind: 'number',
    default: 20,
    commands: RUNS,
    description: 'Stop before the first write when more Secrets than this would be deleted.',
  },
  {
    name: 'max-delete-share',
    kind: 'percent',
    default: 30,
    commands: RUNS,
    description: 'The same as a share of the Secrets concerned, in percent; counts from four deletions on.',
  },
  {
    name: 'force',
    kind: 'flag',
    commands: RUNS,
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
    commands: ALL,
    description: 'Stores whose spec.controller is set to something else are left alone.',
  },
  {
    name: 'identity',
    kind: 'choice',
    choices: ['auto', 'github', 'token-file', 'service-account', 'azure-cli'],
    default: 'auto',
    commands: RUNS,
    description: 'Where WorkloadIdentity stores get their token from.',
  },
  {
    name: 'azure-client-id',
    kind: 'text',
    placeholder: 'ID',
    commands: RUNS,
    description: 'Client id of the managed identity for stores that do not say which.',
  },
  {
    name: 'azure-tenant-id',
    kind: 'text',
    placeholder: 'ID',
    commands: RUNS,
    description: 'Tenant for stores that do not say which; with github and azure-cli the vault is asked otherwise.',
  },
  {
    name: 'store-identities',
    kind: 'list',
    placeholder: 'STORE=ID',
    commands: RUNS,
    description: 'Client id for one store: NAMESPACE/NAME=ID, or NAME=ID for a ClusterSecretStore. May be repeated.',
  },
  {
    name: 'token-audience',
    kind: 'text',
    placeholder: 'AUDIENCE',
    default: 'api://AzureADTokenExchange',
    commands: RUNS,
    description: 'Audience of the token that is exchanged with Entra.',
  },
  {
    name: 'key-vault-api-version',
    kind: 'text',
    placeholder: 'VERSION',
    commands: RUNS,
    description: 'Key Vault REST version, for clouds that lag behind (as 7.4).',
  },
  {
    name: 'output',
    short: 'o',
    kind: 'choice',
    choices: ['text', 'json', 'markdown'],
    default: 'text',
    commands: ALL,
    description: 'Form of the report on standard output.',
  },
  {
    name: 'color',
    kind: 'choice',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    commands: ALL,
    description: 'Colour: auto means on a terminal only, and NO_COLOR is respected.',
  },
  {
    name: 'log-format',
    kind: 'choice',
    choices: ['text', 'json'],
    default: 'text',
    commands: RUNS,
    description: 'Form of the log on standard error.',
  },
  {
    name: 'log-level',
    kind: 'choice',
    choices: ['debug', 'info', 'warn', 'error'],
    default: 'info',
    commands: RUNS,
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
