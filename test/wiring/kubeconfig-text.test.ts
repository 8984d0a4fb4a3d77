import { describe, expect, it } from '@jest/globals';
import { findKubeconfig } from '../../src/wiring/kubeconfig.ts';
import { readGiven, secretsIn } from '../../src/wiring/kubeconfig-text.ts';

const YAML = ['apiVersion: v1', 'kind: Config', 'clusters: []', 'users: [{name: u, user: {token: sup3rs3cr3t}}]'].join(
  '\n',
);
const FOLDED = YAML.replaceAll('\n', ' ');
const BASE64 = Buffer.from(YAML).toString('base64');
/** As `base64` of GNU wraps it. */
const WRAPPED = BASE64.replace(/.{76}/gu, '$&\n');
const NONE = () => false;

describe('readGiven', () => {
  it.each([
    ['YAML', YAML, { kind: 'text', text: YAML }],
    ['JSON on one line', '{"clusters": []}', { kind: 'text', text: '{"clusters": []}' }],
    ['base64', BASE64, { kind: 'text', text: YAML }],
    ['base64 in lines', WRAPPED, { kind: 'text', text: YAML }],
    ['YAML that lost its line breaks', FOLDED, { kind: 'folded' }],
    ['base64 of such', Buffer.from(FOLDED).toString('base64'), { kind: 'folded' }],
    ['a path from the root', '/home/me/.kube/config', { kind: 'path', path: '/home/me/.kube/config' }],
    ['a name with an ending', 'shop.kubeconfig', { kind: 'path', path: 'shop.kubeconfig' }],
    ['a path of Windows', String.raw`C:\me\.kube\config`, { kind: 'path', path: String.raw`C:\me\.kube\config` }],
    ['a token of Rancher', 'kubeconfig-u-abcde:x1x2x3x4x5', { kind: 'unknown' }],
    ['a JWT', `eyJhbGciOi.${'x'.repeat(40)}.${'y'.repeat(40)}`, { kind: 'unknown' }],
    ['base64 of something else', Buffer.from('a'.repeat(60)).toString('base64'), { kind: 'unknown' }],
    ['a path that no machine has', `/${'long-name/'.repeat(30)}config`, { kind: 'unknown' }],
  ] as const)('tells %s', (_name, given, expected) => {
    expect(readGiven(given, NONE)).toEqual(expected);
  });

  it('takes what is there for a file, whatever its name looks like', () => {
    expect(readGiven('kube', (path) => path === 'kube')).toEqual({ kind: 'path', path: 'kube' });
  });
});

describe('secretsIn', () => {
  it.each([
    ['YAML', YAML, ['sup3rs3cr3t']],
    ['JSON on one line', '{"clusters":[],"users":[{"user":{"token":"sup3rs3cr3t"}}]}', ['sup3rs3cr3t']],
    ['YAML that lost its line breaks', FOLDED, [FOLDED, 'sup3rs3cr3t']],
    ['base64', BASE64, [BASE64, 'sup3rs3cr3t']],
    ['a token', 'kubeconfig-u-abcde:x1x2x3x4x5', ['kubeconfig-u-abcde:x1x2x3x4x5']],
    ['a path', './config', []],
    ['nothing', '', []],
  ])('are the credentials, and lines that may be one: %s', (_name, given, expected) => {
    expect(secretsIn(given, NONE)).toEqual(expected);
  });
});

describe('findKubeconfig', () => {
  it.each([
    [
      FOLDED,
      'the kubeconfig is on one line: it lost its line breaks on the way. In a workflow write kubeconfig: ${{ secrets.NAME }}, or a block that begins with | and not with >. Its base64 is taken too.',
    ],
    [
      'kubeconfig-u-abcde:x1x2x3x4x5',
      'the kubeconfig is neither a file that is there nor the text of one, nor base64 of it (29 characters; not shown, for it may be secret). Give the path of a kubeconfig, or its text.',
    ],
    [
      '/dev/zero',
      'the kubeconfig /dev/zero is a device or socket, which is not read. Check the path that --kubeconfig or KUBECONFIG gives.',
    ],
    ['./src', 'the kubeconfig ./src cannot be read (EISDIR). Check the path that --kubeconfig or KUBECONFIG gives.'],
    ['./nope', 'the kubeconfig ./nope cannot be read (ENOENT). Check the path that --kubeconfig or KUBECONFIG gives.'],
  ])('refuses without showing what may be secret: %s', async (kubeconfig, expected) => {
    await expect(findKubeconfig({ kubeconfig }, {})).rejects.toMatchObject({
      what: expected.slice(0, expected.indexOf('. ', 20)),
      fix: expected.slice(expected.indexOf('. ', 20) + 2),
    });
  });

  it('shows nothing of a text in KUBECONFIG', async () => {
    const found = findKubeconfig({ kubeconfig: undefined }, { KUBECONFIG: YAML });
    await expect(found).rejects.toMatchObject({
      what: 'KUBECONFIG has something that is no path of a file that is there (ENOENT; not shown, for it may be secret)',
    });
  });

  it('takes base64 as the text that it is', async () => {
    expect(await findKubeconfig({ kubeconfig: BASE64 }, {})).toEqual([{ text: YAML, name: 'the kubeconfig' }]);
  });
});
