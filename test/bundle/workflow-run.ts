/**
 * A workflow file, carried out as far as Keyferry's own steps go: jobs in the order of their needs, matrices,
 * conditions, and every expression by GitHub's own library. What other steps do is the test's affair.
 */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { parse } from 'yaml';
import type { StepResult } from './workflow-step.ts';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly environment?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix?: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: unknown;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface RunnableWorkflow {
  readonly text: string;
  readonly github: object;
  /** Variables of an environment; that of a job without one is ''. */
  readonly vars: (environment: string) => Readonly<Record<string, string>>;
  readonly runStep: (inputs: Readonly<Record<string, string>>, environment: string) => Promise<StepResult>;
}

export interface StepRun {
  readonly job: string;
  readonly environment: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly result: StepResult;
}

type Context = Readonly<Record<string, unknown>>;

/** What Keyferry's steps gave, in their order. Jobs whose condition does not hold are left out, as those that need them. */
export async function runWorkflow({ text, github, vars, runStep }: RunnableWorkflow): Promise<readonly StepRun[]> {
  const { jobs } = parse(text) as Workflow;
  const runs: StepRun[] = [];
  const needs: Record<string, { readonly outputs: Readonly<Record<string, string>> }> = {};
  for (const [name, job] of inOrder(jobs)) {
    const needed = listOf(job.needs);
    if (needed.some((one) => needs[one] === undefined)) continue;
    if (job.if !== undefined && !isTrue(job.if, { github, needs })) continue;
    for (const matrix of combinations(job.strategy?.matrix)) {
      const environment = filled(job.environment ?? '', { matrix });
      const steps: Record<string, { readonly outputs: StepResult['outputs'] }> = {};
      const context = { github, needs, matrix, steps, vars: vars(environment) };
      for (const step of job.steps.filter(({ uses = '' }) => /\/keyferry@/u.test(uses))) {
        if (step.if !== undefined && !isTrue(step.if, context)) continue;
        const given = Object.entries(step.with ?? {}).map(([input, value]) => [input, filled(String(value), context)]);
        const inputs = Object.fromEntries(given) as Readonly<Record<string, string>>;
        const result = await runStep(inputs, environment);
        runs.push({ job: name, environment, inputs, result });
        if (step.id !== undefined) steps[step.id] = { outputs: result.outputs };
      }
      const outputs = Object.entries(job.outputs ?? {}).map(([output, value]) => [output, filled(value, context)]);
      needs[name] = { outputs: Object.fromEntries(outputs) as Readonly<Record<string, string>> };
    }
  }
  return runs;
}

function inOrder(jobs: Workflow['jobs']): readonly (readonly [string, Job])[] {
  const depth = (name: string): number => Math.max(0, ...listOf(jobs[name]?.needs).map((one) => depth(one) + 1));
  return Object.entries(jobs).toSorted(([a], [b]) => depth(a) - depth(b));
}

function listOf(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return [];
  return typeof given === 'string' ? [given] : given;
}

function combinations(matrix: Readonly<Record<string, readonly string[]>> = {}): readonly Context[] {
  return Object.entries(matrix).reduce<readonly Context[]>(
    (sofar, [name, values]) => sofar.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

function filled(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gu, (_whole, expression: string) =>
    evaluate(expression, context).coerceString(),
  );
}

/** A condition may stand with or without the braces. */
function isTrue(condition: string, context: Context): boolean {
  const text = evaluate(condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/u, '$1'), context).coerceString();
  return !['', 'false', '0'].includes(text);
}

function evaluate(expression: string, context: Context) {
  const { tokens } = new Lexer(expression.trim()).lex();
  const tree = new Parser(tokens, Object.keys(context), []).parse();
  return new Evaluator(tree, dataOf(context) as data.Dictionary).evaluate();
}

function dataOf(value: unknown): data.ExpressionData {
  return JSON.parse(
    JSON.stringify(value),
    data.reviver as (key: string, value: unknown) => unknown,
  ) as data.ExpressionData;
}
