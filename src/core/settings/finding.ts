/** Why a text cannot be the value of a setting; goes on from its name. */
import type { Message } from '../model/message.ts';

export interface Finding {
  readonly what: Message;
  readonly fix: Message;
}

/** What a text must look like to be a value; `undefined` = it does. */
export type Form = (text: string) => Finding | undefined;
