/**
 * Which feature a case needs that is not built yet.
 *
 * Found from what the case applies, by the product's own check of manifests: once that stops refusing a field or a
 * kind, the cases that use it run.
 */
import { messageText } from '../../src/core/model/message.ts';
import { checkManifests } from '../../src/core/api/manifests.ts';
import { documentOf } from '../../src/core/model/document.ts';
import { refText } from '../../src/core/model/object-ref.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { mergePatch } from '../fakes/kubernetes-object.ts';
import type { ConformanceCase } from './load-case.ts';

/** In the order in which a case that needs several is counted. */
const FEATURES = ['push', 'cluster-wide kinds', 'generators', 'generic targets', 'template', 'rewrite'];

/** `undefined` = the case can run. */
export function missingFeature(one: ConformanceCase): string | undefined {
  const needed = new Set(everyVersion(one).flatMap(missingIn));
  return FEATURES.find((feature) => needed.has(feature)) ?? [...needed][0];
}

/** Each object as it is applied and as each patch leaves it. */
function everyVersion({ cluster, manifests, steps }: ConformanceCase): readonly KubernetesObject[] {
  const latest = new Map<string, KubernetesObject>();
  const versions: KubernetesObject[] = [];
  const put = (object: KubernetesObject): void => {
    latest.set(key(object), object);
    versions.push(object);
  };
  for (const object of [...cluster, ...manifests]) put(object);
  for (const step of steps) {
    for (const object of step.apply ?? []) put(object);
    for (const patch of step.patch ?? []) put(mergePatch(latest.get(key(patch)), patch) as KubernetesObject);
  }
  return versions;
}

function key({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return refText(namespace === undefined ? { kind, name } : { kind, namespace, name });
}

function missingIn(object: KubernetesObject): readonly string[] {
  const document = documentOf({ value: object, locate: () => undefined, home: 'cluster' });
  return checkManifests([document], 'default').problems.flatMap((problem) => featureOf(problem, object));
}

function featureOf(problem: Problem, { kind, apiVersion }: KubernetesObject): readonly string[] {
  const field = problem.field ?? '';
  if (problem.code === 'provider-unknown') return [`provider ${field.split('.').at(-1) ?? ''}`];
  if (problem.code !== 'not-supported-yet') return [];
  if (apiVersion?.startsWith('generators.') === true || field.endsWith('generatorRef')) return ['generators'];
  if (kind.endsWith('PushSecret')) return ['push'];
  if (kind.startsWith('Cluster')) return ['cluster-wide kinds'];
  if (field.startsWith('spec.target.manifest')) return ['generic targets'];
  if (field.startsWith('spec.target.template')) return ['template'];
  if (field.endsWith('rewrite')) return ['rewrite'];
  return [messageText(problem.what)];
}
