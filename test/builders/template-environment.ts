/** What templates are given from outside, the same in every test. */
import type { TemplateEnvironment } from '../../src/core/template/runtime.ts';
import { FakeRandom } from '../fakes/fake-random.ts';

const random = new FakeRandom();

export const TEMPLATE_ENVIRONMENT: TemplateEnvironment = {
  nowNanoseconds: () => 1_767_225_600_000_000_000n,
  randomBytes: (count) => random.bytes(count),
  generatePrivateKey: (request) => random.privateKey(request),
};
