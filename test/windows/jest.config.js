/** Tests of bundles and sources in Node for Windows; `npm run test:windows` sees to it that there is one. */
import base from '../../jest.config.js';

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/windows/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  reporters: ['default'],
};
