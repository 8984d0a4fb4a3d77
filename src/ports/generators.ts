/** Generators that ask a service for their values, as a registry for a token. Throws only PortError. */
import type { AcrAccessTokenSpec, Generated } from '../core/model/generator.ts';
import type { ObjectRef } from '../core/model/object-ref.ts';

export interface Generators {
  /**
   * New values, each given to the masker before anybody else has it. `namespace` is that of whoever names the generator:
   * Secrets and ServiceAccounts that it names are read there.
   */
  generate(
    generator: { readonly ref: ObjectRef; readonly spec: AcrAccessTokenSpec },
    namespace: string,
  ): Promise<Generated>;
}
