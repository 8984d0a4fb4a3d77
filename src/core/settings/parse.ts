/** A text map (flags or variables) → Settings, or every problem at once. */
import { nearest } from '../api/nearest.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import type { ManagedClusterId } from '../model/managed-cluster.ts';
import type { PlanLevel } from '../model/plan-level.ts';
import { plainInputProblems } from '../deploy/plain-inputs.ts';
import { engineProblems, type Engine } from './engine-problems.ts';
import { loginOf } from './login-rules.ts';
import { whyRefused } from './refused.ts';
import { SETTINGS, settingsOf, variableOf, type CommandName, type ListSetting, type Setting } from './table.ts';

/** As an entry collected them: a repeated flag is a list, a flag without a value is `true`. */
export type GivenSettings = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** One property per setting of the table, in its own type. */
export interface Settings {
  readonly filename: readonly string[];
  readonly namespace: string | undefined;
  readonly only: readonly string[];
  readonly planLevel: PlanLevel;
  readonly base: readonly string[];
  readonly planFingerprint: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly aksCluster: ManagedClusterId | undefined;
  readonly aksClientId: string | undefined;
  readonly azureEnvironment: 'PublicCloud' | 'USGovernmentCloud' | 'ChinaCloud';
  readonly home: 'files' | 'config-maps' | 'custom-resources';
  readonly clusterRights: boolean;
  readonly installation: string;
  readonly installationNamespace: string | undefined;
  readonly expect: string | undefined;
  readonly directory: string | undefined;
  readonly showValues: boolean;
  readonly due: boolean;
  readonly prune: boolean;
  readonly maxDeletes: number;
  readonly maxDeleteShare: number;
  readonly force: boolean;
  readonly detailedExitcode: boolean;
  readonly controllerClass: string;
  readonly identity:
    'auto' | 'github' | 'azure-pipelines' | 'token-variable' | 'token-file' | 'service-account' | 'azure-cli';
  readonly tokenVariable: string | undefined;
  readonly tokenFile: string | undefined;
  readonly serviceConnectionId: string | undefined;
  readonly azureClientId: string | undefined;
  readonly azureTenantId: string | undefined;
  /** Store (`namespace/name` or `name`) → client id. */
  readonly storeIdentities: Readonly<Record<string, string>>;
  readonly tokenAudience: string;
  readonly keyVaultApiVersion: string | undefined;
  /** A path, or a text with line breaks. */
  readonly values: string | undefined;
  readonly engine: Engine;
  readonly vaultUrl: string | undefined;
  readonly serviceAccount: string | undefined;
  readonly find: string | undefined;
  readonly all: boolean;
  readonly target: string | undefined;
  readonly refreshInterval: string;
  readonly image: string;
  readonly engineImage: string | undefined;
  readonly imagePullSecret: readonly string[];
  readonly podEnv: readonly string[];
  readonly caConfigMap: string | undefined;
  readonly toleration: readonly string[];
  readonly memory: string;
  readonly allowDowngrade: boolean;
  /** Seconds. */
  readonly waitTimeout: number;
  readonly refresh: boolean;
  readonly secrets: 'keep' | 'delete';
  /** Minutes. */
  readonly window: number;
  readonly deployed: boolean;
  readonly output: 'text' | 'json' | 'markdown';
  readonly color: 'auto' | 'always' | 'never';
  readonly logFormat: 'text' | 'json';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

export interface ParsedSettings {
  readonly settings: Settings | undefined;
  readonly problems: readonly Problem[];
}

type Value = string | number | boolean | readonly string[] | undefined;

/** Flags win over variables, variables over defaults. Unknown flags are problems; unknown variables are not ours. */
export function parseSettings(command: CommandName, flags: GivenSettings, variables: GivenSettings): ParsedSettings {
  const table = settingsOf(command);
  const problems = unknownFlags(command, flags, table);
  const values: Record<string, Value> = {};
  for (const setting of table) {
    const given = flags[setting.name] ?? emptyAsAbsent(variables[variableOf(setting)]);
    const parsed = parseOne(setting, given);
    if (typeof parsed === 'object' && 'what' in parsed) problems.push(settingProblem(setting, parsed.what, parsed.fix));
    else values[camelCase(setting.name)] = parsed;
  }
  const identities = parseStoreIdentities(values['storeIdentities'] as readonly string[] | undefined);
  problems.push(...identities.problems);
  const login = loginOf(values);
  problems.push(...login.problems);
  problems.push(...homeProblems(command, values), ...engineProblems(values));
  if (values['prune'] === true && (values['only'] as readonly string[] | undefined)?.length !== 0) {
    problems.push(
      settingProblem({ name: 'prune' }, 'cannot go with --only', 'Prune in a run that looks at everything.'),
    );
  }
  if (hasErrors(problems)) return { settings: undefined, problems };
  const parsed = { storeIdentities: identities.map, aksCluster: login.aksCluster };
  const settings = { ...UNUSED, ...values, ...parsed } as unknown as Settings;
  return { settings, problems };
}

/** Where the intents are decides whether files must be given or may not be. */
function homeProblems(command: CommandName, values: Readonly<Record<string, Value>>): readonly Problem[] {
  if (!('filename' in values)) return [];
  if (command === 'template' && values['values'] === undefined)
    return [settingProblem({ name: 'values' }, 'is missing', 'Give a file of values to render with.')];
  const files = (values['filename'] as readonly string[] | undefined) ?? [];
  const isPlain = PLAIN_INPUTS.some((name) => values[name] !== undefined && values[name] !== false);
  const home = values['home'] ?? 'files';
  if (home !== 'files' && values['planLevel'] === 'offline') {
    const fix = 'Give the manifests with --filename: offline there is no cluster to read them from.';
    return [settingProblem({ name: 'plan-level' }, `offline cannot go with --home ${String(home)}`, fix)];
  }
  const withHome = (name: string, fix: string): Problem =>
    settingProblem({ name }, `cannot go with --home ${String(home)}`, fix);
  if (home !== 'files' && !isDeploying(command)) {
    return [
      ...(files.length === 0 ? [] : [withHome('filename', 'Leave one of the two out.')]),
      ...(values['directory'] === undefined ? [] : [withHome('directory', 'A folder holds none.')]),
    ];
  }
  if (!isPlain) return files.length > 0 ? [] : [missingFiles(command)];
  if (files.length > 0) {
    return [
      settingProblem(
        { name: 'filename' },
        'cannot go with --vault-url',
        'Write it into the manifests, or leave them out.',
      ),
    ];
  }
  return plainInputProblems({
    vaultUrl: values['vaultUrl'] as string | undefined,
    namespace: values['namespace'] as string | undefined,
    target: values['target'] as string | undefined,
    find: values['find'] as string | undefined,
    all: values['all'] === true,
  });
}

const PLAIN_INPUTS = ['vaultUrl', 'serviceAccount', 'find', 'all', 'target'];

/** What it deploys comes from files, or plain inputs, wherever it is put. */
function isDeploying(command: CommandName): boolean {
  return command === 'deploy' || command === 'render';
}

function missingFiles(command: CommandName): Problem {
  const isPlain = settingsOf(command).some(({ name }) => name === 'vault-url');
  const fix = isPlain ? 'Give it at least once, or --vault-url with --find or --all.' : 'Give it at least once.';
  return settingProblem({ name: 'filename' }, 'is missing', fix);
}

/** What commands see of settings they do not take. */
const UNUSED = {
  filename: [],
  values: undefined,
  expect: undefined,
  directory: undefined,
  planLevel: 'full',
  base: [],
  planFingerprint: undefined,
  kubeconfig: undefined,
  context: undefined,
  aksClientId: undefined,
  azureEnvironment: 'PublicCloud',
  home: 'files',
  installation: 'keyferry',
  installationNamespace: undefined,
  identity: 'auto',
  azureClientId: undefined,
  azureTenantId: undefined,
  tokenVariable: undefined,
  tokenFile: undefined,
  serviceConnectionId: undefined,
  tokenAudience: 'api://AzureADTokenExchange',
  controllerClass: 'keyferry',
  only: [],
  due: false,
  force: false,
  showValues: false,
  prune: false,
  detailedExitcode: false,
  window: 0,
  deployed: false,
  output: 'text',
  color: 'auto',
  logLevel: 'info',
  logFormat: 'text',
};

function emptyAsAbsent(value: GivenSettings[string]): GivenSettings[string] {
  return value === '' ? undefined : value;
}

function unknownFlags(command: CommandName, flags: GivenSettings, table: readonly Setting[]): Problem[] {
  const names = table.map((setting) => setting.name);
  return Object.keys(flags)
    .filter((name) => flags[name] !== undefined && !names.includes(name))
    .map((name) => {
      const hint = nearest(name, names);
      const other = hint === undefined ? elsewhere(name, command) : `Did you mean --${hint}?`;
      return {
        severity: 'error',
        code: 'unknown-setting',
        what: `--${name} is not an option of ${command}`,
        fix: whyRefused(name) ?? other,
      };
    });
}

function elsewhere(name: string, command: CommandName): string {
  const others = SETTINGS.find((setting) => setting.name === name)?.commands.filter((one) => one !== 'job') ?? [];
  return others.length === 0 ? `See keyferry ${command} --help.` : `It is an option of ${others.join(', ')}.`;
}

interface Finding {
  readonly what: string;
  readonly fix: string;
}

function parseOne(setting: Setting, given: GivenSettings[string]): Value | Finding {
  switch (setting.kind) {
    case 'flag':
      return parseFlag(given);
    case 'list':
      return parseList(setting, given);
    case 'text':
      if (given === undefined) return setting.required === true ? missing() : setting.default;
      return given === '' ? { what: 'is empty', fix: 'Give a value, or leave the option out.' } : String(given);
    case 'choice':
      if (given === undefined) return setting.default;
      return setting.choices.includes(String(given)) ? String(given) : badChoice(setting.choices, String(given));
    case 'number':
    case 'percent':
      return given === undefined ? setting.default : parseNumber(setting.kind, String(given));
  }
}

function parseFlag(given: GivenSettings[string]): boolean | Finding {
  if (given === undefined || given === false || given === 'false') return false;
  if (given === true || given === 'true') return true;
  return { what: 'is neither true nor false', fix: 'Use true or false.' };
}

/** In a variable, a list is separated by commas or line ends. */
function parseList(setting: ListSetting, given: GivenSettings[string]): readonly string[] | Finding {
  const items =
    typeof given === 'string'
      ? given.split(/[\n,]/).map((item) => item.trim())
      : Array.isArray(given)
        ? (given as readonly string[])
        : [];
  const filled = items.filter((item) => item !== '');
  return filled.length === 0 && setting.required === true ? missing() : filled;
}

function missing(): Finding {
  return { what: 'is missing', fix: 'Give it at least once.' };
}

function badChoice(choices: readonly string[], given: string): Finding {
  const hint = nearest(given, choices);
  return {
    what: `is "${given}", which is not one of ${choices.join(', ')}`,
    fix: hint === undefined ? 'Use one of these.' : `Did you mean ${hint}?`,
  };
}

function parseNumber(kind: 'number' | 'percent', text: string): number | Finding {
  const digits = kind === 'percent' ? text.replace(/%$/, '') : text;
  if (!/^\d+$/.test(digits)) return { what: `"${text}" is not a whole number`, fix: 'Use 0 or more.' };
  const value = Number(digits);
  if (kind === 'percent' && value > 100) return { what: `"${text}" is over 100`, fix: 'Use 0 to 100.' };
  return value;
}

function parseStoreIdentities(given: readonly string[] | undefined): {
  readonly map: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
} {
  const map: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const item of given ?? []) {
    const match = /^([^=\s]+)=([^=\s]+)$/.exec(item);
    if (match?.[1] !== undefined && match[2] !== undefined) map[match[1]] = match[2];
    else {
      const setting = { name: 'store-identities' };
      problems.push(settingProblem(setting, `"${item}" is not STORE=ID`, 'Write NAMESPACE/NAME=CLIENT-ID.'));
    }
  }
  return { map, problems };
}

function settingProblem(setting: Pick<Setting, 'name'>, what: string, fix: string): Problem {
  return { severity: 'error', code: 'setting', what: `--${setting.name} ${what}`, fix };
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
