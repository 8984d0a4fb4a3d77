/** Says whether a text is one JSON value, as gjson's own check and Go's encoding/json agree on it. */
export function isValid(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}
