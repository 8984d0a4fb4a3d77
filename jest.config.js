import { LONG } from './test/left-out.js';

/** Unit tests and everything else that needs neither Go, root nor more than a minute. swc transforms only: types are checked by `npm run check`. */
export default {
  testEnvironment: 'node',
  testTimeout: 30_000,
  roots: ['<rootDir>/src', '<rootDir>/job', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // These need an API server (npm run test:cluster), a node (npm run test:node), a build (npm run test:bundle), Wine
  // (npm run test:windows) or more than a moment (npm run test:long).
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/cluster/',
    '<rootDir>/test/node/',
    '<rootDir>/test/bundle/',
    ...LONG.map((start) => `<rootDir>/${start}`),
    '<rootDir>/test/windows/',
  ],
  reporters: ['default', '<rootDir>/test/left-out.js'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  collectCoverageFrom: ['src/**/*.ts', 'job/**/*.ts'],
  coverageProvider: 'babel',
  setupFilesAfterEnv: ['<rootDir>/test/messages-equal.ts'],
  restoreMocks: true,
  maxWorkers: '100%',
};
