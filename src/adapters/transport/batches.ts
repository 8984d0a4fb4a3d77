/** Changes that arrive while a write is under way go together into the next: one write at a time, many changes in each. */

interface Waiting<Change> {
  readonly change: Change;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class Batches<Change> {
  readonly #write: (changes: readonly Change[]) => Promise<void>;
  #waiting: Waiting<Change>[] = [];
  #writing = false;

  constructor(write: (changes: readonly Change[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves once the change is written; rejects with what its write rejected with. */
  async add(change: Change): Promise<void> {
    const written = new Promise<void>((done, failed) => this.#waiting.push({ change, done, failed }));
    void this.#writeWaiting();
    await written;
  }

  async #writeWaiting(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#writeBatch(batch);
    }
    this.#writing = false;
  }

  async #writeBatch(batch: readonly Waiting<Change>[]): Promise<void> {
    try {
      await this.#write(batch.map(({ change }) => change));
      for (const { done } of batch) done();
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }
}
