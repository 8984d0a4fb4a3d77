/** What every test finds in the cluster that start.sh has started. */
import { installTestDefinitions } from '../cluster/test-definitions.ts';
import { adminUser } from '../cluster/world.ts';

export default async function setup(): Promise<void> {
  if (process.env['KEYFERRY_TEST_CTR'] === undefined) throw new Error('Run these tests with npm run test:node.');
  const admin = adminUser();
  await installTestDefinitions(admin);
  admin.close();
}
