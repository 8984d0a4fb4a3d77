/** Words of the command line that are no commands: each prints something of the program itself, and takes no settings. */
import { COMMANDS } from '../model/command-names.ts';
import { SERVED_KINDS } from '../model/kinds.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

export interface Word {
  readonly name: string;
  readonly summary: string;
  /** What may follow it. */
  readonly values: readonly string[];
}

/** In the order in which the help lists them. */
export const WORDS: readonly Word[] = [
  {
    name: 'schema',
    summary: 'Print the JSON Schema of a kind, for editors; alone, list the kinds.',
    values: SERVED_KINDS.map(({ kind }) => kind),
  },
  { name: 'completion', summary: 'Print completions for bash, zsh, fish or powershell.', values: SHELLS },
  { name: 'help', summary: 'Print the help of a command: keyferry help plan.', values: COMMANDS },
  { name: 'version', summary: 'Print the version; with --output json, Node and platform too.', values: [] },
];
