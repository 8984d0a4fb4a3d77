/**
 * What is told of a run, without values that the run has seen: the last line of defence, as for every line of the log.
 *
 * Only free texts are filtered. Names of objects, keys and fields, fingerprints, versions, counts and times are what
 * machines compare, and a value that happens to equal one of them must not change it.
 */
import { withTexts } from '../model/message.ts';
import type { ObjectEvent } from '../model/condition.ts';
import type { PassProblem, PassReport } from '../model/pass-report.ts';
import type { IntentPlan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { PushPlan } from '../model/push-plan.ts';
import type { ObjectReport, Report } from '../model/report.ts';
import { inLines } from '../model/shown.ts';

/** Takes known values out of a text. */
export type Redact = (text: string) => string;

export function filteredProblem(problem: Problem, redact: Redact): Problem {
  const { what, fix, quoted } = problem;
  const rest = quoted === undefined ? {} : { quoted: quoted.map(redact) };
  return { ...problem, what: withTexts(what, redact), fix: withTexts(fix, redact), ...rest };
}

export function filteredReport(report: Report, redact: Redact): Report {
  const { stopped } = report;
  return {
    ...report,
    objects: report.objects.map((object) => filteredObject(object, redact)),
    pushes: report.pushes.map((push) => filteredObject(push, redact)),
    problems: report.problems.map((problem) => filteredProblem(problem, redact)),
    ...(stopped === undefined ? {} : { stopped: filteredProblem(stopped, redact) }),
  };
}

function filteredObject<Told extends Pick<ObjectReport, 'reason' | 'problems'>>(object: Told, redact: Redact): Told {
  const { reason, problems } = object;
  return {
    ...object,
    ...(reason === undefined ? {} : { reason: redact(reason) }),
    problems: problems.map((problem) => filteredProblem(problem, redact)),
  };
}

/** What is remembered and announced of an ExternalSecret: its condition and its Events, fit to be shown. */
export function filteredItem(item: IntentPlan, redact: Redact): IntentPlan {
  const { condition, events } = item.result;
  const told = (text: string) => inLines(redact(text));
  return {
    ...item,
    problems: item.problems.map((problem) => filteredProblem(problem, redact)),
    result: {
      ...item.result,
      ...(condition === undefined ? {} : { condition: { ...condition, message: told(condition.message) } }),
      events: events.map((event): ObjectEvent => ({ ...event, message: told(event.message) })),
    },
  };
}

/** The same of a PushSecret. */
export function filteredPush(item: PushPlan, redact: Redact): PushPlan {
  const { condition, events } = item.result;
  const told = (text: string) => inLines(redact(text));
  return {
    ...item,
    problems: item.problems.map((problem) => filteredProblem(problem, redact)),
    result: {
      ...item.result,
      ...(condition === undefined ? {} : { condition: { ...condition, message: told(condition.message) } }),
      events: events.map((event): ObjectEvent => ({ ...event, message: told(event.message) })),
    },
  };
}

/** A report of `deploy`, `status` and their like: problems of its own, and those of the pass. */
export function filteredInstallation<
  Told extends { readonly problems: readonly Problem[]; readonly pass?: PassReport | undefined },
>(told: Told, redact: Redact): Told {
  const { problems, pass } = told;
  return {
    ...told,
    problems: problems.map((problem) => filteredProblem(problem, redact)),
    ...(pass === undefined ? {} : { pass: filteredPass(pass, redact) }),
  };
}

export function filteredPass(pass: PassReport, redact: Redact): PassReport {
  return { ...pass, problems: pass.problems.map((problem) => filteredPassProblem(problem, redact)) };
}

function filteredPassProblem(problem: PassProblem, redact: Redact): PassProblem {
  const { text, what, fix } = problem;
  return {
    ...problem,
    text: withTexts(text, redact),
    ...(what === undefined ? {} : { what: withTexts(what, redact) }),
    ...(fix === undefined ? {} : { fix: withTexts(fix, redact) }),
  };
}
