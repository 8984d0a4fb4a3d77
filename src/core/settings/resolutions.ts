/** `--resolve`: which side counts where a push met a vault object that changed as well, for the version that was told. */
import { resolutionIn, type AskedResolution } from '../model/push-intent.ts';
import { say, setting } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import type { CommandName } from '../model/command-names.ts';
import type { Finding } from './finding.ts';
import { settingProblem } from './setting-problem.ts';
import type { Value } from './setting.ts';

export function resolution(text: string): Finding | undefined {
  if (resolutionOf(text) !== undefined) return undefined;
  return {
    what: `"${text}" is not NAMESPACE/NAME=SIDE@VERSION`,
    fix: 'Write it as shop/orders=source@VERSION or shop/orders=vault@VERSION, with the version that the conflict named.',
  };
}

export function resolutionOf(text: string): AskedResolution | undefined {
  const [, push = '', answer = ''] = /^([^\s=/]+\/[^\s=/]+)=(.+)$/u.exec(text) ?? [];
  const found = resolutionIn(answer);
  return push === '' || found === undefined ? undefined : { push, ...found };
}

/** `status` makes no pass by itself. */
export function passProblems(
  command: CommandName,
  { refresh, takeOver, resolve }: Readonly<Record<string, Value>>,
): readonly Problem[] {
  if (command !== 'status' || refresh === true) return [];
  const given = [
    ...(takeOver === true ? (['take-over'] as const) : []),
    ...(((resolve ?? []) as readonly string[]).length > 0 ? (['resolve'] as const) : []),
  ];
  return given.map((name) =>
    settingProblem(name, say`is for the pass that ${setting('refresh')} starts`, say`Give ${setting('refresh')} too.`),
  );
}
