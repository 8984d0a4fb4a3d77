/** What was read from the stores before anything is assembled, and how an entry's outcome is told. */
import type { FindEntry, GenerateEntry, StoreRef } from '../model/intent.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { SecretValue } from '../model/secret-value.ts';
import type { KeySyntax } from '../model/store.ts';
import type { FetchedObject, ListedObject, RemoteObject, RemoteType } from '../model/vault.ts';
import type { FittingNames } from './find.ts';

/** A problem that does not know yet which object and field it belongs to. */
export type LooseProblem = Omit<Problem, 'at' | 'field' | 'origin'>;

/** How one remote read ended for the entry that asked for it. `absent` is a positive 404 and nothing else. */
export type FetchResult =
  | { readonly kind: 'found'; readonly object: FetchedObject }
  | { readonly kind: 'absent' }
  /** `isDisabled`: it is there, and its value is not to be had. */
  | { readonly kind: 'failed'; readonly problem: LooseProblem; readonly isDisabled?: true };

export type ListResult =
  | { readonly kind: 'listed'; readonly items: readonly ListedObject[] }
  | { readonly kind: 'failed'; readonly problem: LooseProblem };

/** What a generator gave, under the keys of the Secret. */
export type GeneratedResult =
  | { readonly kind: 'generated'; readonly values: ReadonlyMap<string, SecretValue> }
  /** `path` is within the entry. */
  | {
      readonly kind: 'failed';
      readonly faults: readonly { readonly path: FieldPath; readonly problem: LooseProblem }[];
    };

/** All that was read, by store. */
export interface Fetched {
  generated(entry: GenerateEntry): GeneratedResult;
  get(store: StoreRef, object: RemoteObject): FetchResult;
  list(store: StoreRef, type?: RemoteType): ListResult;
  /** When it was read; one time for all that depends on it. */
  readonly nowSeconds: number;
  /** Of the list of the entry's store. */
  fittingNames(entry: FindEntry): FittingNames;
  /** Why a store cannot be used at all: it does not exist, is not allowed here, refuses the login. */
  storeProblem(store: StoreRef): LooseProblem | undefined;
  keySyntax(store: StoreRef): KeySyntax;
  /** What messages call the place: `vault kv-shop`. */
  describe(store: StoreRef): string;
}
