/**
 * Variables with which Node itself prints what it sends: headers, and so the tokens in them, past every filter of ours.
 * Refused where the output is a log that others read; on a terminal of one's own it is one's own affair.
 */
import { say, setting, type Message } from '../core/model/message.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Environment } from './environment.ts';

const PRINTS = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'];
/** Node: they write the keys of connections, or their handshakes. */
const PRINTING_OPTION = /--(?:tls-keylog|trace-tls)\b/u;

export function debugVariableProblems(environment: Environment): readonly Problem[] {
  const names = PRINTS.filter((name) => (environment[name] ?? '') !== '');
  const options = PRINTING_OPTION.exec(environment['NODE_OPTIONS'] ?? '')?.[0];
  return [
    ...names.map((name) => problem(`the variable ${name} is set`)),
    ...(options === undefined ? [] : [problem(`the variable NODE_OPTIONS holds ${options}`)]),
  ];
}

function problem(what: Message): Problem {
  return {
    severity: 'error',
    code: 'debug-variable',
    what: say`${what}, with which Node may print tokens into this log, or what decrypts them`,
    fix: say`Nothing was asked. Take it away; ${setting('log-level')} debug tells what a run does.`,
  };
}
