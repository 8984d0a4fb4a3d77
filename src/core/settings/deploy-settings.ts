/** Rows of the table: what is installed, and how it is waited for and taken away. Rules between them: engine-problems.ts. */
import { DEPLOYS, PLAIN } from './command-names.ts';
import { imageReference, objectName } from './kubernetes-names.ts';
import { annotation, cpuQuantity, label, memoryQuantity, nodeLabel, toleration, variable } from './pod-forms.ts';
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
    form: objectName,
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
    form: imageReference,
    commands: DEPLOYS,
    description: 'Image of the pods: any with Node 24.',
  },
  {
    name: 'engine-image',
    kind: 'text',
    placeholder: 'IMAGE',
    form: imageReference,
    commands: DEPLOYS,
    description: 'An image that holds Keyferry itself, in place of --image and the engine in a ConfigMap.',
  },
  {
    name: 'image-pull-secret',
    kind: 'list',
    placeholder: 'NAME',
    form: objectName,
    commands: DEPLOYS,
    description: 'Pull secret of the pods. May be repeated.',
  },
  {
    name: 'pod-env',
    kind: 'list',
    placeholder: 'NAME=VALUE',
    byLine: true,
    form: variable,
    commands: DEPLOYS,
    description:
      'Variable of the pods, as HTTPS_PROXY=http://proxy:3128; never a secret. A comma is part of the value. May be repeated.',
  },
  {
    name: 'pod-label',
    kind: 'list',
    placeholder: 'KEY=VALUE',
    byLine: true,
    form: label,
    commands: DEPLOYS,
    description: 'Label of the pods, as a policy or an injector of sidecars asks for. May be repeated.',
  },
  {
    name: 'pod-annotation',
    kind: 'list',
    placeholder: 'KEY=VALUE',
    byLine: true,
    form: annotation,
    commands: DEPLOYS,
    description:
      'Annotation of the pods, as sidecar.istio.io/inject=false: a sidecar that does not end keeps each Job running until its deadline. A comma is part of the value. May be repeated.',
  },
  {
    name: 'ca-config-map',
    kind: 'text',
    placeholder: 'NAME',
    form: objectName,
    commands: DEPLOYS,
    description: 'ConfigMap whose ca.crt the pods are to trust too.',
  },
  {
    name: 'toleration',
    kind: 'list',
    placeholder: 'KEY=VALUE:EFFECT',
    form: toleration,
    commands: DEPLOYS,
    description: 'Toleration of the pods; KEY:EFFECT for any value, KEY for any effect too. May be repeated.',
  },
  {
    name: 'node-selector',
    kind: 'list',
    placeholder: 'KEY=VALUE',
    byLine: true,
    form: nodeLabel,
    commands: DEPLOYS,
    description:
      'Label of the nodes that the pods may run on, beside Linux, as kubernetes.io/arch=amd64. May be repeated.',
  },
  {
    name: 'memory',
    kind: 'text',
    placeholder: 'QUANTITY',
    form: memoryQuantity,
    commands: DEPLOYS,
    description:
      'Memory limit of the pods. Without it 256Mi, and 64Mi more for each 1,000 ExternalSecrets over 2,000; the heap of Node is kept inside of it.',
  },
  {
    name: 'memory-request',
    kind: 'text',
    placeholder: 'QUANTITY',
    form: memoryQuantity,
    commands: DEPLOYS,
    description:
      'Memory that the pods ask for. Without it half of what the limit is by itself, and no more than the limit.',
  },
  {
    name: 'cpu-limit',
    kind: 'text',
    placeholder: 'QUANTITY',
    form: cpuQuantity,
    commands: DEPLOYS,
    description: 'CPU limit of the pods, as 500m, where a policy or a quota wants one. Without it none.',
  },
  {
    name: 'cpu-request',
    kind: 'text',
    placeholder: 'QUANTITY',
    form: cpuQuantity,
    commands: DEPLOYS,
    description: 'CPU that the pods ask for. Without it 50m, and no more than the limit.',
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
    commands: ['deploy', 'status', 'uninstall'],
    description: 'Seconds to wait for the pass that a deployment, --refresh or --vault-objects delete starts.',
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
    name: 'vault-objects',
    kind: 'choice',
    choices: ['keep', 'delete'],
    default: 'keep',
    commands: ['uninstall', 'job'],
    description:
      'What becomes of the vault objects that its PushSecrets wrote. delete: a last pass deletes those whose tags say that they are its own; they stay recoverable as long as the vault keeps them.',
  },
] as const satisfies readonly Setting[];
