import { describe, expect, it } from '@jest/globals';
import { otherRepository, repositoryAnnotations, repositoryOf } from '../../../src/core/deploy/repository.ts';
import { repositoryOfRun } from '../../../src/wiring/repository.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'shop' };
const SHOP = { url: 'https://github.com/contoso/shop', id: '1001' };
const BILLING = { url: 'https://github.com/contoso/billing', id: '1002' };

describe('otherRepository', () => {
  it('says whose the installation is, and both ways out', () => {
    expect(otherRepository(SHOP, BILLING, INSTALLATION)).toEqual({
      severity: 'error',
      code: 'other-repository',
      at: { kind: 'CronJob', namespace: 'shop', name: 'keyferry' },
      what: 'installation keyferry, and the Secrets that it made, belong to https://github.com/contoso/shop; this run is of https://github.com/contoso/billing',
      fix: 'Nothing was changed. Give the manifests of this repository an installation of their own: --installation NAME. If those manifests have moved here, release it first: kubectl annotate configmap keyferry-inventory --namespace shop keyferry.dev/repository- keyferry.dev/repository-id-',
    });
  });

  it.each([
    ['the same', SHOP, SHOP],
    ['it was renamed', SHOP, { url: 'https://github.com/fabrikam/webshop', id: '1001' }],
    ['its name is written in other letters, and an id is missing', { url: 'https://github.com/Contoso/Shop' }, SHOP],
    ['nobody has recorded one', undefined, BILLING],
    ['the run is of none', SHOP, undefined],
  ])('lets a run be where %s', (_why, recorded, own) => {
    expect(otherRepository(recorded, own, INSTALLATION)).toBeUndefined();
  });

  it.each([
    ['the number is of another server', SHOP, { url: 'https://github.example/contoso/shop', id: '1001' }],
    ['one was made anew under the name', SHOP, { ...SHOP, id: '2001' }],
    ['only names are known', { url: SHOP.url }, { url: BILLING.url }],
  ])('refuses a run where %s', (_why, recorded, own) => {
    expect(otherRepository(recorded, own, INSTALLATION)?.code).toBe('other-repository');
  });

  it('does not repeat what somebody wrote into the annotation', () => {
    const what = otherRepository({ url: 'https://x ::error::forged' }, BILLING, INSTALLATION)?.what;
    expect(what).toContain('belong to another repository;');
  });
});

describe('the annotations of an inventory', () => {
  it.each([[SHOP], [{ url: SHOP.url }]])('are read as they were written: %j', (repository) => {
    const metadata = { name: 'keyferry-inventory', annotations: repositoryAnnotations(repository) };
    expect(repositoryOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata })).toEqual(repository);
  });
});

describe('repositoryOfRun', () => {
  it.each([
    [
      { GITHUB_REPOSITORY: 'contoso/shop', GITHUB_REPOSITORY_ID: '1001', GITHUB_SERVER_URL: 'https://github.com' },
      SHOP,
    ],
    [{ GITHUB_REPOSITORY: 'contoso/shop' }, { url: 'https://github.com/contoso/shop' }],
    [{ GITHUB_REPOSITORY: 'a/b', GITHUB_SERVER_URL: 'https://github.example/' }, { url: 'https://github.example/a/b' }],
    [{}, undefined],
    [{ GITHUB_REPOSITORY: '../../etc' }, undefined],
  ])('is told by GitHub: %j', (environment, expected) => {
    expect(repositoryOfRun(environment)).toEqual(expected);
  });
});
