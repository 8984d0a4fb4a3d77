/** Long work in steps: a signal, and whatever else waits, gets its turn in between. */
const TURN_MS = 50;

/** What the last step gives. */
export async function atEase<Result>(steps: Generator<unknown, Result>): Promise<Result> {
  let began = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - began > TURN_MS) {
      await new Promise((turn) => setImmediate(turn));
      began = performance.now();
    }
  }
}
