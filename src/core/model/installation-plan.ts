/** What deploying would do to the objects of an installation, beside what its pass does to Secrets. Never a value. */

export interface InstallationPlan {
  /** `shop/keyferry`. */
  readonly installation: string;
  readonly objects: readonly PlannedObject[];
  /** Of everything that would be applied: equal ones apply the same. */
  readonly digest: string;
}

export interface PlannedObject {
  /** `CronJob shop/keyferry`. */
  readonly object: string;
  /** `unknown`: whoever plans may not read it. */
  readonly action: 'create' | 'change' | 'delete' | 'unchanged' | 'unknown';
  /** Of a change: which fields. */
  readonly fields: readonly string[];
  /** Field managers that set one of these fields to something else, by field: it is taken from them. */
  readonly setBy?: Readonly<Record<string, readonly string[]>>;
}
