/** What a process gives every entry, whichever it is. */
import type { Environment } from './environment.ts';
import type { StopRequest } from './stop-signal.ts';

export interface Surroundings {
  readonly environment: Environment;
  readonly stop: StopRequest;
}
