/**
 * What tests import from @jest/globals, on Node's own runner: jest itself needs addons that Wine does not load.
 * Only what the tests that run here use.
 */
import { createRequire } from 'node:module';
import * as node from 'node:test';
import { format } from 'node:util';

const jestsOwn = createRequire(createRequire(import.meta.url).resolve('@jest/globals'));
export const expect: unknown = (jestsOwn('@jest/expect') as { readonly jestExpect: unknown }).jestExpect;

type Body = () => void | Promise<void>;
type Row = readonly unknown[];
type Register = (name: string, body: Body) => void;

const TIMEOUT_MS = 30_000;

export const beforeAll = (body: Body): void => node.before(() => body());
export const afterAll = (body: Body): void => node.after(() => body());
export const beforeEach = (body: Body): void => node.beforeEach(() => body());
export const afterEach = (body: Body): void => node.afterEach(() => body());

export const it = withTables((name, body) => void node.it(name, { timeout: TIMEOUT_MS }, () => body()));
export const describe = withTables((name, body) => void node.describe(name, () => body()));

function withTables(register: Register) {
  const each = (rows: readonly unknown[]) => (name: string, body: (...cells: unknown[]) => ReturnType<Body>) => {
    for (const row of rows) {
      const cells = Array.isArray(row) ? (row as Row) : [row];
      register(titleOf(name, cells), () => body(...cells));
    }
  };
  const skip = (name: string): void => void node.it.skip(name);
  return Object.assign(register, { each, skip });
}

/** jest: `%s` and the like for the cells in their order, `$field` for those of a row that is an object. */
function titleOf(name: string, cells: Row): string {
  const places = name.match(/%[sdijfop]/gu)?.length ?? 0;
  const [row] = cells;
  const filled = name.replaceAll(/\$(\w+)/gu, (_whole, field: string) =>
    String((row as Readonly<Record<string, unknown>> | undefined)?.[field]),
  );
  return format(filled, ...cells.slice(0, places));
}
