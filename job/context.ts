/** What the job is given, what its passes use of it, and how they end. */
import type { Message } from '../src/core/model/message.ts';
import type { LineSink } from '../src/adapters/node/log-lines.ts';
import type { RedactingMasker } from '../src/adapters/node/redacting.ts';
import type { Report } from '../src/core/model/report.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { Surroundings } from '../src/wiring/surroundings.ts';

export interface JobSurroundings extends Surroundings {
  readonly stdout: LineSink;
}

export interface JobContext extends JobSurroundings {
  readonly logger: Logger;
  readonly masker: RedactingMasker;
}

/** How a pass ended: the code, and the lines of the termination message, the most important first. */
export interface PassEnding {
  readonly code: number;
  readonly lines: readonly Message[];
  /** Absent where it came to none. */
  readonly report?: Report;
  /** Of deployed intents: those that the pass has seen. */
  readonly intentsDigest?: string;
}
