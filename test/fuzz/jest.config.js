/** Inputs at random; `npm run test:fuzz`. FUZZ_RUNS sets how many, and then a property may take hours. */
import base from '../../jest.config.js';

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/fuzz/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 'FUZZ_RUNS' in process.env ? 10 * 3_600_000 : 60_000,
  reporters: ['default'],
};
