/** Keys, certificates and archives that OpenSSL made, for the recorded cases. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../conformance/cases/template/fixtures.json'), 'utf8'),
) as Readonly<Record<string, string>>;

/** A file as base64, as Key Vault hands archives out. */
export function fixtureAsBase64(name: string): string {
  const content = FIXTURES[name];
  if (content === undefined) throw new Error(`no fixture ${name}`);
  return content;
}

export function fixture(name: string): string {
  return Buffer.from(fixtureAsBase64(name), 'base64').toString('utf8');
}
