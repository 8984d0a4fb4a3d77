/** `keyferry validate --for-operator` as its users run it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../contract/temporary-folder.ts';
import { ResidentKeyferry } from './program.ts';

let folder: TemporaryFolder;
let resident: ResidentKeyferry;

const MANIFESTS = `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: kv, namespace: shop}
spec: {provider: {fake: {data: []}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db, namespace: shop}
spec:
  secretStoreRef: {name: kv}
  target: {template: {data: {a: '{{ .a | default (fail "none") }}'}}}
  data: [{secretKey: a, remoteRef: {key: a}}]
`;

beforeAll(async () => {
  folder = await temporaryFolder();
  resident = new ResidentKeyferry({ cwd: folder.path });
  await writeFile(join(folder.path, 'm.yaml'), MANIFESTS);
});
afterAll(async () => {
  await resident.close();
  await folder.remove();
});

const VALID = '1 store and 1 ExternalSecret are valid';

describe('keyferry validate --for-operator', () => {
  it.each([
    [['--for-operator', '2.9.0'], `${VALID}: 0 errors, 0 warnings.\n`],
    [[], `${VALID}: 0 errors, 0 warnings.\n`],
    [
      ['--for-operator', '2.15'],
      `  warning  External Secrets Operator 2.15 is newer than what is known of it, 0.17.0 to 2.14. What changed after 2.14 is not told.
  warning  ExternalSecret shop/db: spec.target.template.data.a uses fail, which External Secrets Operator 2.15 does not have. It went in 2.12.0. Do without it. (m.yaml:11)

${VALID}: 0 errors, 2 warnings.
`,
    ],
  ])('warns, and the manifests are valid here: %s', async (args, stdout) => {
    expect(await resident.run(['validate', '-f', 'm.yaml', ...args])).toEqual({ code: 0, stderr: '', stdout });
  });

  it.each(['latest', '2', '2.x'])('refuses what is no release: %s', async (text) => {
    expect(await resident.run(['validate', '-f', 'm.yaml', '--for-operator', text])).toEqual({
      code: 1,
      stderr: `error  --for-operator "${text}" is no release of External Secrets Operator. Write it as 2.9 or 2.9.0.\n`,
      stdout: '',
    });
  });
});
