/** What takes too long for the inner loop; `npm run test:long`. With FUZZ_RUNS one property may take hours. */
import base from '../../jest.config.js';
import { LONG } from '../left-out.js';

export default {
  ...base,
  rootDir: '../..',
  testMatch: LONG.map((start) => `<rootDir>/${start}${start.endsWith('/') ? '**/*.test.ts' : ''}`),
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 'FUZZ_RUNS' in process.env ? 10 * 3_600_000 : 60_000,
  reporters: ['default'],
};
