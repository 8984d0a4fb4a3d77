/**
 * The engine around the template language: `target.template` over fetched values. ESO 2.9, 3.4.
 *
 * From weak to strong: fetched values (with mergePolicy Merge, or where there is no other data), `templateFrom` in its
 * order, `data`; for labels and annotations `templateFrom`, then those of `metadata`. Nothing is written over what the
 * Secret has: that is the plan's business. Must never show a value, nor the text of a template that came from a Secret.
 */
import { say, setting } from '../model/message.ts';
import type {
  DecodingStrategy,
  TargetTemplate,
  TemplateFrom,
  TemplateScope,
  TemplateSource,
  TemplateTarget,
} from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import { SecretValue } from '../model/secret-value.ts';
import { fromBytes, fromUtf8, toBytes, toUtf8Text } from '../template/values.ts';
import type { GoMap, GoString } from '../template/values.ts';
import { errorOf } from '../transform/entry-outcome.ts';
import type { FieldFinding, Rendered, TemplateRequest, RenderResult } from './content.ts';
import { decodeRendered } from './decode-rendered.ts';
import { parseKeysAndValues } from './keys-and-values.ts';
import { inputsMark } from './mark.ts';
import { renderText, templateData } from './render-text.ts';

const TEMPLATE: FieldPath = ['spec', 'target', 'template'];
const LITERAL = 'literal';

/** Renders everything; all problems of all texts together. */
export function renderTarget(request: TemplateRequest): RenderResult {
  const pieces = renderPieces(request);
  for (let piece = pieces.next(); ; piece = pieces.next()) if (piece.done === true) return piece.value;
}

/**
 * The same, with a stop after each text: each takes less than a second, and so does reading what became of it, all of them may not. Between two texts a program
 * can hear that it was asked to end.
 */
export function* renderPieces(request: TemplateRequest): Generator<void, RenderResult> {
  const rendering = new Rendering(request);
  const { template, path = TEMPLATE } = request;
  if (includesFetched(template)) rendering.addFetched();
  for (const [index, from] of template.templateFrom.entries()) {
    yield* rendering.addFrom(from, [...path, 'templateFrom', index]);
  }
  yield* rendering.addTexts('data', template.data, [...path, 'data']);
  yield* rendering.addTexts('labels', template.labels, [...path, 'metadata', 'labels']);
  yield* rendering.addTexts('annotations', template.annotations, [...path, 'metadata', 'annotations']);
  return rendering.result();
}

/** ESO 2.9: fetched values stay out of a Secret whose template makes data of its own, unless it says Merge. */
export function includesFetched({ mergePolicy, data, templateFrom, isWhole }: TargetTemplate): boolean {
  if (isWhole === true) return false;
  return mergePolicy === 'Merge' || (Object.keys(data).length === 0 && templateFrom.length === 0);
}

interface Text {
  readonly key: string;
  readonly text: GoString;
  readonly scope: TemplateScope;
  readonly isSecret: boolean;
  readonly path: FieldPath;
}

class Rendering {
  private readonly request: TemplateRequest;
  private readonly values: GoMap;
  private readonly findings: FieldFinding[] = [];
  private readonly data = new Map<string, Rendered<SecretValue>>();
  private readonly labels = new Map<string, Rendered<string>>();
  private readonly annotations = new Map<string, Rendered<string>>();
  /** All texts, for the mark. */
  private readonly texts: GoString[] = [];

  constructor(request: TemplateRequest) {
    this.request = request;
    this.values = templateData(request.values);
  }

  addFetched(): void {
    for (const [key, value] of this.request.values) this.data.set(key, { value, isVolatile: false });
  }

  *addTexts(target: TemplateTarget, texts: Readonly<Record<string, string>>, path: FieldPath): Generator<void, void> {
    for (const [key, text] of Object.entries(texts)) {
      const field = [...path, key];
      yield* this.render(target, { key, text: fromUtf8(text), scope: 'Values', isSecret: false, path: field });
    }
  }

  *addFrom(from: TemplateFrom, path: FieldPath): Generator<void, void> {
    for (const source of from.sources) yield* this.addSource(from, source, [...path, fieldOf(source)]);
    if (from.literal === undefined) return;
    const field = [...path, 'literal'];
    const text = { key: LITERAL, text: fromUtf8(from.literal), isSecret: false, path: field };
    yield* this.render(from.target, { ...text, scope: 'KeysAndValues' }, from.valuesDecodingStrategy);
  }

  private *addSource(from: TemplateFrom, source: TemplateSource, path: FieldPath): Generator<void, void> {
    const content = this.request.source(source);
    if (content.kind !== 'found') {
      this.refuse(path, content.kind === 'failed' ? content.problem : absentProblem(source));
      return;
    }
    for (const [index, item] of source.items.entries()) {
      yield* this.addItem(from, { source, entries: content.entries, item, path: [...path, 'items', index] });
    }
  }

  private *addItem(from: TemplateFrom, { source, entries, item, path }: Item): Generator<void, void> {
    const value = entries.get(item.key);
    if (value === undefined) {
      this.refuse([...path, 'key'], missingKeyProblem(source, item.key));
    } else if (value.isOpaque) {
      this.refuse([...path, 'key'], unknownValueProblem(source, item.key));
    } else {
      const text = { key: item.key, text: fromBytes(value.reveal()), isSecret: source.kind === 'Secret', path };
      yield* this.render(from.target, { ...text, scope: item.templateAs }, from.valuesDecodingStrategy);
    }
  }

  private *render(target: TemplateTarget, text: Text, strategy: DecodingStrategy = 'None'): Generator<void, void> {
    this.texts.push(text.text);
    const { environment, isStrict } = this.request;
    const result = renderText({ ...text, name: fromUtf8(text.key), data: this.values, environment, isStrict });
    yield;
    const pairs = result.kind === 'rendered' ? pairsOf(text, result.bytes) : result;
    if ('problem' in pairs) {
      this.refuse(text.path, pairs.problem);
      return;
    }
    const isVolatile = result.kind === 'rendered' && result.isVolatile;
    for (const [key, bytes] of pairs) {
      const decoded = decodeRendered(bytes, strategy);
      if ('reason' in decoded) this.refuse(text.path, notDecodableProblem(key, strategy, decoded.reason));
      else this.put(target, key, { bytes: decoded.bytes, isVolatile });
    }
  }

  private put(
    target: TemplateTarget,
    key: string,
    { bytes, isVolatile }: { bytes: GoString; isVolatile: boolean },
  ): void {
    if (target === 'data') this.data.set(key, { value: SecretValue.of(toBytes(bytes)), isVolatile });
    else this[target].set(key, { value: toUtf8Text(bytes), isVolatile });
  }

  private refuse(path: FieldPath, problem: FieldFinding['problem']): void {
    this.findings.push({ path, problem });
  }

  result(): RenderResult {
    if (this.findings.length > 0) return { kind: 'refused', findings: this.findings };
    const { data, labels, annotations } = this;
    const parts = [...data.values(), ...labels.values(), ...annotations.values()];
    const isVolatile = parts.some((part) => part.isVolatile);
    const mark = isVolatile ? { mark: inputsMark(this.request, this.texts) } : {};
    return { kind: 'rendered', content: { data, labels, annotations, ...mark } };
  }
}

/** One template of a ConfigMap or Secret. */
interface Item {
  readonly source: TemplateSource;
  readonly entries: ReadonlyMap<string, SecretValue>;
  readonly item: TemplateSource['items'][number];
  readonly path: FieldPath;
}

/** The keys that a rendered text stands for. A reason is hidden like an error: it may quote the text. */
function pairsOf(
  { key, scope }: Text,
  bytes: GoString,
): ReadonlyMap<string, GoString> | { readonly problem: FieldFinding['problem'] } {
  if (scope === 'Values') return new Map([[key, bytes]]);
  const pairs = parseKeysAndValues(bytes);
  return 'reason' in pairs ? { problem: notKeysAndValuesProblem(toUtf8Text(pairs.reason.toString())) } : pairs;
}

function fieldOf({ kind }: TemplateSource): string {
  return kind === 'ConfigMap' ? 'configMap' : 'secret';
}

/** ESO 2.9: `configmaps "nope" not found`. */
function absentProblem({ kind, name }: TemplateSource): FieldFinding['problem'] {
  const what = `names ${kind} "${name}", which does not exist in this namespace`;
  return errorOf('template-source-absent', what, 'Create it, or correct the name.');
}

/** ESO 2.9: `error in configmap tpl: missing key nope`. */
function missingKeyProblem({ kind, name }: TemplateSource, key: string): FieldFinding['problem'] {
  return errorOf('template-key-absent', `is "${key}", which ${kind} "${name}" does not have`, 'Correct the key.');
}

function unknownValueProblem({ kind, name }: TemplateSource, key: string): FieldFinding['problem'] {
  const what = `is "${key}" of ${kind} "${name}", whose value was redacted in this folder`;
  return errorOf(
    'template-source-redacted',
    what,
    say`Run with ${setting('show-values')}, or put the template into a ConfigMap.`,
  );
}

/** ESO 2.9: `could not unmarshal template to 'map[string][]byte'`. */
function notKeysAndValuesProblem(reason: string): FieldFinding['problem'] {
  const what = `renders to a text that is no YAML of keys and texts: ${reason}`;
  return errorOf('template-not-keys-and-values', what, 'Write one "key: value" a line, with | quote after each value.');
}

/** ESO 2.9: `failed to decode rendered template value for key …`. */
function notDecodableProblem(key: string, strategy: string, reason: string): FieldFinding['problem'] {
  const what = `cannot decode the value rendered for "${key}" as ${strategy}: ${reason}`;
  return errorOf('value-not-decodable', what, 'Correct the template, or set valuesDecodingStrategy to None.');
}
