/** Everything in the manual that can be pasted: manifests are checked, commands are parsed. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageText } from '../../src/core/model/message.ts';
import { readArguments } from '../../src/cli/arguments.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { checkManifests } from '../../src/core/api/manifests.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { parseSettings } from '../../src/core/settings/parse.ts';
import { commandLines, words } from './command-lines.ts';
import { blocksOf, pages, ROOT } from './pages.ts';

const BLOCKS = pages().flatMap((page) =>
  blocksOf(page).map((block) => ({ ...block, place: `${page.file}:${block.line}` })),
);

const MANIFESTS = BLOCKS.filter(
  ({ language, text }) => language === 'yaml' && /^apiVersion: \S*external-secrets\.io\//m.test(text),
);
const COMMAND_LINES = BLOCKS.filter(({ language }) => language === 'bash').flatMap(({ place, text }) =>
  commandLines(text).map((line) => ({ place, line })),
);

describe('manifests of the manual', () => {
  it('are found', () => {
    expect(MANIFESTS.length).toBeGreaterThan(10);
  });

  it.each(MANIFESTS.map((block) => [block.place, block] as const))(
    'are valid, or refused as announced: %s',
    (_place, block) => {
      const { documents, problems } = parseDocuments(block.place, block.text);
      const all = [...problems, ...checkManifests(documents).problems];
      if (block.refused.length === 0) expect(all.map(problemText)).toEqual([]);
      else expect([...new Set(all.map(({ code }) => code))].sort()).toEqual(block.refused.toSorted());
    },
  );
});

describe('commands of the manual', () => {
  it('are found', () => {
    expect(COMMAND_LINES.length).toBeGreaterThan(10);
  });

  it.each(COMMAND_LINES.map(({ place, line }) => [`${place} ${line}`, line] as const))('exist: %s', (_name, line) => {
    expect(faultOf(words(line))).toBeUndefined();
  });
});

function faultOf(command: readonly string[]): string | undefined {
  if (command[0] === 'keyferry') return argumentsFault(command.slice(1));
  const rest = command.slice(2).filter((word) => word !== '--silent');
  const script = rest[0] ?? '';
  if (!scripts().includes(script)) return `there is no script ${script}`;
  if (rest[1] === undefined) return undefined;
  return script === 'keyferry' && rest[1] === '--' ? argumentsFault(rest.slice(2)) : undefined;
}

function argumentsFault(args: readonly string[]): string | undefined {
  const read = readArguments(args);
  if (read.kind === 'wrong') return messageText(read.what);
  if (read.kind !== 'run') return undefined;
  const { problems } = parseSettings(read.command, read.flags, {});
  return problems[0] === undefined ? undefined : problemText(problems[0]);
}

function scripts(): readonly string[] {
  const { scripts: known } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  return Object.keys(known);
}
