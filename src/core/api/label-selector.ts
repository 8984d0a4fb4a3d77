/** A Kubernetes LabelSelector: as it may be written, and as it is meant. */
import { z } from 'zod';
import type { FieldPath } from '../model/origin.ts';
import type { LabelSelector } from '../model/store.ts';
import { optional, type ObjectFactory } from './schema.ts';

export function labelSelector(object: ObjectFactory) {
  return object({
    matchLabels: optional(z.record(z.string(), z.string())),
    matchExpressions: optional(
      z.array(object({ key: z.string(), operator: z.string(), values: optional(z.array(z.string())) })),
    ),
  });
}

export type WrittenSelector = z.output<ReturnType<typeof labelSelector>>;

export function toSelector(written: WrittenSelector): LabelSelector {
  return {
    matchLabels: written.matchLabels ?? {},
    matchExpressions: (written.matchExpressions ?? []).map((expression) => ({
      ...expression,
      values: expression.values ?? [],
    })),
  };
}

/** An expression that no API server takes, and no definition refuses. */
export interface SelectorFault {
  /** Below the selector. */
  readonly path: FieldPath;
  readonly code: string;
  readonly what: string;
  readonly fix: string;
}

const NEEDS_VALUES: Readonly<Record<string, boolean>> = { In: true, NotIn: true, Exists: false, DoesNotExist: false };

export function selectorFaults({ matchExpressions }: LabelSelector): readonly SelectorFault[] {
  return matchExpressions.flatMap(({ operator, values }, index): readonly SelectorFault[] => {
    const path = ['matchExpressions', index];
    const needsValues = NEEDS_VALUES[operator];
    if (needsValues === undefined) return [{ path: [...path, 'operator'], ...UNKNOWN_OPERATOR }];
    if (needsValues === values.length > 0) return [];
    return [{ path: [...path, 'values'], ...(needsValues ? NO_VALUES : UNUSED_VALUES) }];
  });
}

const UNKNOWN_OPERATOR = {
  code: 'label-selector',
  what: 'is no operator of a label selector',
  fix: 'Write In, NotIn, Exists or DoesNotExist.',
};
const NO_VALUES = {
  code: 'label-selector',
  what: 'is empty, and the operators In and NotIn need at least one',
  fix: 'Add one, or write Exists or DoesNotExist.',
};
const UNUSED_VALUES = {
  code: 'label-selector',
  what: 'has entries, and the operators Exists and DoesNotExist take none',
  fix: 'Remove them, or write In or NotIn.',
};
