/** A text map (flags or variables) → Settings, or every problem at once. */
import { command, say, setting, type Message } from '../model/message.ts';
import { nearest } from '../model/nearest.ts';
import type { IntentsPin } from '../deploy/intents-pins.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import type { ManagedClusterId } from '../model/managed-cluster.ts';
import type { PlanLevel } from '../model/plan-level.ts';
import type { AskedResolution } from '../model/push-intent.ts';
import type { ManifestKind } from '../model/target.ts';
import { approvalProblems, dryRunProblems } from './approval-rules.ts';
import type { CommandName } from '../model/command-names.ts';
import { engineProblems, type EngineName } from './engine-problems.ts';
import { entraIdProblems, storeIdentityProblems } from './entra-ids.ts';
import { homeProblems, valuesProblems } from './home-rules.ts';
import { intentsOf } from './intents.ts';
import { hostsOf } from './login-hosts.ts';
import { loginOf } from './login-rules.ts';
import { podProblems } from './pod-rules.ts';
import { readValue, type Given } from './read-value.ts';
import { whyRefused } from './refused.ts';
import { passProblems, resolutionOf } from './resolutions.ts';
import { settingProblem } from './setting-problem.ts';
import { defaultOf, propertyOf, variableOf, type Setting, type Value } from './setting.ts';
import { SETTINGS, settingsOf } from './table.ts';

/** By the names of the table, or of its variables. */
export type GivenSettings = Readonly<Record<string, Given>>;

/** One property per setting of the table, in its own type. */
export interface Settings {
  readonly filename: readonly string[];
  readonly namespace: string | undefined;
  readonly only: readonly string[];
  readonly upgrade: boolean;
  /** Names a release. */
  readonly forOperator: string | undefined;
  readonly planLevel: PlanLevel;
  readonly dryRun: boolean;
  readonly base: readonly string[];
  readonly planFingerprint: string | undefined;
  readonly requirePlanFingerprint: boolean;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly inCluster: boolean;
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
  readonly maxUpdates: number;
  readonly maxUpdateShare: number;
  readonly force: boolean;
  readonly takeOver: boolean;
  readonly resolve: readonly AskedResolution[];
  readonly detailedExitcode: boolean;
  readonly controllerClass: string;
  readonly identity:
    'auto' | 'github' | 'azure-pipelines' | 'token-variable' | 'token-file' | 'service-account' | 'azure-cli';
  readonly tokenVariable: string | undefined;
  readonly tokenFile: string | undefined;
  readonly serviceConnectionId: string | undefined;
  readonly azureClientId: string | undefined;
  readonly jobClientId: string | undefined;
  readonly azureTenantId: string | undefined;
  /** Store (`namespace/name` or `name`) → client id. */
  readonly storeIdentities: Readonly<Record<string, string>>;
  readonly tokenAudience: string;
  readonly tokenAudiences: readonly string[];
  /** As URLs have them: small letters, the port only where it is not 443. */
  readonly loginHosts: readonly string[];
  /** In the same form. */
  readonly registryHosts: readonly string[];
  readonly targetKinds: readonly ManifestKind[];
  readonly keyVaultApiVersion: string;
  /** A path, or a text with line breaks. */
  readonly values: string | undefined;
  readonly valuesEverywhere: boolean;
  readonly engine: EngineName;
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
  readonly podLabel: readonly string[];
  readonly podAnnotation: readonly string[];
  readonly toleration: readonly string[];
  readonly nodeSelector: readonly string[];
  /** Absent = by the number of intents. */
  readonly memory: string | undefined;
  readonly memoryRequest: string | undefined;
  readonly cpuLimit: string | undefined;
  readonly cpuRequest: string | undefined;
  readonly allowDowngrade: boolean;
  /** Seconds. */
  readonly waitTimeout: number;
  readonly refresh: boolean;
  readonly secrets: 'keep' | 'delete';
  readonly vaultObjects: 'keep' | 'delete';
  /** Minutes. */
  readonly window: number;
  /** Seconds. */
  readonly startDelay: number;
  readonly deployed: boolean;
  readonly intents: readonly IntentsPin[];
  readonly output: 'text' | 'json' | 'markdown';
  readonly color: 'auto' | 'always' | 'never';
  readonly logFormat: 'text' | 'json';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

export interface ParsedSettings {
  readonly settings: Settings | undefined;
  readonly problems: readonly Problem[];
}

/** Flags win over variables, variables over defaults. Unknown flags are problems; unknown variables are not ours. */
export function parseSettings(command: CommandName, flags: GivenSettings, variables: GivenSettings): ParsedSettings {
  const table = settingsOf(command);
  const problems = unknownFlags(command, flags, table);
  const values: Record<string, Value> = {};
  for (const setting of table) {
    const given = flags[setting.name] ?? ofVariable(setting, variables[variableOf(setting)]);
    const read = readValue(setting, given);
    if ('value' in read) values[propertyOf(setting)] = read.value;
    else problems.push(...read.findings.map(({ what, fix }) => settingProblem(setting.name, what, fix)));
  }
  const identities = parseStoreIdentities(values['storeIdentities'] as readonly string[] | undefined);
  problems.push(...identities.problems);
  const logins = hostsOf('login-hosts', values['loginHosts'] as readonly string[] | undefined);
  const registries = hostsOf('registry-hosts', values['registryHosts'] as readonly string[] | undefined);
  problems.push(...logins.problems, ...registries.problems);
  const intents = intentsOf(command, values);
  problems.push(...intents.problems);
  const login = loginOf(values);
  problems.push(...login.problems, ...entraIdProblems(values), ...storeIdentityProblems(identities.map));
  problems.push(
    ...homeProblems(command, values),
    ...engineProblems(values),
    ...approvalProblems(values),
    ...dryRunProblems(values),
    ...podProblems(values),
    ...valuesProblems(values),
    ...passProblems(command, values),
  );
  if (values['prune'] === true && ((values['only'] ?? []) as readonly string[]).length > 0) {
    problems.push(
      settingProblem('prune', say`cannot go with ${setting('only')}`, 'Prune in a run that looks at everything.'),
    );
  }
  if (hasErrors(problems)) return { settings: undefined, problems };
  const resolve = ((values['resolve'] ?? []) as readonly string[]).flatMap((text) => resolutionOf(text) ?? []);
  const hosts = { loginHosts: logins.hosts, registryHosts: registries.hosts };
  const parsed = { storeIdentities: identities.map, ...hosts, aksCluster: login.aksCluster, resolve };
  const settings = { ...DEFAULTS, ...values, ...parsed, intents: intents.pins } as unknown as Settings;
  return { settings, problems };
}

/** What commands see of settings they do not take. */
const DEFAULTS = Object.fromEntries(SETTINGS.map((setting) => [propertyOf(setting), defaultOf(setting)]));

/** An empty variable counts as absent, unless an empty text means that something went wrong before. */
function ofVariable(setting: Setting, value: Given): Given {
  return value === '' && !('emptyFix' in setting) ? undefined : value;
}

function unknownFlags(command: CommandName, flags: GivenSettings, table: readonly Setting[]): Problem[] {
  const names = table.map(({ name }) => name);
  return Object.keys(flags)
    .filter((name) => flags[name] !== undefined && !names.some((one) => one === name))
    .map((name) => {
      const hint = nearest(name, names);
      const other = hint === undefined ? elsewhere(name, command) : say`Did you mean ${setting(hint)}?`;
      return {
        severity: 'error',
        code: 'unknown-setting',
        what: `--${name} is not an option of ${command}`,
        fix: whyRefused(name) ?? other,
      };
    });
}

function elsewhere(name: string, given: CommandName): Message {
  const others = SETTINGS.find((setting) => setting.name === name)?.commands.filter((one) => one !== 'job') ?? [];
  return others.length === 0 ? say`See ${command(given)} --help.` : `It is an option of ${others.join(', ')}.`;
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
      problems.push(settingProblem('store-identities', `"${item}" is not STORE=ID`, 'Write NAMESPACE/NAME=CLIENT-ID.'));
    }
  }
  return { map, problems };
}
