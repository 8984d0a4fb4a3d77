/** What a template makes of fetched values, and what it needs for that. */
import type { TargetTemplate, TemplateSource } from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import type { SecretValue } from '../model/secret-value.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import type { LooseProblem } from '../transform/fetched.ts';

/** What a ConfigMap or Secret of `templateFrom` holds, or why that is not known. */
export type SourceContent =
  | {
      readonly kind: 'found';
      readonly entries: ReadonlyMap<string, SecretValue>;
      /** Another one for another content. Not made from values. */
      readonly version?: string;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly problem: LooseProblem };

export interface TemplateRequest {
  readonly template: TargetTemplate;
  /** What was fetched, by key: all that a template sees. */
  readonly values: ReadonlyMap<string, SecretValue>;
  readonly source: (source: TemplateSource) => SourceContent;
  readonly environment: TemplateEnvironment;
  /** Failures that Go's functions pass over are failures; not where the ExternalSecret asks for the operator's way. */
  readonly isStrict: boolean;
  /** Where the template stands in its manifest; of an ExternalSecret where not said. */
  readonly path?: FieldPath;
}

/** A rendered part of a Secret. Volatile: the template would give something else the next time. */
export interface Rendered<Value> {
  readonly value: Value;
  readonly isVolatile: boolean;
}

/** The parts of a Secret that a template decides; fetched values are among the data where they belong there. */
export interface TemplateContent {
  readonly data: ReadonlyMap<string, Rendered<SecretValue>>;
  readonly labels: ReadonlyMap<string, Rendered<string>>;
  readonly annotations: ReadonlyMap<string, Rendered<string>>;
  /** Equal marks: the same template over the same inputs. Only where something is volatile. */
  readonly mark?: string;
}

/** A problem of one field of the template. */
export interface FieldFinding {
  readonly path: FieldPath;
  readonly problem: LooseProblem;
}

export type RenderResult =
  | { readonly kind: 'rendered'; readonly content: TemplateContent }
  | { readonly kind: 'refused'; readonly findings: readonly FieldFinding[] };
