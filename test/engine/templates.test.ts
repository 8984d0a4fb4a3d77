/** What templates need from the cluster, and what a run does when it does not get it. */
import { describe, expect, it } from '@jest/globals';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { hasChanges, problemsOf } from '../../src/core/report/build-report.ts';
import { PortError } from '../../src/ports/errors.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { externalSecret, STORE, textsOf, vaultYaml, yaml } from './shop.ts';

const VAULT = vaultYaml({ db: 'horse', session: '7f0c' });
const TEXTS = yaml({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'texts', namespace: 'shop' },
  data: { a: 'is {{ .password }}' },
});
const FROM_TEXTS = { templateFrom: [{ configMap: { name: 'texts', items: [{ key: 'a' }] } }] };

function open(manifests: string, cluster = TEXTS): Promise<World> {
  return openWorld({ manifests, vault: VAULT, cluster, settings: {} });
}

function reads({ cluster }: World, name: string): number {
  return cluster.operations.filter(({ verb, ref }) => verb === 'getConfigMap' && ref.name === name).length;
}

describe('templates in a run', () => {
  it('read a ConfigMap once, however many ExternalSecrets use it, and before anything is written', async () => {
    const world = await open(
      yaml(
        STORE,
        externalSecret('db', {}, { template: FROM_TEXTS }),
        externalSecret('session', {}, { template: FROM_TEXTS }),
      ),
    );
    await sync(world.ports, world.settings);
    expect(reads(world, 'texts')).toBe(1);
    expect(textsOf(world.cluster.get('Secret', 'shop', 'db'))).toEqual({ a: 'is horse' });
    const verbs = world.cluster.operations.map(({ verb }) => verb);
    expect(verbs.indexOf('getConfigMap')).toBeLessThan(verbs.indexOf('createSecret'));
  });

  it('change a Secret when the ConfigMap changes', async () => {
    const world = await open(yaml(STORE, externalSecret('db', {}, { template: FROM_TEXTS })));
    await sync(world.ports, world.settings);
    world.cluster.patch({
      kind: 'ConfigMap',
      metadata: { name: 'texts', namespace: 'shop' },
      data: { a: 'was {{ .password }}' },
    });
    await sync(world.ports, world.settings);
    expect(textsOf(world.cluster.get('Secret', 'shop', 'db'))).toEqual({ a: 'was horse' });
  });

  it('fail alone when a ConfigMap may not be read; the field that names it says so', async () => {
    const world = await open(
      yaml(STORE, externalSecret('db', {}, { template: FROM_TEXTS }), externalSecret('session')),
    );
    world.cluster.onBefore(({ verb }) => {
      if (verb !== 'getConfigMap') return;
      throw new PortError({
        kind: 'Forbidden',
        what: 'cluster fake does not let you read shop/texts',
        fix: 'Grant get on it.',
      });
    });
    const report = await sync(world.ports, world.settings);
    expect(problemsOf(report).map(problemText)).toEqual([
      expect.stringMatching(
        /^ExternalSecret shop\/db: spec\.target\.template\.templateFrom\[0\]\.configMap: cluster fake does not let you read shop\/texts\. Grant get on it\. \(manifests\.yaml:\d+\)$/,
      ),
    ]);
    expect(world.cluster.get('Secret', 'shop', 'db')).toBeUndefined();
    expect(textsOf(world.cluster.get('Secret', 'shop', 'session'))).toEqual({ password: '7f0c' });
  });

  it('leave a Secret as it is when a template fails', async () => {
    const template = (text: string) => externalSecret('db', {}, { template: { data: { a: text } } });
    const world = await openWorld({
      manifests: yaml(STORE, template('{{ .nope }}')),
      vault: VAULT,
      cluster: '',
      settings: {},
      earlier: { manifests: yaml(STORE, template('{{ .password }}')), vault: VAULT },
    });
    await sync(world.ports, world.settings);
    expect(textsOf(world.cluster.get('Secret', 'shop', 'db'))).toEqual({ a: 'horse' });
  });

  it('keep a random value while nothing it depends on changes, and make a new one when the Secret was changed by hand', async () => {
    const template = { mergePolicy: 'Merge', data: { key: '{{ randAlphaNum 32 }}', note: '{{ .password }}' } };
    const manifests = yaml(STORE, externalSecret('db', {}, { template }));
    const world = await open(manifests, '');
    await sync(world.ports, world.settings);
    const first = textsOf(world.cluster.get('Secret', 'shop', 'db'));
    expect(hasChanges(await plan(world.ports, world.settings))).toBe(false);
    await sync(world.ports, world.settings);
    expect(textsOf(world.cluster.get('Secret', 'shop', 'db'))).toEqual(first);
    world.cluster.patch({
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'shop' },
      data: { note: Buffer.from('by hand').toString('base64') },
    });
    await sync(world.ports, world.settings);
    const second = textsOf(world.cluster.get('Secret', 'shop', 'db'));
    expect(second).toMatchObject({ note: 'horse', password: 'horse' });
    expect(second?.['key']).not.toBe(first?.['key']);
  });

  it('are not rendered for a Secret that nothing will be written to', async () => {
    const target = { creationPolicy: 'None', template: { data: { a: '{{ .nope }}' } } };
    const world = await open(yaml(STORE, externalSecret('db', {}, target)));
    expect(problemsOf(await sync(world.ports, world.settings))).toEqual([]);
  });
});
