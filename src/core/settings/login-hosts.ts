/** The hosts of `--login-hosts` and `--registry-hosts`, in the one form that addresses have. */
import { loginHostIn } from '../model/login-hosts.ts';
import type { Problem } from '../model/problem.ts';
import { settingProblem } from './setting-problem.ts';

const EXAMPLES = { 'login-hosts': 'login.example.com', 'registry-hosts': 'registry.example.com' } as const;

/** A pattern, an address with a path or a scheme could be taken for more than it allows, and is refused. */
export function hostsOf(
  name: 'login-hosts' | 'registry-hosts',
  given: readonly string[] = [],
): {
  readonly hosts: readonly string[];
  readonly problems: readonly Problem[];
} {
  const read = given.map((text) => ({ text, host: loginHostIn(text) }));
  return {
    hosts: [...new Set(read.flatMap(({ host }) => (host === undefined ? [] : [host])))],
    problems: read.flatMap(({ text, host }) =>
      host === undefined
        ? [
            settingProblem(
              name,
              `"${text.includes('@') ? '…' : text}" is no host`,
              `Write a host alone, as ${EXAMPLES[name]} or ${EXAMPLES[name]}:8443: no scheme, no path, no pattern.`,
            ),
          ]
        : [],
    ),
  };
}
