/** A jest reporter: says at the end which tests `npm test` does not run, and what does. */
const LEFT_OUT = {
  'test/bundle': 'npm run test:bundle',
  'test/cluster': 'npm run test:cluster',
  'test/fuzz': 'npm run test:fuzz',
  'test/node': 'npm run test:node',
  'test/windows': 'npm run test:windows',
};

export default class LeftOut {
  onRunComplete() {
    for (const [folder, command] of Object.entries(LEFT_OUT))
      process.stderr.write(`${folder}: left out, see ${command}\n`);
  }
}
