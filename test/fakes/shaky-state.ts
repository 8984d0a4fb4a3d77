/** A state of which every request may fail. */
import type { State } from '../../src/ports/state.ts';

/** Calls this before each request; what it throws is what the request fails with. */
export function shakyState(state: State, before: (request: string) => void): State {
  return new Proxy(state, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        before(String(name));
        return await Reflect.apply<typeof target, readonly unknown[], unknown>(
          member as (...all: readonly unknown[]) => unknown,
          target,
          args,
        );
      };
    },
  });
}
