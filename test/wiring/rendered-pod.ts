/** The pod of the CronJob that `render` prints for so many ExternalSecrets. */
import { render } from '../../src/commands/render.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { parseSettings, type GivenSettings } from '../../src/core/settings/parse.ts';
import { deploymentSourceOf } from '../../src/wiring/deployment.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';

interface Container {
  readonly command?: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly resources: object;
}

export interface RenderedPod {
  readonly metadata: object;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly container: Container;
  readonly schedule: unknown;
  readonly warnings: readonly string[];
}

export async function renderedPod(flags: GivenSettings, count = 1): Promise<RenderedPod> {
  const { settings, problems } = parseSettings('render', { filename: ['a.yaml'], ...flags }, {});
  if (settings === undefined) throw new Error(problems.map(problemText).join('\n'));
  const { request } = await deploymentSourceOf(settings, { KEYFERRY_ENGINE: import.meta.filename }, '1.0.0');
  const text = yaml(STORE, ...Array.from({ length: count }, (_, number) => externalSecret(`es-${number}`)));
  const source = { load: () => Promise.resolve(parseDocuments('a.yaml', text)) };
  const result = await render(source, request);
  const cronJob = result.deployment?.objects.find(({ kind }) => kind === 'CronJob');
  const { schedule, jobTemplate } = cronJob?.['spec'] as {
    schedule: string;
    jobTemplate: { spec: { template: { metadata: object; spec: { containers: readonly Container[] } } } };
  };
  const { metadata, spec } = jobTemplate.spec.template;
  const [container] = spec.containers;
  if (container === undefined) throw new Error('no container');
  return { metadata, spec: { ...spec }, container, schedule, warnings: result.problems.map(problemText) };
}
