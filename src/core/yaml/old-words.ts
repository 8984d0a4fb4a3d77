/**
 * Words without quotes that YAML 1.1 takes for booleans or numbers, and YAML 1.2, as here, for texts. kubectl, Helm, Flux
 * and Argo CD read YAML 1.1: what they send to the cluster differs from what is written.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, Scalar } from 'yaml';
import type { OldWord } from '../model/document.ts';
import type { FieldPath } from '../model/origin.ts';

const TRUE = /^(?:y|Y|yes|Yes|YES|on|On|ON)$/u;
const FALSE = /^(?:n|N|no|No|NO|off|Off|OFF)$/u;
/** `1_000`, `0b11`; octal `0777` is a number in YAML 1.2 as well. */
const NUMBER = /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]*_[0-9a-fA-F_]*|[0-9][0-9]*_[0-9_]*(?:\.[0-9_]*)?)$/u;

/** `root` must hold no cycle; aliases are not followed: their anchors are looked at where they stand. */
export function oldWordsOf(root: unknown): readonly OldWord[] {
  const found: OldWord[] = [];
  const look = (node: unknown, path: FieldPath, isKey: boolean): void => {
    const word = plainText(node);
    const meaning = meaningOf(word ?? '');
    if (word !== undefined && meaning !== undefined) found.push({ path, isKey, word, meaning });
  };
  const walk = (node: unknown, path: FieldPath): void => {
    if (isAlias(node)) return;
    if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
    else if (isMap(node)) for (const pair of node.items) walk(pair, path);
    else if (isPair(node)) {
      const at = [...path, isScalar(node.key) ? String(node.key.value) : ''];
      look(node.key, at, true);
      walk(node.value, at);
    } else look(node, path, false);
  };
  walk(root, []);
  return found;
}

function plainText(node: unknown): string | undefined {
  if (!isScalar(node) || node.type !== Scalar.PLAIN || node.tag !== undefined) return undefined;
  return typeof node.value === 'string' ? node.value : undefined;
}

function meaningOf(text: string): OldWord['meaning'] | undefined {
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  return NUMBER.test(text) ? 'number' : undefined;
}
