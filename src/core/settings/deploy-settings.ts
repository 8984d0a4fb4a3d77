/** Rows of the table: what is installed, and how it is waited for and taken away. Rules between them: engine-problems.ts. */
import { DEPLOYS, PLAIN } from './command-names.ts';
import type { Setting } from './setting.ts';

export const DEPLOY_SETTINGS = [
  {
    name: 'engine',
    kind: 'choice',
    choices: ['cronjob', 'runner', 'eso'],
    default: 'cronjob',
    commands: ['deploy'],
    description:
      'What keeps the Secrets in step: a CronJob that is installed, or this run alone with nothing installed (as sync).',
  },
  {
    name: 'dry-run',
    kind: 'flag',
    commands: ['deploy'],
    description:
      'Print what deploying would change, of Secrets and of the installation itself, and change nothing. With --plan-level metadata no value is read.',
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
    name: 'job-client-id',
    kind: 'text',
    placeholder: 'ID',
    commands: DEPLOYS,
    description:
      'Client id of the managed identity that the job in the cluster logs in as, where it is not --azure-client-id.',
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
] as const satisfies readonly Setting[];
