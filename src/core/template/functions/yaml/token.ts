/** The pieces that a YAML text is cut into. */
import type { GoString } from '../../values.ts';
import type { Mark } from './problem.ts';

export type TokenType =
  | 'stream end'
  | 'document start'
  | 'document end'
  | 'block sequence'
  | 'block mapping'
  | 'block end'
  | 'flow sequence'
  | 'flow sequence end'
  | 'flow mapping'
  | 'flow mapping end'
  | 'block entry'
  | 'flow entry'
  | 'key'
  | 'value';

export interface Sign {
  readonly type: TokenType;
  readonly mark: Mark;
}

/** `%YAML 1.1` */
export interface VersionDirective {
  readonly type: 'version directive';
  readonly mark: Mark;
  readonly version: string;
}

/** `%TAG !e! tag:example.com,2000:` */
export interface TagDirective {
  readonly type: 'tag directive';
  readonly mark: Mark;
  readonly handle: GoString;
  readonly prefix: GoString;
}

/** `&name` or `*name` */
export interface Reference {
  readonly type: 'anchor' | 'alias';
  readonly mark: Mark;
  readonly name: GoString;
}

/** `!suffix`, `!!suffix`, `!handle!suffix`; with an empty handle, the whole tag. */
export interface Tag {
  readonly type: 'tag';
  readonly mark: Mark;
  readonly handle: GoString;
  readonly suffix: GoString;
}

export interface Scalar {
  readonly type: 'scalar';
  readonly mark: Mark;
  readonly text: GoString;
  readonly isPlain: boolean;
}

export type Token = Sign | VersionDirective | TagDirective | Reference | Tag | Scalar;

export function scalar(mark: Mark, text: GoString, isPlain: boolean): Token {
  return { type: 'scalar', mark, text, isPlain };
}

/** A token that may begin a key. */
export interface KeyCandidate {
  isPossible: boolean;
  /** It cannot be anything else where it stands. */
  readonly isRequired: boolean;
  /** Which token it is, counted from the first of the text. */
  readonly tokenNumber: number;
  readonly mark: Mark;
}

/** What stands before a node. */
export interface Properties {
  readonly began: Mark;
  readonly anchor: GoString | undefined;
  /** In full; empty without one. */
  readonly tag: GoString;
}
