/** `keyferry template` as its users run it: files in, Secrets or differences out. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../contract/temporary-folder.ts';
import { ResidentKeyferry, type Ended } from './program.ts';

const MANIFESTS = `
apiVersion: v1
kind: ConfigMap
metadata: {name: texts, namespace: shop}
data:
  env: 'HOST: {{ .host | quote }}'
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders, namespace: shop}
spec:
  secretStoreRef: {name: vault}
  target:
    name: orders-db
    template:
      metadata: {labels: {team: '{{ .user }}'}}
      data:
        url: 'postgres://{{ .user }}:{{ .password | urlquery }}@{{ .host }}'
        raw: '{{ .bytes | b64dec }}'
        id: '{{ uuidv4 }}'
      templateFrom:
        - configMap: {name: texts, items: [{key: env, templateAs: KeysAndValues}]}
  data:
    - {secretKey: user, remoteRef: {key: a}}
    - {secretKey: password, remoteRef: {key: b}}
    - {secretKey: host, remoteRef: {key: c}}
    - {secretKey: bytes, remoteRef: {key: d}}
`;

const VALUES = `
user: app
password: 'p@ss word'
host: db.example.com
bytes: //4A
`;

const EXPECTED = `
apiVersion: v1
kind: Secret
metadata: {name: orders-db, namespace: shop, labels: {team: app}}
data: {raw: //4A}
stringData:
  url: postgres://app:p%40ss+word@db.example.com
  HOST: db.example.com
  id: anything
`;

const FILES = ['orders.yaml', 'values.yaml', 'expected.yaml'];

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
afterEach(() => Promise.all(FILES.map((file) => rm(join(folder.path, file), { force: true }))));

/** Runs it on these texts as files; the last arguments as given. */
async function template(
  files: { readonly manifests?: string; readonly values?: string; readonly expected?: string },
  ...more: readonly string[]
): Promise<Ended> {
  const { manifests = MANIFESTS, values = VALUES, expected } = files;
  await writeFile(join(folder.path, 'orders.yaml'), manifests);
  await writeFile(join(folder.path, 'values.yaml'), values);
  if (expected !== undefined) await writeFile(join(folder.path, 'expected.yaml'), expected);
  const compares = expected === undefined ? [] : ['--expect', 'expected.yaml'];
  return await resident.run(['template', '-f', 'orders.yaml', '--values', 'values.yaml', ...compares, ...more]);
}

describe('keyferry template', () => {
  it('prints the Secret with its values, what is no text in base64', async () => {
    const { code, stdout, stderr } = await template({});
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/id: .*/, 'id: …')).toBe(`apiVersion: v1
kind: Secret
metadata:
  name: orders-db
  namespace: shop
  labels:
    team: app
type: Opaque
data:
  raw: //4A
stringData:
  HOST: db.example.com
  url: postgres://app:p%40ss+word@db.example.com
  id: …
`);
  });

  it('is content when everything is as expected, random values whatever they are', async () => {
    expect(await template({ expected: EXPECTED })).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints what differs and fails', async () => {
    const expected = EXPECTED.replace('team: app', 'team: web').replace('HOST: db.example.com', 'PORT: "1"');
    expect(await template({ expected })).toEqual({
      code: 1,
      stderr: '',
      stdout: `Secret shop/orders-db
  + HOST: "db.example.com"
  - PORT: "1"
  - labels.team: "web"
  + labels.team: "app"
`,
    });
  });

  it('fails for a Secret that is expected and not rendered', async () => {
    const expected = `${EXPECTED}---\napiVersion: v1\nkind: Secret\nmetadata: {name: other, namespace: shop}\n`;
    expect(await template({ expected })).toEqual({
      code: 1,
      stderr: '',
      stdout: 'Secret shop/other\n  - is expected, and nothing renders it\n',
    });
  });

  it('tells where a template fails, with the line of the manifest', async () => {
    const manifests = MANIFESTS.replace('{{ .user }}:', '{{ .usr }}:');
    const { code, stderr } = await template({ manifests });
    expect([code, stderr]).toEqual([
      1,
      'error  ExternalSecret shop/orders: spec.target.template.data.url cannot be rendered: template: url:1:14: executing "url" at <.usr>: map has no entry for key "usr". Did you mean .user? (orders.yaml:18)\n',
    ]);
  });

  it('takes values from a Secret manifest too, and refuses numbers', async () => {
    const values = 'kind: Secret\ndata: {user: YXBw}\nstringData: {password: x, host: h, bytes: YQ==}\n';
    expect(await template({ values })).toMatchObject({ code: 0, stderr: '' });
    expect(await template({ values: 'user: 5\n' })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error  user is not a text. Put it in quotes; write JSON as one text. (values.yaml:1)\n',
    });
  });

  it('needs values', async () => {
    expect(await template({}, '--values=')).toMatchObject({ code: 1, stdout: '' });
  });

  it.each([
    [
      'several documents',
      'user: a\n---\nuser: b\n',
      'the file of --values holds 2 documents, and one is read. Put the values of all of them into one. (values.yaml:3)',
    ],
    [
      'an .env file',
      'user=app\npassword=x\n',
      "the file of --values is no map of keys and texts. Write one key: 'value' a line. An .env file is not read. (values.yaml:1)",
    ],
    ['nothing', '', "the file of --values holds none. Write one key: 'value' a line."],
    [
      'a list',
      '- a\n',
      "the file of --values is no map of keys and texts. Write one key: 'value' a line. An .env file is not read. (values.yaml:1)",
    ],
    [
      'a Secret whose base64 is none',
      'kind: Secret\ndata:\n  user: "not base64!"\n',
      'data.user is no base64. Encode it, or put the text under stringData. (values.yaml:3)',
    ],
  ])('refuses values that are %s', async (_what, values, problem) => {
    expect(await template({ values })).toEqual({ code: 1, stdout: '', stderr: `error  ${problem}\n` });
  });

  it('warns of a key without a value, and of a value that no ExternalSecret reads', async () => {
    const { code, stderr } = await template({ values: VALUES.replace('bytes: //4A', 'byte: //4A') });
    expect([code, stderr.split('\n')]).toEqual([
      1,
      [
        'warning  ExternalSecret shop/orders: has no value in the file of --values for "bytes". Add it, as a sync would read it. (orders.yaml:8)',
        'warning  the file of --values has "byte", which no ExternalSecret here reads. Add it to spec.data, or take it out.',
        expect.stringContaining('map has no entry for key "bytes". Did you mean .byte?'),
        '',
      ],
    ]);
  });

  it('says nothing of values too many where dataFrom may read them', async () => {
    const manifests = MANIFESTS.replace('  data:\n    -', '  dataFrom: [{extract: {key: x}}]\n  data:\n    -');
    const { code, stderr } = await template({ manifests, values: `${VALUES}more: x\n` });
    expect([code, stderr]).toEqual([0, '']);
  });

  it('warns of a wrapping for Helm that was left in, and writes it as the operator does', async () => {
    const manifests = MANIFESTS.replace("'{{ uuidv4 }}'", "'{{ `{{ .user }}` }}'");
    const { code, stdout, stderr } = await template({ manifests });
    expect(stdout).toContain('id: "{{ .user }}"');
    expect([code, stderr]).toEqual([
      0,
      'warning  ExternalSecret shop/orders: spec.target.template.data.id is written for Helm: the Secret will hold the text of a template, with its braces. In a manifest write {{ .key }}; the wrapping belongs into charts only. (orders.yaml:20)\n',
    ]);
  });
});
