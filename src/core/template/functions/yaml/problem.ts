/** What is wrong with a YAML text, in go-yaml's words. */
import { say, shown, type Message } from '../../message.ts';
import { goError, type GoError } from '../../values.ts';

/** A place in a text; all count from 0, and count characters. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** Found while text was cut into tokens, at a place within what began at `began`. */
export function scannerProblem(problem: Message, at: Mark, began: Mark): GoError {
  return problemAtLine(at.line > 0 ? at.line + 1 : began.line, problem);
}

/**
 * Found while tokens were put together. go-yaml prints the number of the line before, as it counts from 0 here, and
 * falls back on the line where the collection began.
 */
export function parserProblem(problem: Message, at: Mark, began?: Mark): GoError {
  return problemAtLine(at.line > 0 ? at.line : (began?.line ?? 0), problem);
}

function problemAtLine(line: number, problem: Message): GoError {
  return yamlProblem(line > 0 ? say`line ${shown(line)}: ${problem}` : problem);
}

export function yamlProblem(problem: Message): GoError {
  return goError`yaml: ${problem}`;
}
