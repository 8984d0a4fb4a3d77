/**
 * What is about to be pushed is remembered before it is written: a run that breaks off in between leaves objects that the
 * next one knows for its own, whatever has become of their source by then. What cannot be remembered is not written.
 */
import { say } from '../../core/model/message.ts';
import { EMPTY_STATE, type SyncState } from '../../core/model/condition.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { PushIntent, PushFault } from '../../core/model/push-intent.ts';
import type { PushPlan } from '../../core/model/push-plan.ts';
import { stateAhead } from '../../core/plan/push/movement.ts';
import { pushProblem } from '../../core/plan/push/push-item.ts';
import { failureOf } from '../../ports/errors.ts';
import type { Ports } from './ports.ts';

/** `{}` = there was nothing to note. */
export type Noted = { readonly ahead?: SyncState } | { readonly problem: Problem };

export class WriteAhead {
  readonly #ports: Pick<Ports, 'state'>;
  readonly #noted = new Map<PushIntent, Noted>();

  constructor(ports: Pick<Ports, 'state'>) {
    this.#ports = ports;
  }

  /** What was noted of it in this run already is not written once more. */
  async note(item: PushPlan, before: SyncState | undefined): Promise<Noted> {
    const { intent } = item;
    const ahead = stateAhead(item, before ?? EMPTY_STATE);
    const known = this.#noted.get(intent) ?? {};
    if (ahead === undefined || 'problem' in known) return ahead === undefined && 'problem' in known ? {} : known;
    if (JSON.stringify(known.ahead) === JSON.stringify(ahead)) return known;
    const noted = await this.#write(intent, ahead);
    this.#noted.set(intent, noted);
    return noted;
  }

  async #write(intent: PushIntent, ahead: SyncState): Promise<Noted> {
    try {
      await this.#ports.state.writeBeside(intent.ref, ahead);
      return { ahead };
    } catch (error) {
      return { problem: pushProblem(intent, notNoted(failureOf(error))) };
    }
  }
}

function notNoted({ what, fix }: ReturnType<typeof failureOf>): PushFault {
  return {
    code: 'push-not-recorded',
    path: [],
    hasSubject: true,
    what: say`what is about to be pushed could not be recorded: ${what}`,
    fix: say`Nothing was pushed for it. ${fix}`,
  };
}
