/** `template`: renders the templates of manifests from given values, with no network at all. */
import type { PullIntent } from '../core/model/intent.ts';
import { fieldText } from '../core/model/origin.ts';
import { hasErrors, type Problem } from '../core/model/problem.ts';
import { MANIFEST_KINDS, targetOf } from '../core/model/target.ts';
import { fetchedContent } from '../core/plan/pull/target-content.ts';
import type { TemplateReport } from '../core/report/template.ts';
import { checkTemplates } from '../core/secret-template/check-templates.ts';
import { differences, type RenderedSecret } from '../core/secret-template/compare-secrets.ts';
import { type FieldFinding, type TemplateRequest, type TemplateContent } from '../core/secret-template/content.ts';
import { sourceAmong, unfitting, valuesOf, type Values } from '../core/secret-template/offline.ts';
import { renderPieces } from '../core/secret-template/render-target.ts';
import type { TemplateEnvironment } from '../core/template/runtime.ts';
import { load } from '../engine/sync/load.ts';
import { Pieces } from '../engine/sync/pieces.ts';
import { DEFAULT_SETTINGS } from '../engine/sync/settings.ts';
import type { Stoppable } from '../engine/stop.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

export interface TemplateSources extends Stoppable {
  readonly manifests: ManifestSource;
  readonly values: ManifestSource;
  /** Secrets to compare with. */
  readonly expected?: ManifestSource;
  readonly environment: TemplateEnvironment;
  readonly only: readonly string[];
  readonly namespace?: string;
}

/** Renders every ExternalSecret over the same values. ConfigMaps and Secrets are those among the manifests. */
export async function template(inputs: TemplateSources): Promise<TemplateReport> {
  const { only, namespace, environment } = inputs;
  const manifests = await inputs.manifests.load();
  const source: ManifestSource = { load: () => Promise.resolve(manifests) };
  const { controllerClass } = DEFAULT_SETTINGS;
  const loaded = await load(source, {
    only,
    controllerClass,
    logins: 'unasked',
    targetKinds: MANIFEST_KINDS,
    ...(namespace === undefined ? {} : { namespace }),
  });
  const { values, problems } = await readValues(inputs.values);
  if (hasErrors(problems)) return { secrets: [], differences: [], problems: [...loaded.problems, ...problems] };
  const pieces = new Pieces(inputs);
  const checked = await pieces.run(checkTemplates(loaded.intents));
  const found = [...loaded.problems, ...problems, ...unfitting(values, loaded.intents), ...warningsAmong(checked)];
  const results: RenderedIntent[] = [];
  for (const intent of loaded.intents) {
    const source = sourceAmong(manifests.documents, intent, namespace ?? 'default');
    results.push(await renderIntent(intent, values, { environment, source, pieces }));
  }
  const secrets = results.flatMap((result) => ('secret' in result ? [result.secret] : []));
  const failed = results.flatMap((result) => ('problems' in result ? result.problems : []));
  const compared = hasErrors([...found, ...failed]) ? NOT_COMPARED : await compare(secrets, inputs);
  return {
    secrets,
    differences: compared.differences,
    problems: [...found, ...failed, ...compared.problems],
  };
}

async function readValues(source: ManifestSource): Promise<ReturnType<typeof valuesOf>> {
  const { documents, problems } = await source.load();
  if (hasErrors(problems)) return { values: new Map(), problems };
  const read = valuesOf(documents);
  return { values: read.values, problems: [...problems, ...read.problems] };
}

/** What is wrong with a template is told where it is rendered. */
function warningsAmong(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'warning');
}

type RenderingParts = Pick<TemplateRequest, 'source' | 'environment'> & { readonly pieces: Pieces };

type RenderedIntent = { readonly secret: RenderedSecret } | { readonly problems: readonly Problem[] };

async function renderIntent(intent: PullIntent, values: Values, parts: RenderingParts): Promise<RenderedIntent> {
  const { template: wanted } = intent.target;
  if (wanted === undefined) return { secret: secretOf(intent, asContent(intent, values)) };
  const work = renderPieces({ template: wanted, values, ...parts, isStrict: !intent.extras.lenientTemplates });
  const result = await parts.pieces.run(work);
  if (result.kind === 'rendered') return { secret: secretOf(intent, result.content) };
  return { problems: result.findings.map((finding) => problemOf(intent, finding)) };
}

/** Without a template the values are the data. */
function asContent(intent: PullIntent, values: Values): TemplateContent {
  const { data, labels, annotations } = fetchedContent(intent, values);
  const steady = <Value>(parts: ReadonlyMap<string, Value>) =>
    new Map([...parts].map(([key, value]) => [key, { value, isVolatile: false }]));
  return { data: steady(data), labels: steady(labels), annotations: steady(annotations) };
}

function secretOf(intent: PullIntent, { data, labels, annotations }: TemplateContent): RenderedSecret {
  const plain = <Value>(parts: ReadonlyMap<string, { readonly value: Value }>) =>
    new Map([...parts].map(([key, { value }]) => [key, value]));
  return {
    ref: targetOf(intent),
    type: intent.target.template?.type ?? 'Opaque',
    data: plain(data),
    labels: plain(labels),
    annotations: plain(annotations),
    volatileKeys: new Set([...data].filter(([, { isVolatile }]) => isVolatile).map(([key]) => key)),
  };
}

function problemOf(intent: PullIntent, { path, problem }: FieldFinding): Problem {
  const origin = intent.locate(path);
  return { ...problem, at: intent.ref, field: fieldText(path), ...(origin === undefined ? {} : { origin }) };
}

/** Where something could not be rendered, what else is missing is no news. */
const NOT_COMPARED: Pick<TemplateReport, 'differences' | 'problems'> = { differences: [], problems: [] };

async function compare(
  secrets: readonly RenderedSecret[],
  { expected, namespace }: TemplateSources,
): Promise<Pick<TemplateReport, 'differences' | 'problems'>> {
  if (expected === undefined) return { differences: [], problems: [] };
  const { documents, problems } = await expected.load();
  return { differences: differences(secrets, documents, namespace ?? 'default'), problems };
}
