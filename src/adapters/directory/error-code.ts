/** `ENOENT` and the like; '' for an error that is not the system's. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
