/** job/deploy: what people copy who do not use `deploy`. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { installationYaml } from '../../scripts/write-installation.ts';
import { ROOT } from './pages.ts';

const FOLDER = join(ROOT, 'job/deploy');
const TEXT = readFileSync(join(FOLDER, 'installation.yaml'), 'utf8');

describe('job/deploy', () => {
  it('holds what the command of its README prints', async () => {
    expect(TEXT).toBe(await installationYaml());
  });

  it('pins the image that the installation names, and leaves no file out', () => {
    const { resources, images } = parse(readFileSync(join(FOLDER, 'kustomization.yaml'), 'utf8')) as {
      readonly resources: readonly string[];
      readonly images: readonly { readonly name: string; readonly digest: string }[];
    };
    expect([...resources, 'kustomization.yaml', 'README.md'].sort()).toEqual(readdirSync(FOLDER).sort());
    const named = [...TEXT.matchAll(/^ +image: (.*)$/gmu)].map(([, name]) => name);
    expect(images.map(({ name }) => name)).toEqual(named);
    expect(images.map(({ digest }) => digest)).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/u)]);
  });

  it('carries no engine', () => {
    const kinds = parseAllDocuments(TEXT).map((document) => (document.toJS() as { readonly kind: string }).kind);
    const expected = ['ServiceAccount', 'ServiceAccount', 'ConfigMap', 'Role', 'RoleBinding', 'CronJob'];
    expect(kinds).toEqual(expected);
  });
});
