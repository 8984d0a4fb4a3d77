/** What is wrong with manifests as a whole, before any of them is looked at. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemText } from '../../src/core/model/problem.ts';
import { parseSettings } from '../../src/core/settings/parse.ts';
import { render as renderManifests } from '../../src/commands/render.ts';
import { load as loadAll } from '../../src/engine/sync/load.ts';
import { deployedManifestsOf, earlierManifestsOf, manifestsOf, readingOf } from '../../src/wiring/manifests.ts';
import { runValidation } from '../../src/wiring/validation.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';

const ID = 'aaaaaaaa-0000-0000-0000-000000000001';

let folder: string;
let filename: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyferry-manifests-'));
  filename = join(folder, 'all.yaml');
});
afterAll(() => rm(folder, { recursive: true }));

/** Of a deployment that is not looked at here. */
const REQUEST = {
  installation: { name: 'keyferry' },
  home: 'config-maps',
  clusterRights: false,
  controllerClass: 'keyferry',
  extras: [],
  pod: { image: 'node:24-slim', imagePullSecrets: [], environment: {}, tolerations: [], memory: '256Mi' },
  version: '0.1.0',
  jobVariables: {},
};

const deployed = deployedManifestsOf as typeof manifestsOf;

async function load(manifests: string, flags: object = {}, sourceOf: typeof manifestsOf = deployed) {
  await writeFile(filename, manifests);
  const { settings } = parseSettings('sync', { filename: [filename], ...flags }, {});
  return await sourceOf(settings!).load();
}

describe('store-identities', () => {
  const GOOD = yaml(STORE, externalSecret('db'));

  it('may name a store of the manifests', async () => {
    expect((await load(GOOD, { 'store-identities': [`shop/kv=${ID}`] })).problems).toEqual([]);
  });

  it.each([
    ['shop/kvv', 'Did you mean shop/kv?'],
    ['kv', 'Did you mean shop/kv?'],
    ['shop/another', 'The stores are shop/kv.'],
  ])('are refused where there is no such store: %s', async (store, fix) => {
    await expect(load(GOOD, { 'store-identities': [`${store}=${ID}`] })).rejects.toMatchObject({
      what: `--store-identities names the store ${store}, which is not in the manifests`,
      fix,
    });
  });

  it('are no matter where a document could not be read, which may hold the store', async () => {
    const { problems } = await load('a: [', { 'store-identities': [`shop/kv=${ID}`] });
    expect(problems.map(({ code }) => code)).toEqual(['unreadable-document']);
  });
});

describe('placeholders', () => {
  const OPEN = yaml(STORE, externalSecret('db')).replaceAll('kv-shop', '${VAULT}');

  const checked = async (manifests: string, flags: object = {}) => {
    await writeFile(filename, manifests);
    const { settings } = parseSettings('validate', { filename: [filename], ...flags }, {});
    const run = await loadAll(deployedManifestsOf(settings!), {
      only: [],
      controllerClass: '',
      ...readingOf(settings!),
    });
    const { stores, externalSecrets, problems } = await runValidation(settings!);
    return { run: run.problems.map(problemText), validation: [stores, externalSecrets, ...problems.map(problemText)] };
  };

  it('need a value in every run, and may be open where manifests are only looked at', async () => {
    expect(await checked(OPEN)).toEqual({
      run: [
        `SecretStore shop/kv: spec.provider.azurekv.vaultUrl holds the placeholder \${VAULT}, which has no value. Give it in --values. (${filename}:9)`,
      ],
      validation: [1, 1],
    });
  });

  it('may stand in names, namespaces and intervals that are only looked at', async () => {
    const manifests = yaml(STORE, externalSecret('db', { refreshInterval: '${INTERVAL}' }))
      .replaceAll('shop', '${NS}')
      .replaceAll('name: db', 'name: "${APP}-db"');
    expect((await checked(manifests)).validation).toEqual([1, 1]);
  });

  it('are no matter in a template, or in documents of other kinds', async () => {
    const template = { target: { template: { data: { run: 'echo ${HOME} $${HOME}' } } } };
    const manifests = yaml(STORE, externalSecret('db', template), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: '${NAME}' },
      data: { run: '${HOME}' },
    });
    expect(await checked(manifests)).toEqual({ run: [], validation: [1, 1] });
    expect((await checked(manifests, { values: 'A: b' })).run).toEqual([]);
    const everywhere = await checked(manifests, { values: 'A: b', 'values-everywhere': 'true' });
    expect(everywhere.run.map((text) => text.replace(/ holds.*/u, ''))).toEqual([
      'ExternalSecret shop/db: spec.target.template.data.run',
      'ConfigMap ${NAME}: metadata.name',
      'ConfigMap ${NAME}: data.run',
    ]);
  });

  it('are the same text before and after a change where the text is meant', async () => {
    const escaped = yaml(externalSecret('db', { refreshInterval: '$${HOME}' }));
    const { documents } = await load(escaped);
    const earlier = await earlierManifestsOf({ base: [filename], values: undefined, valuesEverywhere: false }).load();
    expect(earlier.documents.map(({ value }) => value)).toEqual(documents.map(({ value }) => value));
  });
});

describe('documents without a namespace', () => {
  const BARE = yaml(STORE, externalSecret('db')).replaceAll(/^ *namespace: shop\n/gmu, '');

  const render = async (manifests: string, request: object) => {
    await writeFile(filename, manifests);
    const { settings } = parseSettings('render', { filename: [filename] }, {});
    const { deployment, problems } = await renderManifests(manifestsOf(settings!), { ...REQUEST, ...request } as never);
    const cronJob = deployment?.objects.find(({ kind }) => kind === 'CronJob');
    const variables = /"name":"KEYFERRY_NAMESPACE","value":"([^"]*)"/u.exec(JSON.stringify(cronJob ?? {}));
    return [cronJob?.metadata.namespace, variables?.[1], ...problems.map(({ code }) => code)];
  };

  it('take that of the context, which deploy hands to the job', async () => {
    expect(await render(BARE, { reading: { namespace: 'team-a' } })).toEqual(['team-a', 'team-a']);
  });

  it('take that of --namespace first', async () => {
    expect(await render(BARE, { namespace: 'team-b', reading: { namespace: 'team-b' } })).toEqual(['team-b', 'team-b']);
  });

  it('leave the context out where every document has one', async () => {
    const named = yaml(STORE, externalSecret('db'));
    expect(await render(named, { reading: { namespace: 'team-a' } })).toEqual(['shop', undefined]);
  });

  it('are never in default by themselves', async () => {
    expect(await render(BARE, {})).toEqual([undefined, undefined, 'no-namespace', 'no-namespace']);
  });

  it('are no matter for validate, which has no cluster', async () => {
    await writeFile(filename, BARE);
    const { settings } = parseSettings('validate', { filename: [filename] }, {});
    expect(await runValidation(settings!)).toMatchObject({ stores: 1, externalSecrets: 1, problems: [] });
  });
});

describe('manifests in which there is nothing', () => {
  const FIX = 'Check the path. What Helm or kustomize makes is given as they print it, not as values or patches.';

  it.each([
    [
      'values of Helm',
      'image: nginx\nreplicas: 2\n',
      'the manifests hold no ExternalSecret and no store, but 1 document of other kinds (without a kind)',
    ],
    [
      'objects of other kinds',
      'apiVersion: v1\nkind: Service\n---\napiVersion: apps/v1\nkind: Deployment\n---\nkind: "bad kind"\n',
      'the manifests hold no ExternalSecret and no store, but 3 documents of other kinds (Deployment, Service, without a kind)',
    ],
    ['an empty file', '', 'the manifests hold no ExternalSecret and no store, nor any other document'],
  ])('are an error that says what is there instead: %s', async (_what, manifests, what) => {
    for (const sourceOf of [manifestsOf, deployed]) {
      const { problems } = await load(manifests, {}, sourceOf);
      expect(problems).toEqual([{ severity: 'error', code: 'nothing-found', what, fix: FIX }]);
    }
  });

  it('are none where a store, or a misspelt group, is', async () => {
    expect((await load(yaml(STORE), {}, manifestsOf)).problems).toEqual([]);
    expect((await load('apiVersion: external-secret.io/v1\nkind: ExternalSecret\n', {}, manifestsOf)).problems).toEqual(
      [],
    );
  });

  it('are no mistake of an earlier time', async () => {
    await writeFile(filename, 'a: b\n');
    const { problems } = await earlierManifestsOf({
      base: [filename],
      values: undefined,
      valuesEverywhere: false,
    }).load();
    expect(problems).toEqual([]);
  });
});
