/**
 * Where in the target Secret a generated value stays, so that the next sync finds it.
 *
 * | the template                                    | the value stays under |
 * | ----------------------------------------------- | --------------------- |
 * | none                                            | its own key           |
 * | has a key whose text is `{{ .password }}` alone | that key              |
 * | keeps what was fetched, and writes nothing over it | its own key        |
 * | anything else                                   | `.keyferry.password`  |
 *
 * A key that is made of more than the value must never be taken for it: each sync would put more around it.
 */
import type { PullIntent, TargetTemplate } from '../model/intent.ts';
import { includesFetched } from '../secret-template/render-target.ts';

const HIDDEN = '.keyferry.';

/** Of one key, as it is before the template. */
export function placeOf({ template }: PullIntent['target'], key: string): string {
  if (template === undefined) return key;
  const alone = Object.entries(template.data).find(([, text]) => onlyKeyIn(text) === key);
  if (alone !== undefined) return alone[0];
  return includesFetched(template) && !mayWriteOver(template, key) ? key : `${HIDDEN}${key}`;
}

/** Is a place one that no template fills? */
export function isHidden(place: string): boolean {
  return place.startsWith(HIDDEN);
}

/** What templates of ConfigMaps and literals give is known only once they are rendered. */
function mayWriteOver({ data, templateFrom }: TargetTemplate, key: string): boolean {
  return Object.hasOwn(data, key) || templateFrom.some(({ target }) => target === 'data');
}

/** `password` of `{{ .password }}` and `{{- .password | toString -}}`; keys with other characters have no such form. */
function onlyKeyIn(text: string): string | undefined {
  return /^\{\{(?:-\s)?\s*\.([A-Za-z_][A-Za-z0-9_]*)\s*(?:\|\s*toString\s*)?(?:\s-)?\}\}$/u.exec(text)?.[1];
}
