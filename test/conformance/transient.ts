/**
 * Which of the operator's requests met a fault that another attempt may get past (429, 5xx).
 *
 * How often a client repeats those is its own affair, so they are counted on neither side. Of our requests the server
 * knows it; of the recorded ones it follows from the faults, each of which hits so many requests.
 */
import type { Fault } from '../servers/index.ts';

export class Transient {
  readonly #faults: { readonly fault: Fault; left: number }[];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults.map(entry);
  }

  add(faults: readonly Fault[]): void {
    this.#faults.push(...faults.map(entry));
  }

  /** The recorded requests that count; in the order in which they were made. */
  without(requests: readonly string[], vault: string | undefined): readonly string[] {
    return requests.filter((line) => !this.#hit(line, vault));
  }

  #hit(line: string, vault: string | undefined): boolean {
    const hit = this.#faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.vault === undefined || vault === undefined || fault.vault === vault) &&
        new RegExp(fault.match, 'u').test(line),
    );
    if (hit === undefined) return false;
    hit.left -= 1;
    const { status = 200 } = hit.fault;
    return status === 429 || status >= 500;
  }
}

function entry(fault: Fault): { readonly fault: Fault; left: number } {
  return { fault, left: fault.times ?? Infinity };
}
