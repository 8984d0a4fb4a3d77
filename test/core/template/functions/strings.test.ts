import { describe, expect, it } from '@jest/globals';
import { render, renderBytes } from './render.ts';

describe('functions for texts', () => {
  it.each([
    ['{{ trunc 3 "hello" }}', 'hel'],
    ['{{ trunc -3 "hello" }}', 'llo'],
    ['{{ trunc 9 "hello" }}', 'hello'],
    ['{{ substr 1 3 "hello" }}', 'el'],
    ['{{ substr -1 3 "hello" }}', 'hel'],
    ['{{ substr 2 -1 "hello" }}', 'llo'],
    ['{{ substr 2 9 "hello" }}', 'llo'],
    ['{{ trimPrefix "ab" "abab" }}', 'ab'],
    ['{{ trimAll "$" "$5.00$" }}', '5.00'],
    ['{{ contains "el" "hello" }}', 'true'],
    ['{{ replace "l" "L" "hello" }}', 'heLLo'],
    ['{{ nospace " a b\tc " }}', 'abc'],
    ['{{ cat "a" nil 1 true }}', 'a 1 true'],
    ['{{ quote "a\\"b" 1 nil true }}', '"a\\"b" "1" "true"'],
    ['{{ squote "it\'s" }}', "'it's'"],
    ['{{ plural "one" "many" 2 }}', 'many'],
    ['{{ indent 2 "a\\nb" }}', '  a\n  b'],
    ['{{ nindent 2 "a" }}', '\n  a'],
    ['{{ wrap 3 "a bc def" }}', 'a\nbc\ndef'],
    ['{{ abbrev 5 "hello world" }}', 'he...'],
    ['{{ abbrevboth 5 10 "1234 5678 9123" }}', '...5678...'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('counts and cuts bytes, not letters', () => {
    expect([render('{{ len "é" }}'), renderBytes('{{ trunc 1 "é" }}'), renderBytes('{{ substr 1 2 "é" }}')]).toEqual([
      '2',
      '\xc3',
      '\xa9',
    ]);
  });

  it('fails as Go does when a text is cut behind its end', () => {
    expect(render('{{ substr 9 10 "hello" }}')).toBe(
      'error calling substr: runtime error: slice bounds out of range [9:5]',
    );
    expect(render('{{ repeat -1 "a" }}')).toBe('error calling repeat: strings: negative Repeat count');
  });

  it.each([
    ['repeat', '{{ repeat 2000000000 "a" }}'],
    ['indent', '{{ indent 2000000000 "a" }}'],
    ['nindent', '{{ nindent 2000000000 "a" }}'],
    ['replace', '{{ replace "a" (repeat 100000 "b") (repeat 100000 "a") }}'],
  ])('stops %s before it fills the memory', (_name, template) => {
    expect(render(template)).toContain('more than 67108864 bytes');
  });
});

describe('cases of texts', () => {
  it.each([
    ['title', 'hello wide-world', 'Hello Wide-World'],
    ['untitle', 'Hello World', 'hello world'],
    ['swapcase', 'Hello World', 'hELLO wORLD'],
    ['camelcase', 'http_server', 'HttpServer'],
    ['snakecase', 'HTTPStatusCode', 'http_status_code'],
    ['snakecase', 'bld4Floor3rd', 'bld4_floor_3rd'],
    ['kebabcase', 'FirstName', 'first-name'],
    ['initials', 'First Try', 'FT'],
    ['upper', 'straße', 'STRAßE'],
    ['lower', 'ÄÖ', 'äö'],
  ])('%s makes of %s what its Go library makes', (name, text, result) => {
    expect(render(`{{ ${name} .text }}`, { data: { text } })).toBe(result);
  });

  it('takes a long text at once', () => {
    expect(render('{{ snakecase (repeat 50000 "aB") | len }}')).toBe('150000');
  });
});

describe('texts and lists of texts', () => {
  it.each([
    ['{{ splitList "," "a,b," | len }}', '3'],
    ['{{ (split "," "a,b")._1 }}', 'b'],
    ['{{ (splitn "," 2 "a,b,c")._1 }}', 'b,c'],
    ['{{ join "-" (list 1 nil "a") }}', '1-a'],
    ['{{ join "-" "alone" }}', 'alone'],
    ['{{ sortAlpha (list "b" 10 "a") }}', '[10 a b]'],
    ['{{ toStrings (list 1 true) | join "," }}', '1,true'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });
});
