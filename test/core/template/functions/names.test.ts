import { describe, expect, it } from '@jest/globals';
import { render } from './render.ts';

describe('functions for paths and URLs', () => {
  it.each([
    ['{{ base "/a/b/" }}{{ dir "/a/b" }}{{ ext "a.tar.gz" }}{{ clean "a/../b" }}', 'b/a.gzb'],
    ['{{ osBase "/a/b" }}{{ isAbs "/a" }}', 'btrue'],
    ['{{ (urlParse "https://u:p@h:8443/a%2Fb?q=1#f").host }}', 'h:8443'],
    ['{{ urlParse "https://h/a?q=1#f" | urlJoin }}', 'https://h/a?q=1#f'],
    ['{{ urlJoin (dict "scheme" "ftp" "host" "h" "path" "a b") }}', 'ftp://h/a%20b'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('does not repeat a URL that it cannot read: it may hold a password', () => {
    const message = render('{{ urlParse .url }}', { data: { url: 'https://u:hunter2@h:port/' } });
    expect(message).toContain('error calling urlParse: unable to parse url:');
    expect(message).not.toContain('hunter2');
  });
});

describe('functions for versions', () => {
  it.each([
    ['{{ semverCompare "^1.2.0" "1.9.3" }}', 'true'],
    ['{{ semverCompare ">=1.0.0" "1.1.0-beta" }}', 'false'],
    ['{{ semverCompare "~1.2 || 3.x" "3.4.5" }}', 'true'],
    ['{{ (semver "v1.2.3-a+b").Major }}{{ (semver "v1.2.3-a+b").Prerelease }}', '1a'],
    ['{{ (semver "1.2.3").IncMinor }}', '1.3.0'],
    ['{{ semver "1.2" | toJson }}', '"1.2.0"'],
  ])('renders %s as sprig does', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('refuses what is no version', () => {
    expect(render('{{ semver "one" }}')).toContain('error calling semver:');
    expect(render('{{ semverCompare ">>1" "1.0.0" }}')).toContain('error calling semverCompare: improper constraint');
  });
});
