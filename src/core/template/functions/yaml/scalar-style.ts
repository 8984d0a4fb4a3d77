/** How go-yaml writes a text: plain where it can, quoted where it must, as a block where it has lines. */
import { isBlank, isBreak, isPrintable, widthOf } from './characters.ts';
import { resolveText } from './resolve.ts';
import { runeAt } from '../../utf8.ts';
import type { GoString } from '../../values.ts';

export type Style = 'plain' | 'single' | 'double' | 'literal';

export interface Analysis {
  readonly hasBreaks: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
  readonly allowsLiteral: boolean;
}

/** YAML 1.1 reads `1:30` as a number, others do as well. */
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** The style of a string, where a key of a map has to stay on one line. */
export function chooseStyle(text: GoString, analysis: Analysis, isKey: boolean): Style {
  const isText = resolveText(text).kind === 'str' && !BASE_60.test(text);
  if (text.includes('\n')) return analysis.allowsLiteral && !isKey ? 'literal' : 'double';
  if (!isText || (isKey && analysis.hasBreaks)) return 'double';
  if (analysis.allowsPlain) return 'plain';
  return analysis.allowsSingle ? 'single' : 'double';
}

const EMPTY: Analysis = { hasBreaks: false, allowsPlain: true, allowsSingle: true, allowsLiteral: false };

/** What a text holds that a style cannot show. */
export function analyzeScalar(text: GoString): Analysis {
  if (text === '') return EMPTY;
  const found = new Findings();
  for (let at = 0; at < text.length;) {
    const width = widthOf(text.charCodeAt(at)) || 1;
    found.look(text, at, width);
    at += width;
  }
  return found.analyze(text);
}

const STARTS_SOMETHING = /[#,[\]{}&*!|>'"%@`]/;

class Findings {
  private hasIndicator = false;
  private hasBreaks = false;
  private isSpecial = false;
  private hasBreakSpace = false;
  private hasSpaceBreak = false;
  private previous: 'blank' | 'break' | 'other' = 'other';
  private followsSpace = true;

  look(text: GoString, at: number, width: number): void {
    this.hasIndicator ||= this.isIndicator(text, at, width);
    this.isSpecial ||= !isPrintable(runeAt(text, at).code);
    const isSpace = text[at] === ' ';
    const breaks = isBreak(text, at);
    this.hasBreaks ||= breaks;
    this.hasBreakSpace ||= isSpace && this.previous === 'break';
    this.hasSpaceBreak ||= breaks && this.previous === 'blank';
    this.previous = isSpace ? 'blank' : breaks ? 'break' : 'other';
    this.followsSpace = breaks || isBlank(text.charCodeAt(at));
  }

  private isIndicator(text: GoString, at: number, width: number): boolean {
    const sign = text[at] ?? '';
    const next = text.charCodeAt(at + width);
    const isLast = Number.isNaN(next) || isBlank(next);
    if (at === 0 && STARTS_SOMETHING.test(sign)) return true;
    if (sign === ':') return isLast;
    if (sign === '#') return this.followsSpace;
    return at === 0 && (sign === '?' || sign === '-') && isLast;
  }

  analyze(text: GoString): Analysis {
    const startsDocument = text.startsWith('---') || text.startsWith('...');
    const hasOuterSpace = text.startsWith(' ') || isBreak(text, 0) || this.previous !== 'other';
    const isHard = this.hasSpaceBreak || this.isSpecial;
    const allowsSingle = !this.hasBreakSpace && !isHard;
    return {
      hasBreaks: this.hasBreaks,
      allowsPlain: allowsSingle && !startsDocument && !hasOuterSpace && !this.hasBreaks && !this.hasIndicator,
      allowsSingle,
      allowsLiteral: this.previous !== 'blank' && !isHard,
    };
  }
}
