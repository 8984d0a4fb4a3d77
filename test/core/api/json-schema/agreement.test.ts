/** The published schemas against our own check, on everything that was recorded of the operator and everything in the manual. */
import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { parseDocuments } from '../../../../src/core/api/documents.ts';
import { checkManifests } from '../../../../src/core/api/manifests.ts';
import { join } from 'node:path';
import { without } from '../../../fakes/kubernetes-object.ts';
import { loadCases } from '../../../conformance/load-case.ts';
import { blocksOf, pages, ROOT } from '../../../docs/pages.ts';
import { manifestsIn, schemaFaults } from './judge.ts';

interface Judged {
  readonly name: string;
  readonly ours: 'accepts' | 'refuses';
  readonly schema: 'accepts' | 'refuses';
}

describe('JSON Schemas', () => {
  it('accept and refuse what our check does, in 99 of 100 recorded manifests', () => {
    const judged = recorded().flatMap(({ name, manifest }) => judge(name, manifest) ?? []);
    const different = judged.filter(({ ours, schema }) => ours !== schema);
    expect(judged.filter(({ ours }) => ours === 'refuses').length).toBeGreaterThan(40);
    expect(different.length / judged.length <= 0.01 ? [] : different).toEqual([]);
  });

  it('never refuse a recorded manifest that we take, but for a field that does not exist', () => {
    const judged = recorded().flatMap(({ name, manifest }) => judge(name, manifest) ?? []);
    const refused = judged.filter(({ ours, schema }) => ours === 'accepts' && schema === 'refuses');
    expect(refused.map(({ name }) => name)).toEqual(['pushsecret/admission/ps-090r-unknown-field.yaml']);
  });

  it('accept and refuse the manifests of the manual as we do', () => {
    const judged = ofManual().flatMap(({ name, manifest }) => judge(name, manifest) ?? []);
    expect(judged.length).toBeGreaterThan(20);
    expect(judged.filter(({ ours, schema }) => ours !== schema)).toEqual([]);
  });
});

interface Named {
  readonly name: string;
  readonly manifest: unknown;
}

function recorded(): readonly Named[] {
  const named = loadCases(join(ROOT, 'test/conformance/cases')).flatMap((loaded) => {
    if (!('case' in loaded)) return [];
    const { manifests, cluster, steps } = loaded.case;
    const all = [...manifests, ...cluster, ...steps.flatMap(({ apply }) => apply ?? [])];
    return all.map((one) => ({ name: loaded.file, manifest: without(one, 'status') }));
  });
  return [...new Map(named.map((one) => [JSON.stringify(one.manifest), one])).values()];
}

function ofManual(): readonly Named[] {
  const blocks = pages().flatMap((page) =>
    blocksOf(page).map((block) => ({ ...block, name: `${page.file}:${block.line}` })),
  );
  return blocks
    .filter(({ language, text }) => language === 'yaml' && /^apiVersion: \S*external-secrets\.io\//m.test(text))
    .flatMap(({ name, text }) => manifestsIn(text).map((manifest) => ({ name, manifest })));
}

/** What this program does not do yet says nothing about a manifest. */
function judge(name: string, manifest: unknown): Judged | undefined {
  const faults = schemaFaults(manifest);
  if (faults === undefined) return undefined;
  const { documents, problems } = parseDocuments(name, stringify(manifest));
  const errors = [...problems, ...checkManifests(documents).problems].filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => code === 'not-supported-yet')) return undefined;
  return { name, ours: verdict(errors.length), schema: verdict(faults.length) };
}

function verdict(faults: number): Judged['ours'] {
  return faults === 0 ? 'accepts' : 'refuses';
}
