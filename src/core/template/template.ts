/**
 * Go's text/template: texts with actions in double braces, executed over data.
 *
 * ```ts
 * const template = parseTemplate('greeting', 'Hello {{ .name | upper }}', functions);
 * if (!(template instanceof TemplateProblem)) template.execute(stringMapOf([['name', 'you']]), options);
 * ```
 *
 * Synchronous, without any state of its own, and without any knowledge of what it is used for. Names, texts, data and
 * results are Go strings: see `values.ts`.
 */
import { say, shown, type Message } from './message.ts';
import type { FunctionTable } from './function-table.ts';
import type { TemplateEnvironment } from './runtime.ts';
import { LimitError } from './runtime.ts';
import type { GoString, GoValue } from './values.ts';
import { BUILTINS } from './exec/builtins.ts';
import { ExecError } from './exec/exec-error.ts';
import { PassedOver } from './exec/passed-over.ts';
import { run } from './exec/statements.ts';
import { Account, DEFAULT_LIMITS, limitOf } from './limits.ts';
import type { Limits } from './limits.ts';
import { namesFunction, usesVolatile, writesTemplateText } from './trees.ts';
import { GO_DELIMITERS } from './parse/token.ts';
import { parseTrees } from './parse/parser.ts';
import type { Tree } from './parse/parser.ts';
import { ParseError } from './parse/parse-error.ts';
import { TemplateProblem } from './template-problem.ts';

export interface ExecuteOptions {
  readonly environment: TemplateEnvironment;
  /** What `.x` gives where the data have no x: Go's option missingkey. */
  readonly missingKey: 'error' | 'invalid';
  readonly limits?: Limits;
  /** Shared by several renders that count as one, in place of limits. */
  readonly account?: Account;
  /**
   * Failures that Go passes over end the render: a `b64dec` of what is no base64, a nil that is printed. What may be asked
   * for is not used: see `Failed` in `exec/held.ts`.
   */
  readonly isStrict?: boolean;
}

/** What a failure counts for that is passed over: to make an error takes a while. */
const FAILURE = 2_000;

/** A template that was parsed, and can be executed any number of times. */
export class Template {
  readonly name: GoString;
  /** Its result differs from run to run, since it calls something random or the clock. */
  readonly isVolatile: boolean;
  /** All that it does is to write template text. */
  readonly isTemplateText: boolean;
  private readonly text: GoString;
  private readonly trees: ReadonlyMap<GoString, Tree>;
  private readonly functions: FunctionTable;

  constructor(name: GoString, text: GoString, trees: ReadonlyMap<GoString, Tree>, functions: FunctionTable) {
    this.name = name;
    this.text = text;
    this.trees = trees;
    this.functions = functions;
    this.isVolatile = usesVolatile(trees, functions);
    this.isTemplateText = writesTemplateText(trees);
  }

  /** It names this function, whether it will be reached or not. */
  calls(name: string): boolean {
    return namesFunction(this.trees, name);
  }

  /** The bytes that the template makes of the data, or why it does not. */
  execute(data: NonNullable<GoValue>, options: ExecuteOptions): GoString | TemplateProblem {
    const { environment, missingKey, limits = DEFAULT_LIMITS, isStrict = false } = options;
    const { account = new Account(limits) } = options;
    const output: GoString[] = [];
    const passedOver = new PassedOver(isStrict);
    const passOver = (what: Message): void => {
      account.spend(FAILURE);
      passedOver.note(what);
    };
    const runtime = { ...environment, spend: account.spend, isStrict, passOver, printsNil: passedOver.noteNil };
    const { name, text, trees, functions } = this;
    const context = { name, text, trees, functions, runtime, passedOver, missingKey, step: account.step };
    try {
      run(context, data, (bytes) => {
        account.write(bytes.length);
        output.push(bytes);
      });
      return output.join('');
    } catch (error) {
      return toProblem(name, error);
    }
  }
}

/** Parses a text that will go by this name in errors. */
export function parseTemplate(
  name: GoString,
  text: GoString,
  functions: FunctionTable,
  delimiters = GO_DELIMITERS,
): Template | TemplateProblem {
  const isFunction = (called: string): boolean => functions.has(called) || BUILTINS.has(called);
  try {
    const trees = parseTrees({ name, text, delimiters, isFunction, limits: DEFAULT_LIMITS });
    return new Template(name, text, trees, functions);
  } catch (error) {
    return toProblem(name, error);
  }
}

/** A bug is not a problem of the template: it goes on as it came. */
function toProblem(name: GoString, error: unknown): TemplateProblem {
  if (error instanceof ParseError) {
    const { full, what, line } = error;
    return new TemplateProblem({ phase: 'parse', full, what, line });
  }
  if (error instanceof ExecError) {
    const { full, what, line, column } = error;
    return new TemplateProblem({ phase: 'execute', full, what, line, column });
  }
  const limit = error instanceof RangeError ? limitOf(error) : error;
  if (!(limit instanceof LimitError)) throw error;
  const what = say`${shown(limit.message)}`;
  return new TemplateProblem({ phase: 'limit', full: say`template: ${shown(name)}: ${what}`, what });
}
