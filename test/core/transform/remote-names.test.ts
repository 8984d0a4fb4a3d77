/** What certainly names nothing in a Key Vault, told before any vault is asked. */
import { describe, expect, it } from '@jest/globals';
import { keyProblemsOf } from '../../builders/remote-names.ts';

const UNKNOWN = 'Write NAME, secret/NAME, cert/NAME or key/NAME.';
const FORM = 'Names there have letters, digits and hyphens, 127 at most.';

describe('a remote key', () => {
  it.each([
    'db',
    'DB-1',
    '0',
    'a'.repeat(127),
    'secret/db',
    'cert/db',
    'key/db',
    'secret/a/b',
    'cert/a/b_c',
    '${ENV}-db',
  ])('may be %s', async (key) => {
    expect(await keyProblemsOf({ key })).toEqual([]);
  });

  it.each([
    ['db_password', 'is no name that Key Vault can have', FORM],
    ['b c', 'is no name that Key Vault can have', FORM],
    ['secret/db.password', 'is no name that Key Vault can have', FORM],
    ['a'.repeat(128), 'is no name that Key Vault can have: it has 128 characters', FORM],
    ['db ', 'begins or ends with a space', 'Take the space away.'],
    [' db', 'begins or ends with a space', 'Take the space away.'],
    ['db/', 'ends with a slash', 'Take the slash away, or write the name behind it.'],
    ['secret/', 'ends with a slash', 'Take the slash away, or write the name behind it.'],
    ['/db', 'begins with a slash', 'Take the slash away.'],
    ['', 'is empty', 'Name a secret of the vault.'],
    ['app/db', 'has the type app, which Key Vault does not have', UNKNOWN],
    ['certs/db', 'has the type certs, which Key Vault does not have', 'Did you mean cert/?'],
    ['certificates/db', 'has the type certificates, which Key Vault does not have', 'Did you mean cert/?'],
    ['secrets/db', 'has the type secrets, which Key Vault does not have', 'Did you mean secret/?'],
    ['Secret/db', 'has the type Secret, which Key Vault does not have', 'Did you mean secret/?'],
    ['keys/db', 'has the type keys, which Key Vault does not have', 'Did you mean key/?'],
    [
      'https://kv.vault.azure.net/secrets/db',
      'is an address',
      'Write the name alone, or cert/NAME or key/NAME; the store has the vault.',
    ],
    [
      'ref+azurekeyvault://kv-shop/db',
      'still holds a placeholder',
      'vals would have filled it: write the name of the secret in the vault.',
    ],
    [
      '<path:kv-shop#db>',
      'still holds a placeholder',
      'argocd-vault-plugin would have filled it: write the name of the secret in the vault.',
    ],
    ['<db>', 'still holds a placeholder', 'Replace the part in angle brackets with your own value.'],
    ['#{ENV}#-db', 'still holds a placeholder', 'Replace it with your own value, as the pipeline does.'],
    ['$(ENV)-db', 'still holds a placeholder', 'Replace it with your own value, as the pipeline does.'],
    [
      '{{ .Values.env }}-db',
      'still holds a placeholder',
      'A template would have filled it: give what the tool renders, as helm template … | keyferry … -f -',
    ],
  ])('may not be %j', async (key, what, fix) => {
    expect(await keyProblemsOf({ key })).toEqual([`spec.data[0].remoteRef.key ${what}. ${fix}`]);
  });

  it('is told for extract too, with its version', async () => {
    expect(await keyProblemsOf({ key: 'a_b', version: 'latest' }, 'extract')).toEqual([
      `spec.dataFrom[0].extract.key is no name that Key Vault can have. ${FORM}`,
      'spec.dataFrom[0].extract.version is no version of Key Vault, which has 32 hexadecimal digits. Leave it out: the newest version is read.',
    ]);
  });

  it('is the business of a store that is no Key Vault of these manifests', async () => {
    expect(await keyProblemsOf({ key: 'db_password', version: '1' }, 'data', 'fake')).toEqual([]);
    expect(await keyProblemsOf({ key: 'db_password', version: '1' }, 'data', 'elsewhere')).toEqual([]);
  });
});

describe('a version', () => {
  it.each(['0123456789abcdef0123456789ABCDEF', '${VERSION}', ''])('may be %j', async (version) => {
    expect(await keyProblemsOf({ key: 'db', version })).toEqual([]);
  });

  it.each(['1', '0123456789abcdef', 'v2'])('may not be %j', async (version) => {
    expect(await keyProblemsOf({ key: 'db', version })).toEqual([
      'spec.data[0].remoteRef.version is no version of Key Vault, which has 32 hexadecimal digits. Correct it, or leave it out to read the newest version.',
    ]);
  });
});

describe('an ExternalSecret that names no store', () => {
  it('is an error where the manifests are the home', async () => {
    expect(await keyProblemsOf({ key: 'db' }, 'data', '')).toEqual([
      'spec.secretStoreRef names no store. Set spec.secretStoreRef.name, or sourceRef.storeRef of each entry; an overlay of kustomize is given as kustomize build prints it.',
    ]);
  });

  it('is the business of the cluster where resources are', async () => {
    expect(await keyProblemsOf({ key: 'db' }, 'data', '', 'custom-resources')).toEqual([]);
  });
});
