import { describe, expect, it } from '@jest/globals';
import { render } from './render.ts';

describe('functions for lists', () => {
  it.each([
    ['{{ first (list 1 2) }}{{ last (list 1 2) }}', '12'],
    ['{{ first list | printf "%v" }}', '<nil>'],
    ['{{ rest (list 1 2 3) }}{{ initial (list 1 2 3) }}', '[2 3][1 2]'],
    ['{{ append (list 1) 2 }}{{ prepend (list 1) 2 }}', '[1 2][2 1]'],
    ['{{ concat (list 1) (list 2 "a") }}', '[1 2 a]'],
    ['{{ uniq (list 1 1.0 "1" 1) }}', '[1 1 1]'],
    ['{{ without (list 1 2 1) 1 }}', '[2]'],
    ['{{ compact (list 0 1 "" "a" false) }}', '[1 a]'],
    ['{{ has 2 (list 1 2) }}{{ has 2 nil }}', 'truefalse'],
    ['{{ slice (list 1 2 3) 1 }}{{ slice (list 1 2 3) 1 2 }}', '[2 3][2]'],
    ['{{ chunk 2 (list 1 2 3) }}', '[[1 2] [3]]'],
    ['{{ reverse (list 1 2 3) }}', '[3 2 1]'],
    ['{{ index (list "a" "b") 1 }}', 'b'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('leaves the list alone that it was given', () => {
    expect(render('{{ $l := list 1 2 }}{{ $_ := append $l 3 }}{{ $l }}')).toBe('[1 2]');
  });

  it('fails as Go does for what is no list', () => {
    expect(render('{{ first 1 }}')).toBe('error calling first: Cannot find first on type int');
    expect(render('{{ slice (list 1) 2 }}')).toContain('error calling slice:');
  });
});

describe('functions for maps', () => {
  it.each([
    ['{{ dict "a" 1 "b" }}', 'map[a:1 b:]'],
    ['{{ get (dict "a" 1) "b" }}', ''],
    ['{{ set (dict "a" 1) "b" 2 }}', 'map[a:1 b:2]'],
    ['{{ unset (dict "a" 1 "b" 2) "a" }}', 'map[b:2]'],
    ['{{ hasKey (dict "a" nil) "a" }}', 'true'],
    ['{{ keys (dict "b" 1 "a" 2) | sortAlpha }}', '[a b]'],
    ['{{ pick (dict "a" 1 "b" 2) "a" "c" }}', 'map[a:1]'],
    ['{{ omit (dict "a" 1 "b" 2) "a" }}', 'map[b:2]'],
    ['{{ pluck "a" (dict "a" 1) (dict "b" 2) (dict "a" 3) }}', '[1 3]'],
    ['{{ dig "a" "b" "none" (dict "a" (dict "b" 1)) }}{{ dig "a" "c" "none" (dict "a" (dict "b" 1)) }}', '1none'],
    ['{{ merge (dict "a" 1) (dict "a" 2 "b" 3) }}', 'map[a:1 b:3]'],
    ['{{ mergeOverwrite (dict "a" 1 "c" 4) (dict "a" 2) }}', 'map[a:2 c:4]'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('changes the map itself, which others see', () => {
    expect(render('{{ $d := dict "a" 1 }}{{ $e := $d }}{{ $_ := set $d "a" 2 }}{{ $e.a }}')).toBe('2');
  });

  it('copies deeply before it changes a copy', () => {
    expect(render('{{ $d := dict "a" (dict "b" 1) }}{{ $_ := set (deepCopy $d).a "b" 2 }}{{ $d.a.b }}')).toBe('1');
  });

  it('takes __proto__ and constructor for keys like others', () => {
    expect(
      render('{{ $d := dict "__proto__" 1 "constructor" 2 }}{{ keys $d | sortAlpha }}{{ hasKey $d "toString" }}'),
    ).toBe('[__proto__ constructor]false');
  });
});

describe('functions for what may be missing', () => {
  it.each([
    ['{{ default "d" "" }}{{ default "d" 0 }}{{ default "d" "v" }}', 'ddv'],
    ['{{ empty list }}{{ empty (list 0) }}', 'truefalse'],
    ['{{ coalesce 0 "" "x" "y" }}', 'x'],
    ['{{ ternary "yes" "no" true }}', 'yes'],
    ['{{ all 1 "a" }}{{ any 0 "" }}', 'truefalse'],
    ['{{ kindOf (list 1) }} {{ typeOf (list 1) }} {{ kindIs "int" 1 }}', 'slice []interface {} true'],
    ['{{ deepEqual (list 1 2) (list 1 2) }}{{ deepEqual 1 1.0 }}', 'truefalse'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('fails with the words of the author', () => {
    expect(render('{{ fail "no key" }}')).toBe('error calling fail: no key');
  });
});
