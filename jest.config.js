/** Unit tests and everything else that needs neither Go nor root. swc transforms only: types are checked by `npm run check`. */
export default {
  testEnvironment: 'node',
  testTimeout: 30_000,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // These need an API server: npm run test:cluster.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/'],
  reporters: ['default', '<rootDir>/test/left-out.js'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  collectCoverageFrom: ['src/**/*.ts'],
  coverageProvider: 'babel',
  restoreMocks: true,
  maxWorkers: '100%',
};
