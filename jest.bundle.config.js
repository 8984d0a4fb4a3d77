import base from './jest.config.js';

/** Tests of the bundles as child processes; `npm run test:bundle` builds them first where they are missing or stale. */
export default {
  ...base,
  roots: ['<rootDir>/test'],
  testMatch: ['<rootDir>/test/bundle/**/*.test.ts'],
  testPathIgnorePatterns: [],
};
