/** What people type: the first thing that a help text shows. */
import type { CommandName } from '../model/command-names.ts';

export const EXAMPLES: Readonly<Record<Exclude<CommandName, 'job'>, readonly string[]>> = {
  validate: ['keyferry validate -f deploy/secrets', 'kustomize build overlays/prod | keyferry validate -f -'],
  render: [
    'keyferry render -f deploy/secrets > keyferry.yaml',
    'keyferry render -f deploy/secrets | kubectl apply --server-side -f -',
  ],
  plan: [
    'keyferry plan -f deploy/secrets --directory ./preview --identity azure-cli',
    'keyferry plan -f deploy/secrets --context prod --plan-level metadata',
    'keyferry plan -f secrets --plan-level offline --base ../main/secrets',
  ],
  sync: [
    'keyferry sync -f deploy/secrets --context prod --identity azure-cli',
    'keyferry sync -f deploy/secrets --only shop/orders-db',
  ],
  deploy: [
    'keyferry deploy -f deploy/secrets --dry-run',
    'keyferry deploy -f deploy/secrets --context prod --max-deletes 5',
  ],
  status: ['keyferry status', 'keyferry status --refresh --output json'],
  suspend: ['keyferry suspend --installation-namespace keyferry'],
  resume: ['keyferry resume --installation-namespace keyferry'],
  uninstall: ['keyferry uninstall --installation-namespace keyferry --secrets keep'],
  template: ['keyferry template -f secrets --values sample.yaml --expect expected.yaml'],
};
