/** The tests that need a node. One after another: they share its two or so cores. Started by test/node/run.sh. */
import base from '../../jest.config.js';

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/node/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  reporters: ['default'],
  globalSetup: '<rootDir>/test/node/global-setup.ts',
  globalTeardown: '<rootDir>/test/node/global-teardown.ts',
  testTimeout: 120_000,
  maxWorkers: 1,
};
