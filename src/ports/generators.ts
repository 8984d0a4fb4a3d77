/** Generators that ask a service for their values, as a registry for a token. Throws only PortError. */
import type { AcrAccessTokenSpec, Generated, Generator } from '../core/model/generator.ts';

/** Its name is told where it does not work. */
export interface AskingGenerator extends Pick<Generator, 'ref'> {
  readonly spec: AcrAccessTokenSpec;
}

export interface Generators {
  /**
   * New values, each given to the masker before anybody else has it. `namespace` is that of whoever names the generator:
   * Secrets and ServiceAccounts that it names are read there.
   */
  generate(generator: AskingGenerator, namespace: string): Promise<Generated>;
}
