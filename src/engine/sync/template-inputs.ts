/** What templates need beside the fetched values: texts from ConfigMaps and Secrets, randomness, the time. */
import { hashText } from '../../core/go/go-hash.ts';
import type { PullIntent, TargetTemplate, TemplateSource } from '../../core/model/intent.ts';
import type { PushFault, PushIntent } from '../../core/model/push-intent.ts';
import { compareText, refText } from '../../core/model/object-ref.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import { secretRef } from '../../core/model/secret.ts';
import type { RenderResult, SourceContent } from '../../core/secret-template/content.ts';
import { PUSH_TEMPLATE, templatedData, templateToRender } from '../../core/push/template.ts';
import { renderPieces } from '../../core/secret-template/render-target.ts';
import type { TemplateEnvironment } from '../../core/template/runtime.ts';
import type { ClusterReader } from '../../ports/cluster.ts';
import { asPortError } from '../../ports/errors.ts';
import type { Pieces } from './pieces.ts';
import type { ReadPorts } from './ports.ts';
import { findingOf } from './findings.ts';

/** Randomness and clock of the ports, in the form that templates take. */
export function templateEnvironment({ clock, random }: Pick<ReadPorts, 'clock' | 'random'>): TemplateEnvironment {
  return {
    nowNanoseconds: () => BigInt(clock.now().getTime()) * 1_000_000n,
    randomBytes: (count) => random.bytes(count),
    generatePrivateKey: (request) => random.privateKey(request),
  };
}

/** Hex digits; what is compared is one ExternalSecret with itself. */
const MARK_LENGTH = 16;

/** The texts of ConfigMaps and Secrets, each read at most once in a run. */
export class TemplateInputs {
  readonly #ports: ReadPorts;
  readonly #pieces: Pieces;
  readonly #reads = new Map<string, Promise<SourceContent>>();

  constructor(ports: ReadPorts, pieces: Pieces) {
    this.#ports = ports;
    this.#pieces = pieces;
  }

  /**
   * Gathers the sources of an intent's template and renders it over what was read; `undefined` where nothing is written
   * anyway. Never rejects: a source that cannot be read becomes a problem of the field that names it.
   */
  async render(intent: PullIntent, values: ReadonlyMap<string, SecretValue>): Promise<RenderResult | undefined> {
    const { template, creationPolicy, deletionPolicy } = intent.target;
    if (template === undefined || creationPolicy === 'None') return undefined;
    if (values.size === 0 && deletionPolicy !== 'Merge') return undefined;
    const sources = await this.#readAll(intent, template);
    const source = (wanted: TemplateSource): SourceContent => sources.get(wanted) ?? { kind: 'absent' };
    const environment = templateEnvironment(this.#ports);
    const work = renderPieces({ template, values, source, environment, isStrict: !intent.extras.lenientTemplates });
    return await this.#pieces.run(work);
  }

  /**
   * The data of a source Secret with what the template of a PushSecret makes of it. ESO 2.9, 6.4: results are written into
   * what is there, whatever `mergePolicy` says; labels and annotations go nowhere.
   */
  async renderPush(
    intent: PushIntent,
    data: ReadonlyMap<string, SecretValue>,
  ): Promise<{ readonly data: ReadonlyMap<string, SecretValue> } | { readonly faults: readonly PushFault[] }> {
    if (intent.template === undefined) return { data };
    const template = templateToRender(intent.template);
    const sources = await this.#readAll(intent, template);
    const source = (wanted: TemplateSource): SourceContent => sources.get(wanted) ?? { kind: 'absent' };
    const environment = templateEnvironment(this.#ports);
    const work = renderPieces({
      template,
      values: data,
      source,
      environment,
      isStrict: !intent.extras.lenientTemplates,
      path: PUSH_TEMPLATE,
    });
    return templatedData(data, await this.#pieces.run(work));
  }

  /** Of the sources of an intent's template, and of the engine that renders it; `undefined` where one is not known. */
  async mark({ ref, target }: PullIntent, engineVersion: string): Promise<string | undefined> {
    const wanted = target.template?.templateFrom.flatMap(({ sources }) => sources) ?? [];
    const versions = await Promise.all(
      wanted.map(async (source) => {
        const content = await this.#read(ref.namespace, source);
        return content.kind === 'found' ? content.version : undefined;
      }),
    );
    if (versions.includes(undefined)) return undefined;
    return hashText([engineVersion, ...versions].join('\n')).slice(0, MARK_LENGTH);
  }

  async #readAll(
    { ref }: Pick<PullIntent, 'ref'>,
    { templateFrom }: TargetTemplate,
  ): Promise<ReadonlyMap<TemplateSource, SourceContent>> {
    const wanted = templateFrom.flatMap(({ sources }) => sources);
    const read = await Promise.all(wanted.map((source) => this.#read(ref.namespace, source)));
    return new Map(wanted.map((source, index) => [source, read[index] ?? { kind: 'absent' }]));
  }

  #read(namespace: string, { kind, name }: TemplateSource): Promise<SourceContent> {
    const key = refText({ kind, namespace, name });
    const known = this.#reads.get(key);
    if (known !== undefined) return known;
    const fresh = readSource({ kind, namespace, name }, this.#ports.cluster);
    this.#reads.set(key, fresh);
    return fresh;
  }
}

interface SourceRef {
  readonly kind: TemplateSource['kind'];
  readonly namespace: string;
  readonly name: string;
}

async function readSource(ref: SourceRef, cluster: ClusterReader): Promise<SourceContent> {
  try {
    const found = await (ref.kind === 'ConfigMap' ? configMapEntries : secretEntries)(ref, cluster);
    return found === undefined ? { kind: 'absent' } : { kind: 'found', ...found };
  } catch (error) {
    return { kind: 'failed', problem: { ...findingOf(asPortError(error)), code: 'template-source-unreadable' } };
  }
}

type FoundSource = Omit<Extract<SourceContent, { kind: 'found' }>, 'kind'>;

async function configMapEntries(
  { namespace, name }: SourceRef,
  cluster: ClusterReader,
): Promise<FoundSource | undefined> {
  const configMap = await cluster.getConfigMap(namespace, name);
  if (configMap === undefined) return undefined;
  const entries = new Map([...configMap.data].map(([key, text]) => [key, SecretValue.ofText(text)]));
  return { entries, version: hashText(JSON.stringify([...configMap.data].sort(([a], [b]) => compareText(a, b)))) };
}

/** A hash of its values would help to guess them: what is remembered is which version of the Secret it was. */
async function secretEntries({ namespace, name }: SourceRef, cluster: ClusterReader): Promise<FoundSource | undefined> {
  const secret = await cluster.getSecret(secretRef(namespace, name));
  return secret === undefined
    ? undefined
    : { entries: secret.data, version: `${secret.uid} ${secret.resourceVersion}` };
}
