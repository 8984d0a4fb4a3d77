/** What is wrong with a file or path; it names the file itself, for there is no object yet. */
import type { Message } from '../../core/model/message.ts';
import type { Problem, Severity } from '../../core/model/problem.ts';

export function fileProblem(code: string, what: Message, fix: Message, severity: Severity = 'error'): Problem {
  return { severity, code, what, fix };
}

export function unreadable(path: string, error: unknown): Problem {
  const fix = 'Check that it exists and that the current user may read it.';
  return fileProblem('manifest-unreadable', `${path} cannot be read (${errorCode(error)})`, fix);
}

export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
}
