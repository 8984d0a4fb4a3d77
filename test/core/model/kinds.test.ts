import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { readHead, refOfHead } from '../../../src/core/model/document.ts';
import { apiVersionsOf, byUse, definitionOf, KINDS, SERVED_KINDS, type Kind } from '../../../src/core/model/kinds.ts';

/** Codes of the problems of an object that is nothing but a head. */
function codesOf(kind: Kind): readonly string[] {
  const text = `apiVersion: ${apiVersionsOf(kind)[0]}\nkind: ${kind.kind}\nmetadata: {name: a, namespace: shop}\nspec: {}\n`;
  return checkManifests(parseDocuments('a.yaml', text).documents).problems.map(({ code }) => code);
}

describe('the table of kinds', () => {
  it('names definitions as a cluster has them', () => {
    expect(KINDS.filter(({ role }) => role !== 'generator').map(definitionOf)).toEqual([
      'externalsecrets.external-secrets.io',
      'secretstores.external-secrets.io',
      'clustersecretstores.external-secrets.io',
      'clusterexternalsecrets.external-secrets.io',
      'pushsecrets.external-secrets.io',
      'clusterpushsecrets.external-secrets.io',
    ]);
    expect(KINDS.filter(({ kind }) => kind === 'ACRAccessToken').map(definitionOf)).toEqual([
      'acraccesstokens.generators.external-secrets.io',
    ]);
  });

  it('has each kind once', () => {
    expect(new Set(KINDS.map(({ kind }) => kind)).size).toBe(KINDS.length);
  });

  it('puts a store before who names it, and the whole cluster before a namespace', () => {
    expect(KINDS.toSorted(byUse).filter(({ role }) => role !== 'generator')).toMatchObject([
      { kind: 'ClusterSecretStore' },
      { kind: 'SecretStore' },
      { kind: 'ClusterExternalSecret' },
      { kind: 'ClusterPushSecret' },
      { kind: 'ExternalSecret' },
      { kind: 'PushSecret' },
    ]);
  });

  it.each(SERVED_KINDS.map((row) => [row.kind, row] as const))('has a check for %s, which is served', (_, row) => {
    expect(codesOf(row)).not.toContain('not-supported-yet');
  });

  it.each(KINDS.filter(({ notBuilt }) => notBuilt !== undefined).map((row) => [row.kind, row] as const))(
    'refuses %s by name, which is not',
    (_, row) => expect(codesOf(row)).toEqual(['not-supported-yet']),
  );
});

describe('refOfHead', () => {
  it.each([
    ['of a namespaced kind that names one', 'SecretStore', { name: 'a', namespace: 'own' }, 'own'],
    ['of one that names none', 'SecretStore', { name: 'a' }, 'given'],
    ['of one whose namespace is left empty', 'SecretStore', { name: 'a', namespace: null }, 'given'],
    [
      'of a kind for the whole cluster, whatever is written',
      'ClusterSecretStore',
      { name: 'a', namespace: 'own' },
      undefined,
    ],
  ])('gives the namespace %s', (_, kind, metadata, namespace) => {
    const ref = refOfHead(readHead({ kind, metadata }), 'given');
    expect(ref).toEqual({ kind, name: 'a', ...(namespace === undefined ? {} : { namespace }) });
  });

  it.each([{ kind: 'SecretStore' }, { metadata: { name: 'a' } }, { kind: 1, metadata: { name: 'a' } }, null, ['a']])(
    'knows no object in %j',
    (value) => expect(refOfHead(readHead(value), 'given')).toBeUndefined(),
  );
});
