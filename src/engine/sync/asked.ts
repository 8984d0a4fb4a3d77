/** `--only`: `NAMESPACE/NAME` for both directions, `PushSecret NAMESPACE/NAME` for one of them. */
import type { ObjectRef } from '../../core/model/object-ref.ts';

interface Asked {
  /** Absent: whichever kind has it. */
  readonly kind?: string;
  /** `shop/orders-db`, as it was written. */
  readonly place: string;
  readonly namespace: string;
}

export function askedFor(asked: string): Asked {
  const [, kind, place = asked] = /^(\S+)\s+(\S+)$/u.exec(asked.trim()) ?? [];
  return { ...(kind === undefined ? {} : { kind }), place, namespace: place.split('/')[0] ?? '' };
}

/** Nobody is asked for where `only` is empty: the caller knows that this means all. */
export function isAsked(ref: ObjectRef, only: readonly string[]): boolean {
  return only.some((asked) => {
    const { kind, place } = askedFor(asked);
    return (kind === undefined || kind === ref.kind) && place === nameOf(ref);
  });
}

export function nameOf({ namespace, name }: ObjectRef): string {
  return `${namespace ?? ''}/${name}`;
}
