import { describe, expect, it } from '@jest/globals';
import { pictureOf, type Drawn } from '../../../src/core/report/picture.ts';

function object(name: string, parts: Partial<Drawn> = {}): Drawn {
  return {
    object: `ExternalSecret shop/${name}`,
    target: `Secret shop/${name}`,
    sources: [{ store: 'SecretStore shop/kv', vault: 'kv-shop' }],
    mark: 'create',
    ...parts,
  };
}

const body = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.includes('classDef'))
    .join('\n');

describe('pictureOf', () => {
  it('draws each vault and store once, and an arrow to every Secret', () => {
    const { text, left } = pictureOf([object('db'), object('api', { mark: 'trouble' })], 10_000);
    expect(body(text)).toBe(`\`\`\`mermaid
flowchart LR
  n1["ExternalSecret shop/db"]
  n2(["SecretStore shop/kv"])
  n3[("vault kv-shop")]
  n4["Secret shop/db"]:::create
  n3 --> n2
  n2 --> n1
  n1 --> n4
  n5["ExternalSecret shop/api"]
  n6["Secret shop/api"]:::trouble
  n2 --> n5
  n5 --> n6
\`\`\``);
    expect(left).toBe(0);
  });

  it('writes every character of a name as its number that Mermaid, Markdown or HTML could act on', () => {
    const evil = 'a"]\n  click n1 "javascript:x"\n```\n<b>#;&|`end';
    const { text } = pictureOf([object('db', { target: `Secret shop/${evil}` })], 10_000);
    const label = /n4\["([^"]*)"\]/u.exec(text)?.[1] ?? '';
    expect(label).toBe(
      'Secret shop/a#34;#93;#10;  click n1 #34;javascript#58;x#34;#10;#96;#96;#96;#10;#60;b#62;#35;#59;#38;#124;#96;end',
    );
    expect(text.match(/```/gu)).toHaveLength(2);
  });

  it('stays below the edges and the text that Mermaid takes, and counts what is left out', () => {
    const many = Array.from({ length: 600 }, (_, index) => object(`secret-${index}`));
    const byEdges = pictureOf(many, 1_000_000);
    expect(byEdges.text.match(/-->/gu)).toHaveLength(449);
    expect(byEdges.left).toBe(376);
    const byRoom = pictureOf(many, 2_000);
    expect(Buffer.byteLength(byRoom.text)).toBeLessThanOrEqual(2_000);
    expect(byRoom.left).toBeGreaterThan(500);
  });

  it('draws nothing of which it does not know where it comes from', () => {
    expect(pictureOf([object('db', { sources: [] })], 10_000)).toEqual({ text: '', left: 0 });
    expect(pictureOf([object('db')], 300)).toEqual({ text: '', left: 1 });
  });
});
