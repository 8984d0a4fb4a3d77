import { expect, it } from '@jest/globals';
import { systemClock } from '../../../src/adapters/node/clock.ts';

it('systemClock tells the time and waits', async () => {
  const before = systemClock.now();
  await systemClock.sleep(5);
  await systemClock.sleep(-1);
  expect(systemClock.now().getTime() - before.getTime()).toBeGreaterThanOrEqual(4);
});
