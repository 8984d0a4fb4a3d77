/**
 * The one table of settings. Help texts, reference pages and every entry's parsing are made from it.
 *
 * Each setting is a flag (`--max-deletes`) and a variable (`KEYFERRY_MAX_DELETES`); the flag wins.
 */
import { say, setting } from '../model/message.ts';
import { PLAN_LEVELS } from '../model/plan-level.ts';
import { WHERE_IT_COMES_FROM } from './approval-rules.ts';
import {
  ALL,
  DEPLOYS,
  IN_CLUSTER,
  LOOKS,
  PASSES,
  READS,
  READS_VAULTS,
  RUNS,
  type CommandName,
} from '../model/command-names.ts';
import { DEPLOY_SETTINGS } from './deploy-settings.ts';
import { CLUSTER_SETTINGS, IDENTITY_SETTINGS } from './login-settings.ts';
import { operatorVersion } from './operator-version.ts';
import { resolution } from './resolutions.ts';
import { targetKind } from './target-kinds.ts';
import type { Setting } from './setting.ts';

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
    description:
      'Look at these ExternalSecrets and PushSecrets only; with PushSecret NS/NAME at one of the two. May be repeated.',
  },
  {
    name: 'upgrade',
    kind: 'flag',
    commands: ['validate'],
    description:
      'Print the manifests in the newest version of each kind instead of a report: comments, order and all else stay. Nothing is printed where something is wrong; files are left as they are.',
  },
  {
    name: 'for-operator',
    kind: 'text',
    placeholder: 'VERSION',
    form: operatorVersion,
    commands: ['validate'],
    description:
      'Warn also of what this release of External Secrets Operator does not know or does otherwise, as 2.9.0: for manifests that it carries out too.',
  },
  {
    name: 'plan-level',
    kind: 'choice',
    choices: PLAN_LEVELS,
    default: 'full',
    commands: ['plan', 'deploy'],
    description: say`How far the plan looks: at manifests against those of ${setting('base')}, at names and versions without any value, or at everything.`,
  },
  {
    name: 'base',
    kind: 'list',
    placeholder: 'PATH',
    commands: ['plan', 'sync', 'deploy'],
    description: say`With ${setting('plan-level')} offline: the manifests to compare with. May be repeated.`,
  },
  {
    name: 'plan-fingerprint',
    kind: 'text',
    placeholder: 'FINGERPRINT',
    commands: ['sync', 'deploy'],
    description: 'Write only if the plan is still the one of this fingerprint.',
    emptyFix: WHERE_IT_COMES_FROM,
  },
  {
    name: 'require-plan-fingerprint',
    kind: 'flag',
    commands: ['sync', 'deploy'],
    description: say`Write nothing without ${setting('plan-fingerprint')}, for runs after an approval: one that got lost on its way is empty, and would be as none.`,
  },
  ...CLUSTER_SETTINGS,
  {
    name: 'home',
    kind: 'choice',
    choices: ['files', 'config-maps', 'custom-resources'],
    default: 'files',
    commands: ['validate', ...RUNS, ...DEPLOYS],
    description: say`Where the intents are: in the files of ${setting('filename')}, in ConfigMaps, where deploy puts them by default, or custom resources, whose status is then kept. With custom resources, stores may be in the cluster only.`,
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
    description: say`With ${setting('directory')}: write values into the files. Without it they hold none.`,
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
    name: 'max-updates',
    kind: 'number',
    default: 20,
    commands: READS_VAULTS,
    description:
      'Stop before the first write when more Secrets than this, and than the share below, would be rewritten though nothing but the vault changed.',
  },
  {
    name: 'max-update-share',
    kind: 'percent',
    default: 50,
    commands: READS_VAULTS,
    description:
      'The same as a share of the Secrets that were in step with the vault, in percent; 100 lifts both limits.',
  },
  {
    name: 'force',
    kind: 'flag',
    commands: [...RUNS, 'deploy'],
    description: 'Lift the limits on deletions and updates. Ownership is never lifted.',
  },
  {
    name: 'take-over',
    kind: 'flag',
    commands: PASSES,
    description:
      'Push also to vault objects that another installation wrote, as after a cluster was rebuilt or its state was lost. What is not of External Secrets stays as it is.',
  },
  {
    name: 'resolve',
    kind: 'list',
    placeholder: 'NS/NAME=SIDE@VERSION',
    form: resolution,
    commands: PASSES,
    description:
      'Which side counts for a PushSecret whose Secret and vault object both changed: source or vault, with the version that the conflict named. May be repeated.',
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
    name: 'target-kinds',
    kind: 'list',
    placeholder: 'KIND',
    form: targetKind,
    commands: READS,
    description:
      'Kinds beside Secret that target.manifest may name: ConfigMap. Whoever may read such an object can read the values in it. Without it they are refused.',
  },
  ...IDENTITY_SETTINGS,
  {
    name: 'values',
    kind: 'text',
    placeholder: 'FILE',
    commands: LOOKS,
    description:
      'A YAML file of names and texts, or that text: values for ${PLACEHOLDERS} of the manifests, in names, namespaces, addresses, ids, remote keys and intervals. With template: what to render with, also a Secret manifest.',
  },
  {
    name: 'values-everywhere',
    kind: 'flag',
    commands: READS,
    description: 'Fill ${PLACEHOLDERS} also in templates and in documents of other kinds; each must have a value then.',
  },
  ...DEPLOY_SETTINGS,
  {
    name: 'window',
    kind: 'number',
    default: 0,
    commands: ['job'],
    description: 'Minutes that the job stays to make a pass whenever something is due; 0 is one pass.',
  },
  {
    name: 'start-delay',
    kind: 'number',
    default: 0,
    commands: ['job'],
    description:
      'Seconds that a run of the schedule waits before its first pass, so that many installations do not begin in the same second.',
  },
  {
    name: 'deployed',
    kind: 'flag',
    commands: ['job'],
    description: 'The custom resources are those that a deployment names in its ConfigMaps; each is read by name.',
  },
  {
    name: 'intents',
    kind: 'list',
    placeholder: 'NAME=SHA256',
    commands: ['job'],
    description:
      'The ConfigMaps that hold the intents of a deployment, as it writes them into the pod spec: what is in one that is not this to the byte is not used.',
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

/** The settings that a command takes, in the order of the table. */
export function settingsOf(command: CommandName): readonly Setting[] {
  return SETTINGS.filter((setting: Setting) => setting.commands.includes(command));
}
