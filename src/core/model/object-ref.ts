/** Names one Kubernetes object. `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** `Secret shop/orders-db`: how every message, log line and report names an object; by its name where no namespace is known yet. */
export function refText(ref: ObjectRef): string {
  return (ref.namespace ?? '') === '' ? `${ref.kind} ${ref.name}` : `${ref.kind} ${ref.namespace}/${ref.name}`;
}

/** Byte order of kind, namespace, name: the one order in which objects are planned. */
export function compareRefs(a: ObjectRef, b: ObjectRef): number {
  return (
    compareText(a.kind, b.kind) || compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name)
  );
}

/** Code-unit order, the same on every machine (never `localeCompare`). */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order in which objects are shown: as people count, `es-2` before `es-10`. */
export function compareAsShown(a: ObjectRef, b: ObjectRef): number {
  return (
    compareText(a.kind, b.kind) ||
    compareCounting(a.namespace ?? '', b.namespace ?? '') ||
    compareCounting(a.name, b.name)
  );
}

/** Runs of digits by what they count, everything else by code unit. */
function compareCounting(a: string, b: string): number {
  const [inA, inB] = [a, b].map((text) => text.match(/\d+|\D+/gu) ?? []);
  for (const [index, part] of (inA ?? []).entries()) {
    const order = compareParts(part, inB?.[index] ?? '');
    if (order !== 0) return order;
  }
  return compareText(a, b);
}

function compareParts(a: string, b: string): number {
  if (!/^\d/u.test(a) || !/^\d/u.test(b)) return compareText(a, b);
  const [numberA, numberB] = [a, b].map((digits) => digits.replace(/^0+(?=\d)/u, ''));
  return (numberA?.length ?? 0) - (numberB?.length ?? 0) || compareText(numberA ?? '', numberB ?? '');
}
