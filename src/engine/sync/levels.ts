/** How far a plan looks: with values, as a sync needs them. The other level is in `metadata-level.ts`. */
import type { Plan } from '../../core/model/plan.ts';
import type { PlanLevel } from '../../core/model/plan-level.ts';
import { makePlan, type PlanInput } from '../../core/plan/make-plan.ts';
import { readValues } from './read-source.ts';
import { planAllPushes, type GatheredPushes } from './pushes.ts';
import type { ReadSource, Session } from './session.ts';
import type { PlannedPushes } from '../../core/plan/push/plan-pushes.ts';

export interface Level {
  readonly name: PlanLevel;
  readonly readSource: ReadSource;
  readonly makePlan: (input: PlanInput) => Plan;
  readonly planPushes: (gathered: GatheredPushes, session: Session) => PlannedPushes;
}

export const FULL: Level = { name: 'full', readSource: readValues, makePlan, planPushes: planAllPushes };
