/** What planning one ExternalSecret takes: the intent, what is remembered, what is there, and what reading gave. */
import type { SourceMarks, SyncState } from '../../model/condition.ts';
import type { PullIntent } from '../../model/intent.ts';
import type { KeptKeys, LeftOut } from '../../model/left-out.ts';
import type { Problem } from '../../model/problem.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import type { LiveSecret } from '../../model/secret.ts';
import type { RenderResult } from '../../secret-template/content.ts';
import type { Missing } from '../../transform/assemble.ts';
import type { OtherIntents } from './ownership.ts';

/** What generators gave beside the values themselves. */
export interface GeneratedParts {
  /** Keys of the Secret that no template writes: earlier values, and those that no template keeps. */
  readonly beside: ReadonlyMap<string, SecretValue>;
  /** For the Secret's annotation: from which specs its values were drawn. */
  readonly marks?: string;
  /** For the plan: which values are new, and why. */
  readonly drawn?: string;
}

/** What reading gave. */
export type Source =
  | { readonly kind: 'not-due'; readonly reason: string }
  | { readonly kind: 'other-class'; readonly reason: string }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[]; readonly missing: readonly Missing[] }
  | {
      readonly kind: 'data';
      readonly data: ReadonlyMap<string, SecretValue>;
      /** What the template made of the data; absent where there is none, or nothing to render. */
      readonly rendered?: RenderResult;
      /** Absent where no generator is named. */
      readonly generated?: GeneratedParts;
      readonly missing: readonly Missing[];
      readonly warnings: readonly Problem[];
      /** What entries name or match and do not take. */
      readonly leftOut?: readonly LeftOut[];
      /** Keys that stay although nothing was read for them. */
      readonly kept?: KeptKeys;
      /** Of the versions that were read; absent where there are none. */
      readonly versionsMark?: string;
      /** Absent where the guard on updates has nothing to compare. */
      readonly sourceMarks?: SourceMarks;
      /** RFC 3339: when the first of its values is to be asked for again; absent = none of them ends. */
      readonly renewBy?: string;
    };

export interface PullInput extends OtherIntents {
  readonly intent: PullIntent;
  readonly state: SyncState | undefined;
  readonly live: LiveSecret | undefined;
  /** Other Secrets of the namespace that carry this intent's created-by label. */
  readonly stale: readonly LiveSecret[];
  readonly source: Source;
}

/** A source that gave data, or surely gave none. */
export type DataSource = Extract<Source, { kind: 'data' }>;
