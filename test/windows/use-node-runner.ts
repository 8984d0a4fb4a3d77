/** `node --import`: tests get test/windows/jest-globals.ts for @jest/globals. */
import { registerHooks } from 'node:module';

const GLOBALS = new URL('jest-globals.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
});
