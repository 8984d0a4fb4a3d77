/** `keyferry validate --upgrade` as its users run it: old files in, new text out, problems beside it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../contract/temporary-folder.ts';
import { ResidentKeyferry, type Ended } from './program.ts';

let folder: TemporaryFolder;
let resident: ResidentKeyferry;

beforeAll(async () => {
  folder = await temporaryFolder();
  resident = new ResidentKeyferry({ cwd: folder.path });
});
afterAll(async () => {
  await resident.close();
  await folder.remove();
});

const OLD = `apiVersion: external-secrets.io/v1alpha1
kind: ExternalSecret
metadata: {name: db} # ours
spec:
  secretStoreRef: {name: kv}
  data:
    - {secretKey: host, remoteRef: {key: "\${ENV}-db"}}
`;

async function upgrade(text: string): Promise<Ended> {
  await writeFile(join(folder.path, 'old.yaml'), text);
  return await resident.run(['validate', '-f', 'old.yaml', '--upgrade']);
}

describe('keyferry validate --upgrade', () => {
  it('prints the manifests, without their store, namespace and values, and leaves the file alone', async () => {
    expect(await upgrade(OLD)).toEqual({ code: 0, stderr: '', stdout: OLD.replace('v1alpha1', 'v1') });
    expect(await readFile(join(folder.path, 'old.yaml'), 'utf8')).toBe(OLD);
  });

  it('prints warnings beside them', async () => {
    const text = OLD.replace('spec:', 'spec:\n  colour: blue');
    expect(await upgrade(text)).toEqual({
      code: 0,
      stderr:
        'warning  ExternalSecret db: spec.colour is not a field of this kind and has no effect. Check the spelling and the indentation, or remove it. (old.yaml:5)\n',
      stdout: text.replace('v1alpha1', 'v1'),
    });
  });

  it.each([
    [
      'a field that v1alpha1 does not have',
      OLD.replace('spec:', 'spec:\n  refreshPolicy: OnChange'),
      'error  ExternalSecret db: spec.refreshPolicy does not exist in v1alpha1. Write apiVersion: external-secrets.io/v1. (old.yaml:5)\n',
    ],
    [
      'a template that engine v2 renders otherwise',
      OLD.replace('spec:', 'spec:\n  target: {template: {data: {a: "{{ .host | toBytes }}"}}}'),
      'error  ExternalSecret db: spec.target.template.data.a holds toBytes of template engine v1, and here engine v2 renders it. Leave it out, for values are texts there; then say engineVersion: v2. (old.yaml:5)\n',
    ],
    [
      'what is no YAML',
      `${OLD}---\na: {\n`,
      'error  this document is not valid YAML: the indentation does not fit the lines before it (column 1). Mend it at this line; the other documents were read. (old.yaml:10)\n',
    ],
    [
      'nothing of ours',
      'apiVersion: v1\nkind: ConfigMap\n',
      'error  the manifests hold no ExternalSecret and no store, but 1 document of other kinds (ConfigMap). Check the path. What Helm or kustomize makes is given as they print it, not as values or patches.\n',
    ],
  ])('prints nothing for %s', async (_, text, stderr) => {
    expect(await upgrade(text)).toEqual({ code: 1, stderr, stdout: '' });
  });
});
