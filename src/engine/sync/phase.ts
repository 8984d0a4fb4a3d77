/** The parts of a run, for entries that show where one ends and the next begins. */
export type Phase = 'read' | 'write';

/** Does the work of a phase, and may say so before and after. */
export type InPhase = <T>(phase: Phase, work: () => Promise<T>) => Promise<T>;

export const silently: InPhase = (_phase, work) => work();
