/** Tests of the bundles as child processes; `npm run test:bundle` builds them first where they are missing or stale. */
import base from '../../jest.config.js';

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/bundle/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  reporters: ['default'],
};
