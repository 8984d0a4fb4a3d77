/** The modifiers that a path may hold. ESO 2.9 registers none of its own, so these are gjson 1.18.0's. */
export type ModifierName =
  | 'pretty'
  | 'ugly'
  | 'reverse'
  | 'this'
  | 'flatten'
  | 'join'
  | 'valid'
  | 'keys'
  | 'values'
  | 'tostr'
  | 'fromstr'
  | 'group'
  | 'dig';

const NAMES: ReadonlySet<string> = new Set<ModifierName>([
  'pretty',
  'ugly',
  'reverse',
  'this',
  'flatten',
  'join',
  'valid',
  'keys',
  'values',
  'tostr',
  'fromstr',
  'group',
  'dig',
]);

/** Says whether a name is a modifier's; `@other` is then the plain name of a member. */
export function isModifier(name: string): name is ModifierName {
  return NAMES.has(name);
}
