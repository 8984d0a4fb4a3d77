/** What `npm test` does not run, and what does; a jest reporter that says so at the end. */

/** Whole runs, many cases or many processes: not for the inner loop. As paths begin. */
export const LONG = [
  'test/cli/full-disk.test.ts',
  'test/cli/keyferry.test.ts',
  'test/cli/special-files.test.ts',
  'test/cli/stopping.test.ts',
  'test/conformance/',
  'test/core/api/json-schema/agreement.test.ts',
  'test/demo.test.ts',
  'test/docs/installation.test.ts',
  'test/engine/push-faults.test.ts',
  'test/fuzz/',
  'test/large/',
  'test/no-leaks.test.ts',
  'test/server-tests/',
];

const LEFT_OUT = {
  'test/bundle': 'npm run test:bundle',
  'test/cluster': 'npm run test:cluster',
  'test/node': 'npm run test:node',
  'test/windows': 'npm run test:windows',
  'what takes long (test/conformance, test/fuzz, …)': 'npm run test:long',
};

export default class LeftOut {
  onRunComplete() {
    for (const [what, command] of Object.entries(LEFT_OUT)) process.stderr.write(`${what}: left out, see ${command}\n`);
  }
}
