/** Time as data: the only source of `now` and the only way to wait. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** Calls `act` every so many milliseconds until the function that it gives is called. Keeps no process alive. */
  every(ms: number, act: () => void): () => void;
}
