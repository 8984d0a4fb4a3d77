/** What is wrong with a document that cannot be read, in words of our own: the library's would show a piece of the text. */
import { MOST_EXPANDED, MOST_FIELDS, MOST_LEVELS } from './limits.ts';

export interface YamlFault {
  /** The library's code, as `BAD_INDENT`, or one of ours. */
  readonly code: string;
  /** Goes on from "is not valid YAML: " or stands for itself; without full stop. */
  readonly words: string;
  /** False where the YAML is valid, and only too much, or too odd for any manifest. */
  readonly isSyntax: boolean;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

const SYNTAX: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias (*name) has an anchor or a tag of its own',
  BAD_ALIAS: 'an anchor (&) or alias (*) has no name that YAML knows',
  BAD_COLLECTION_TYPE: 'a tag (!) stands at something that it does not fit',
  BAD_DIRECTIVE: 'a line that begins with % is no directive',
  BAD_DQ_ESCAPE: 'a backslash within double quotes begins nothing that YAML knows; use single quotes, or write \\\\',
  BAD_INDENT: 'the indentation does not fit the lines before it',
  BAD_PROP_ORDER: 'an anchor (&) or tag (!) stands in the wrong place',
  BAD_SCALAR_START: 'a text begins with a character that needs quotes around it',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon stands on one line, or the colon is missing at the end of the line before',
  BLOCK_IN_FLOW: 'lines with a dash or without braces stand within { } or [ ]',
  DUPLICATE_KEY: 'the same field is written twice, or a line with --- is missing before it',
  KEY_OVER_1024_CHARS: 'a field name has more than 1024 characters; a quote or bracket may be open',
  MISSING_CHAR: 'a quote, a bracket, a comma or a space after a colon is missing here',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing at the end of this line, or of one before it',
  MULTIPLE_ANCHORS: 'one value has two anchors (&)',
  MULTIPLE_TAGS: 'one value has two tags (!)',
  NON_STRING_KEY: 'a field name is no text',
  TAB_AS_INDENT: 'a tab stands in the indentation; YAML takes spaces only',
  TAG_RESOLVE_FAILED: 'a tag (!) is unknown, or does not fit its value',
  UNEXPECTED_TOKEN: 'something stands here that does not belong here; a quote, dash or colon may be missing before it',
};

/** YAML that is right, and that no manifest may hold. */
const REFUSED: Readonly<Record<string, string>> = {
  ALIAS_WITHOUT_ANCHOR: 'an alias (*name) has no anchor (&name) before it',
  ALIAS_OF_ITSELF: 'an alias (*name) stands within its own anchor (&name)',
  ALIASES_MULTIPLY: `its aliases multiply to more than ${MOST_EXPANDED} values`,
  KEY_NOT_TEXT: 'a field name is a map or a list; a text that begins with { or [ needs quotes',
  MERGE_OF_NO_MAP: 'a merge (<<) names something that is no map',
  TOO_MANY_FIELDS: `it has more than ${MOST_FIELDS} fields and list items`,
  RESOURCE_EXHAUSTION: `its maps and lists stand within each other more than ${MOST_LEVELS} levels deep`,
};

export function faultOf(code: string, place: Pick<YamlFault, 'line' | 'column'>): YamlFault {
  const refused = REFUSED[code];
  const words = refused ?? SYNTAX[code] ?? 'it cannot be read as YAML';
  return { code, words, isSyntax: refused === undefined, line: place.line, column: place.column };
}
