/** What the help of each command begins with: one sentence, and what people type. */
import type { CommandName } from '../model/command-names.ts';

interface CommandHelp {
  readonly summary: string;
  readonly examples: readonly string[];
}

export const COMMAND_HELP: Readonly<Record<Exclude<CommandName, 'job'>, CommandHelp>> = {
  validate: {
    summary: 'Check manifests and print every problem with file and line. No network.',
    examples: [
      'keyferry validate -f deploy/secrets',
      'kustomize build overlays/prod | keyferry validate -f -',
      'keyferry validate -f old.yaml --upgrade > new.yaml',
    ],
  },
  render: {
    summary: 'Print every object that deploy would apply, as YAML. No network.',
    examples: [
      'keyferry render -f deploy/secrets > keyferry.yaml',
      'keyferry render -f deploy/secrets | kubectl apply --server-side -f -',
    ],
  },
  plan: {
    summary: 'Read both sides and print what a sync would write: key names, never values.',
    examples: [
      'keyferry plan -f deploy/secrets --directory ./preview --identity azure-cli',
      'keyferry plan -f deploy/secrets --context prod --plan-level metadata',
      'keyferry plan -f secrets --plan-level offline --base ../main/secrets',
    ],
  },
  sync: {
    summary: 'Plan, then write: bring the Secrets in step with the vault.',
    examples: [
      'keyferry sync -f deploy/secrets --context prod --identity azure-cli',
      'keyferry sync -f deploy/secrets --only shop/orders-db',
    ],
  },
  deploy: {
    summary: 'Install or upgrade the CronJob with least rights, run it once, and wait for it.',
    examples: [
      'keyferry deploy -f deploy/secrets --dry-run',
      'keyferry deploy -f deploy/secrets --context prod --max-deletes 5',
    ],
  },
  status: {
    summary: 'Show an installation: last pass, stores, ExternalSecrets, Secrets, next due, problems.',
    examples: ['keyferry status', 'keyferry status --refresh --output json'],
  },
  suspend: {
    summary: 'Let the CronJob of an installation start no more passes.',
    examples: ['keyferry suspend --installation-namespace keyferry'],
  },
  resume: {
    summary: 'Let it start passes again.',
    examples: ['keyferry resume --installation-namespace keyferry'],
  },
  uninstall: {
    summary: 'Take an installation away; its Secrets are kept or deleted, as asked.',
    examples: ['keyferry uninstall --installation-namespace keyferry --secrets keep'],
  },
  template: {
    summary: 'Render templates from given values and print the Secrets, values included. No network.',
    examples: ['keyferry template -f secrets --values sample.yaml --expect expected.yaml'],
  },
};
