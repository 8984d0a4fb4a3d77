/** The cluster tests: one real API server for all of them. Started by test/cluster/run.sh. */
import base from '../../jest.config.js';

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  reporters: ['default'],
  globalSetup: '<rootDir>/test/cluster/global-setup.ts',
  globalTeardown: '<rootDir>/test/cluster/global-teardown.ts',
  testTimeout: 120_000,
  // One file at a time: conformance cases see every namespace of the one cluster.
  maxWorkers: 1,
};
