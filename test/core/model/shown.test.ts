import { describe, expect, it } from '@jest/globals';
import { everyText, inJson, inLines, inOneLine } from '../../../src/core/model/shown.ts';

describe('inOneLine', () => {
  it.each([
    ['::error::x', ': :error::x'],
    ['  ::set-env name=PATH::x', '  : :set-env name=PATH::x'],
    ['db\n::stop-commands::t', String.raw`db\n::stop-commands::t`],
    ['a\r\nb', String.raw`a\u000d\nb`],
    ['name ##[add-path]x', 'name # #[add-path]x'],
    ['##vso[task.setvariable variable=A]b', '# #vso[task.setvariable variable=A]b'],
    ["##teamcity[message text='x']", "# #teamcity[message text='x']"],
    ['a\u001b[2Jb\u0007\u009b31m', String.raw`a\u001b[2Jb\u0007\u009b31m`],
    ['next\u0085line\u2028and\u2029more', String.raw`next\u0085line\u2028and\u2029more`],
    ['\u202eevil\u2066x\u200b\ufeff', String.raw`\u202eevil\u2066x\u200b\ufeff`],
    ['##\u00advso[x]', String.raw`##\u00advso[x]`],
    [':\u200b:error::', String.raw`:\u200b:error::`],
    ['tag \u{e0041}', String.raw`tag \udb40\udc41`],
    ['half \ud800', String.raw`half \ud800`],
  ])('makes %j one line that is no command', (text, shown) => {
    expect(inOneLine(text)).toBe(shown);
    expect(inOneLine(shown)).toBe(shown);
  });

  it.each(['a::b', ': one colon', 'Secret shop/db: update', '[brackets] # and ##', 'Größe … 名前 🔑'])(
    'leaves %j as it is',
    (text) => {
      expect(inOneLine(text)).toBe(text);
    },
  );
});

describe('inLines', () => {
  it('keeps our line breaks, and takes each line apart', () => {
    expect(inLines('a\n  ::set-env::x\n\nb ##[error]\u001b[8m')).toBe('a\n  : :set-env::x\n\nb # #[error]\\u001b[8m');
  });
});

describe('inJson', () => {
  it.each(['##vso[x]', '##[error]', '::error::\n::x', '\u202e\u009b\u200b', '\\##[x]', '\\\u0085', 'tag \u{e0041}'])(
    'gives %j back to whoever parses it, and shows nothing of it',
    (text) => {
      const json = inJson(JSON.stringify({ [text]: text }, null, 2));
      expect(JSON.parse(json)).toEqual({ [text]: text });
      expect(json).not.toMatch(/##\w*\[|^\s*::|[^\P{C}\n]/mu);
    },
  );
});

describe('everyText', () => {
  it('changes texts however deep, and nothing else', () => {
    const date = new Date(0);
    const value = { a: 'x', list: ['x', 1, null, { b: 'x' }], date, is: true };
    expect(everyText(value, (text) => `${text}!`)).toEqual({
      a: 'x!',
      list: ['x!', 1, null, { b: 'x!' }],
      date,
      is: true,
    });
  });
});
