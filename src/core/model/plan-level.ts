/**
 * How far a plan looks.
 *
 * | level | reads | tells |
 * | --- | --- | --- |
 * | `offline` | two sets of manifests | what differs between them |
 * | `metadata` | vault and cluster without a value: names, versions, times | what may change |
 * | `full` | everything | what a sync would write |
 */
export const PLAN_LEVELS = ['offline', 'metadata', 'full'] as const;

export type PlanLevel = (typeof PLAN_LEVELS)[number];
