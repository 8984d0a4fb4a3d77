/**
 * How a process proves to an API server who it is: client-node's KubeConfig with two faults mended.
 *
 * client-node opens a connection of its own for every request; here one pool serves all that need the same TLS
 * settings. And it lets a failing login program print into error messages; here such a failure is a LoginFailure
 * without any output of that program.
 */
import { isDeepStrictEqual } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';

/** The login itself did not work; no request was sent. */
export class LoginFailure extends Error {
  /** Node's code where there is one: ENOENT = the login program or a file is not there. */
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super('the login did not work');
    this.name = 'LoginFailure';
    this.code = codeOf(cause);
  }
}

type Applied = Parameters<KubeConfig['applySecurityAuthentication']>[0];
type Dispatcher = ReturnType<Applied['getDispatcher']>;
type DispatcherOptions = ReturnType<KubeConfig['createDispatcherOptions']>;

export class Login extends KubeConfig {
  #asked: DispatcherOptions | undefined;
  #pool: { readonly options: DispatcherOptions | undefined; readonly dispatcher: Dispatcher } | undefined;

  override async applySecurityAuthentication(context: Applied): Promise<void> {
    try {
      await super.applySecurityAuthentication(context);
    } catch (error) {
      throw new LoginFailure(error);
    }
    const fresh = context.getDispatcher();
    if (this.#pool === undefined || !isDeepStrictEqual(this.#pool.options, this.#asked)) {
      this.#pool = { options: this.#asked, dispatcher: fresh };
    }
    if (fresh !== undefined && this.#pool.dispatcher !== undefined) context.setDispatcher(this.#pool.dispatcher);
  }

  override createDispatcherOptions(...args: Parameters<KubeConfig['createDispatcherOptions']>): DispatcherOptions {
    this.#asked = super.createDispatcherOptions(...args);
    return this.#asked;
  }
}

function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}
