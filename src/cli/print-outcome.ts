/** A report on standard output, in the form that was asked for, and the exit code that it means. */
import type { Settings } from '../core/settings/parse.ts';
import type { RunOutcome } from '../wiring/plan-outcome.ts';
import type { Surroundings } from './main.ts';
import { lookFor, show } from './show.ts';

export function printOutcome(outcome: RunOutcome, settings: Settings, surroundings: Surroundings): number {
  const { environment, stdout, stop } = surroundings;
  const texts = {
    json: () => outcome.json(),
    markdown: () => outcome.markdown(),
    text: () => outcome.text(lookFor(settings.color, stdout, environment)),
  };
  show(stdout, texts[settings.output]());
  return outcome.stopped ? (stop.exitCode() ?? 1) : outcome.exitCode(settings.detailedExitcode);
}
