/** What a pattern fits, without a turn for anything else. */
import type { ListedObject } from '../../src/core/model/vault.ts';
import { fittingNames, type FittingNames } from '../../src/core/transform/find.ts';

export function fitting(listed: readonly ListedObject[], pattern: string): FittingNames {
  const work = fittingNames(listed, pattern);
  for (;;) {
    const piece = work.next();
    if (piece.done === true) return piece.value;
  }
}
