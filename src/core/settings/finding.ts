/** Why a text cannot be the value of a setting; goes on from its name. */
export interface Finding {
  readonly what: string;
  readonly fix: string;
}

/** What a text must look like to be a value; `undefined` = it does. */
export type Form = (text: string) => Finding | undefined;
