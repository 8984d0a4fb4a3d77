/** A whole ExternalSecret with its template: through the check of manifests, the engine and the wanted Secret. */
import { messageText } from '../../../src/core/model/message.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { documentOf } from '../../../src/core/model/document.ts';
import type { PullIntent } from '../../../src/core/model/intent.ts';
import { hasErrors, type Problem } from '../../../src/core/model/problem.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { secretRef, type DesiredSecret, type LiveSecret } from '../../../src/core/model/secret.ts';
import { CREATED_BY_LABEL, DATA_HASH_ANNOTATION, MANAGED_LABEL } from '../../../src/core/model/names.ts';
import { desiredSecret } from '../../../src/core/plan/pull/desired-secret.ts';
import { fetchedContent, settledContent } from '../../../src/core/plan/pull/target-content.ts';
import type { RenderResult, SourceContent } from '../../../src/core/secret-template/content.ts';
import { renderTarget } from '../../../src/core/secret-template/render-target.ts';
import type { TemplateEnvironment } from '../../../src/core/template/runtime.ts';
import { isFields } from '../../fakes/kubernetes-object.ts';
import type { TemplateCase } from './load.ts';

export function failureOfApply(one: TemplateCase, environment: TemplateEnvironment): string | undefined {
  const { intent, problems } = intentOf(one);
  if (intent === undefined) return compareProblems(problems, one);
  const values = new Map(Object.entries(one.data).map(([key, text]) => [key, SecretValue.ofText(text)]));
  const rendered = renderedOf(intent, values, one, environment);
  if (rendered?.kind === 'refused')
    return compareProblems(
      rendered.findings.map(({ problem }) => problem),
      one,
    );
  const content =
    rendered === undefined ? fetchedContent(intent, values) : settledContent(rendered.content, undefined, undefined);
  return compareSecret(desiredSecret(intent, content, liveOf(one)), one);
}

/** The case has no `data`, which a manifest must have; what it would read does not matter here. */
function intentOf({ externalSecret }: TemplateCase): {
  readonly intent?: PullIntent;
  readonly problems: readonly Problem[];
} {
  const spec = isFields(externalSecret?.['spec']) ? externalSecret['spec'] : {};
  const value = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    ...externalSecret,
    spec: { secretStoreRef: { name: 'kv' }, data: [{ secretKey: 'k', remoteRef: { key: 'k' } }], ...spec },
  };
  const { intents, problems } = checkManifests(
    [documentOf({ value, locate: () => undefined, home: 'cluster' })],
    'default',
  );
  const [intent] = intents;
  return intent === undefined || hasErrors(problems) ? { problems } : { intent, problems };
}

function renderedOf(
  intent: PullIntent,
  values: ReadonlyMap<string, SecretValue>,
  one: TemplateCase,
  environment: TemplateEnvironment,
): RenderResult | undefined {
  const { template } = intent.target;
  if (template === undefined) return undefined;
  const source = ({ kind, name }: { readonly kind: string; readonly name: string }): SourceContent => {
    const found = (kind === 'ConfigMap' ? one.configMaps : one.secrets)[name];
    if (found === undefined) return { kind: 'absent' };
    return { kind: 'found', entries: new Map(Object.entries(found).map(([k, v]) => [k, SecretValue.ofText(v)])) };
  };
  return renderTarget({ template, values, source, environment, isStrict: !intent.extras.lenientTemplates });
}

function liveOf({ existing }: TemplateCase): LiveSecret | undefined {
  if (existing === undefined) return undefined;
  const metadata = isFields(existing['metadata']) ? existing['metadata'] : {};
  const textsOf = (fields: unknown): [string, string][] => Object.entries((fields ?? {}) as Record<string, string>);
  return {
    ref: secretRef('ns', 'es'),
    type: typeof existing['type'] === 'string' ? existing['type'] : 'Opaque',
    data: new Map(textsOf(existing['data']).map(([key, text]) => [key, SecretValue.ofText(text)])),
    labels: new Map(textsOf(metadata['labels'])),
    annotations: new Map(textsOf(metadata['annotations'])),
    ownerReferences: [],
    finalizers: [],
    ownedFields: [],
    uid: 'u',
    resourceVersion: '1',
    deleting: false,
  };
}

/** The recorded Secret is the one before owner, managed label and hash. */
function compareSecret(secret: DesiredSecret, { expect }: TemplateCase): string | undefined {
  const labels = new Map(secret.labels);
  const annotations = new Map(secret.annotations);
  for (const ours of [MANAGED_LABEL, CREATED_BY_LABEL]) labels.delete(ours);
  annotations.delete(DATA_HASH_ANNOTATION);
  const bytes = [...secret.data].map(([key, value]) => [key, Buffer.from(value.reveal()).toString('base64')] as const);
  const got = {
    data: Object.fromEntries(bytes),
    type: secret.type,
    labels: Object.fromEntries(labels),
    annotations: Object.fromEntries(annotations),
    finalizers: secret.finalizers,
  };
  const wanted = wantedSecret(expect.secret ?? {});
  const isSame = expect.secret !== undefined && canonical(got) === canonical(wanted);
  return isSame
    ? undefined
    : `gave ${canonical(got)}, expected ${canonical(expect.secret === undefined ? expect : wanted)}`;
}

function wantedSecret(secret: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const texts = (secret['data'] ?? {}) as Record<string, string>;
  const encoded = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text, 'utf8').toString('base64')]);
  return {
    data: secret['dataBase64'] ?? Object.fromEntries(encoded),
    type: secret['type'],
    labels: secret['labels'] ?? {},
    annotations: secret['annotations'] ?? {},
    finalizers: secret['finalizers'] ?? [],
  };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    isFields(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** The operator's words, and the code of our problem that says the same. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/is not allowed when targeting a Secret/, 'template-target'],
  [/^template\.type=/, 'forbidden-type'],
  [/^error fetching templateFrom data: (?:configmaps|secrets) "nope" not found$/, 'template-source-absent'],
  [/could not unmarshal template/, 'template-not-keys-and-values'],
  [/failed to decode rendered template value/, 'value-not-decodable'],
  [/unable to parse template/, 'template-parse'],
  [/unable to execute template/, 'template-execute'],
];

/** Our words around Go's message, which must be the same from `template:` on, but for the name of a literal. */
function compareProblems(problems: readonly Pick<Problem, 'code' | 'what'>[], one: TemplateCase): string | undefined {
  const { error = '' } = one.expect;
  const code = CODES.find(([pattern]) => pattern.test(error))?.[1];
  const wanted = goMessage(withoutLiterals(error, one));
  const found = problems.some(
    (problem) => problem.code === code && (wanted === undefined || goMessage(messageText(problem.what)) === wanted),
  );
  return found ? undefined : `failed with ${JSON.stringify(problems)}, expected ${JSON.stringify(one.expect)}`;
}

function goMessage(text: string): string | undefined {
  const at = text.lastIndexOf('template: ');
  return at < 0 ? undefined : text.slice(at);
}

/** The operator calls a literal by its whole text, in plain and in quotes. */
function withoutLiterals(error: string, { externalSecret }: TemplateCase): string {
  const literals = JSON.stringify(externalSecret).matchAll(/"literal":("(?:[^"\\]|\\.)*")/g);
  return [...literals].reduce((text, [, quoted = '""']) => {
    const literal = JSON.parse(quoted) as string;
    return text.replaceAll(`"${literal.replaceAll('\n', '\\n')}"`, '"literal"').replaceAll(literal, 'literal');
  }, error);
}
