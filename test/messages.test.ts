/**
 * No text of the sources writes a setting or a command of ours as plain text: an entry could not say it in words of its
 * own. They are parts of a message (`core/model/message`), written with `say`, `setting` and `command`.
 */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { COMMANDS } from '../src/core/model/command-names.ts';
import { SETTING_NAMES } from '../src/core/model/setting-names.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** What is only ever said on a command line, and the one place that makes the command line's words. */
const OF_THE_COMMAND_LINE =
  /^src\/(?:cli\/|core\/settings\/(?:help|completion|command-help|words)\.ts|core\/model\/message\.ts)/u;

/** Stands where something is put into a text. */
const HOLE = '\uE000';

/** A command of another program, to be copied: up to the end of its sentence its options are its own. */
const OTHERS = /\b(?:az|kubectl) .*?(?:\.(?=\s|$)|;|$)/gmu;
const OURS = new RegExp(
  String.raw`(?<![\w./\\-])(?:--(?:${SETTING_NAMES.join('|')}|${HOLE})(?![\w/\\-])|keyferry (?:${COMMANDS.join('|')}|${HOLE})(?![\w-]))`,
  'u',
);

/** Options that are not ours, or that are none: with the reason. */
const KNOWN: readonly (readonly [file: string, text: string, reason: string])[] = [
  ['src/core/deploy/live-operator.ts', `--${HOLE}=`, 'an argument of the operator'],
  ['src/core/deploy/live-operator.ts', `--${HOLE}`, 'an argument of the operator'],
  ['src/core/settings/parse.ts', `--${HOLE} is not an option of ${HOLE}`, 'what somebody gave, and is no setting'],
];

function plainIn(file: string): readonly string[] {
  return textsOf(readFileSync(join(ROOT, file), 'utf8'))
    .filter((text) => OURS.test(text.replace(OTHERS, '')))
    .filter((text) => !KNOWN.some(([where, known]) => where === file && known === text));
}

/** Every text that a source writes, also in parts of templates. */
function textsOf(source: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(HOLE));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return texts;
}

function sources(): readonly string[] {
  return ['src', 'job'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );
}

describe('texts of the sources', () => {
  it('name settings and commands as parts, never as they stand on a command line', () => {
    const plain = sources()
      .filter((file) => !OF_THE_COMMAND_LINE.test(file))
      .flatMap((file) => plainIn(file).map((text) => `${file}: ${text.replaceAll(HOLE, '${…}')}`));
    expect(plain).toEqual([]);
  });

  it.each([
    ["'run again with --force'", 'run again with --force'],
    ['`--${name} is missing`', `--${HOLE} is missing`],
    ['`deploy it: keyferry deploy -f ${path}`', `deploy it: keyferry deploy -f ${HOLE}`],
  ])('are found: %s', (source, text) => {
    expect(textsOf(source).filter((one) => OURS.test(one.replace(OTHERS, '')))).toEqual([text]);
  });

  it.each([
    "'kubectl get secret db --namespace shop'",
    "'a value---force'",
    '`a ${b} c`',
    "say`Give ${setting('force')}.`",
  ])('may be those of other programs, and parts: %s', (source) => {
    expect(textsOf(source).filter((one) => OURS.test(one.replace(OTHERS, '')))).toEqual([]);
  });
});
