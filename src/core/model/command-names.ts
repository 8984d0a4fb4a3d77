/** The commands, and those that have settings in common. */

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

export const ALL: readonly CommandName[] = ['validate', 'plan', 'sync', 'job'];
export const RUNS: readonly CommandName[] = ['plan', 'sync', 'job'];
/** What makes the objects of an installation. */
export const DEPLOYS: readonly CommandName[] = ['render', 'deploy'];
/** What takes plain inputs in the place of manifests. */
export const PLAIN: readonly CommandName[] = ['plan', 'sync', ...DEPLOYS];
/** What reads vaults, or makes a job that does. */
export const READS_VAULTS: readonly CommandName[] = [...RUNS, ...DEPLOYS];
/** What looks after an installation that is there. */
export const KEEPS: readonly CommandName[] = ['status', 'suspend', 'resume', 'uninstall'];
/** What makes a pass, or has the job make one. */
export const PASSES: readonly CommandName[] = [...RUNS, 'deploy', 'status'];
export const READS: readonly CommandName[] = [...ALL, ...DEPLOYS];
/** What looks at manifests. */
export const LOOKS: readonly CommandName[] = [...READS, 'template'];
export const IN_CLUSTER: readonly CommandName[] = [...RUNS, 'deploy', ...KEEPS];
/** What reaches a cluster from a workflow or a laptop; the job is inside. */
export const FROM_OUTSIDE: readonly CommandName[] = IN_CLUSTER.filter((command) => command !== 'job');
