/** The parts of a command, for entries that show where one ends and the next begins. */
import type { Phase } from '../engine/sync/phase.ts';

/** Of a plan or sync its phases; what looks after an installation is one. */
export type Stage = Phase | 'deploy' | 'status' | 'suspend' | 'resume' | 'uninstall';

/** Does the work of a stage, and may say so before and after. */
export type InStage = <T>(stage: Stage, work: () => Promise<T>) => Promise<T>;
