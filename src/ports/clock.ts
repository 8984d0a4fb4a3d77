/** Time as data: the only source of `now` and the only way to wait. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
}
