/** A key as External Secrets Operator writes it: its public JSON Web Key, members in a fixed order, Go's escapes. */
const MEMBERS = 'kid kty key_ops n e d dp dq qi p q k key_hsm crv x y'.split(' ');

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** Unknown and empty members are dropped; strings stay as the vault sent them. */
export function publicKeyJson(key: Readonly<Record<string, unknown>>): string {
  const members = MEMBERS.filter((name) => !isEmpty(key[name])).map((name) => [name, key[name]]);
  const json = JSON.stringify(Object.fromEntries(members));
  return json.replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] ?? character);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
