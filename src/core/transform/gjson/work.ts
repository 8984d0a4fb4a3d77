/**
 * How much a lookup may do. Multipaths and modifiers can make two of everything at each step of a path, so that a path
 * of one line would otherwise be busy for days.
 */

/** Characters that are walked: a path of a person walks a document once or twice, one with queries some ten times. */
const LEAST = 4_000_000;
const TIMES_THE_TEXT = 8;

/** Thrown by a lookup; holds nothing of text or path. */
export class TooMuchWork extends Error {
  constructor() {
    super('the path makes too much of the text');
    this.name = 'TooMuchWork';
  }
}

export class Work {
  #left: number;

  constructor(text: string) {
    this.#left = LEAST + TIMES_THE_TEXT * text.length;
  }

  /** To be called before a text is walked. */
  spend(text: string): void {
    this.#left -= text.length + 1;
    if (this.#left < 0) throw new TooMuchWork();
  }
}
