/**
 * Mutation tests: one expression of a file is changed at a time, and some unit test must notice.
 *
 * `npm run test:mutation` (test/mutation/run.sh) gives each file with the tests that are about it. Every mutant is a
 * process of its own: within one, modules stay as they were first loaded, and a test that hangs would pass for one
 * that failed. So it is jest itself that is started, without npm, without workers, and with no test but those.
 */
const JEST = 'node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js';

export default {
  testRunner: 'command',
  commandRunner: {
    command: `${JEST} --runInBand --bail --silent --runTestsByPath ${process.env['MUTATION_TESTS'] ?? ''}`,
  },
  mutate: [process.env['MUTATION_FILE'] ?? ''],
  mutator: { excludedMutations: ['StringLiteral', 'ObjectLiteral'] },
  concurrency: Number(process.env['MUTATION_CONCURRENCY'] ?? 2),
  timeoutMS: 30_000,
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: true },
  tempDirName: 'node_modules/.cache/stryker',
  ignorePatterns: ['dist', 'docs', 'lib', 'build'],
  thresholds: { high: 100, low: 100, break: 100 },
};
