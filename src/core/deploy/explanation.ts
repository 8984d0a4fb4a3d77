/** Why a Job does not get anywhere, in a sentence and a way out. */
export interface Explanation {
  /** One sentence without full stop. */
  readonly what: string;
  readonly fix: string;
  /** Waiting longer may help: something that comes by itself. */
  readonly mayPass: boolean;
  /** How long waiting for it makes sense; absent = as long as anybody waits. */
  readonly withinMs?: number;
}
