/**
 * How a process proves to an API server who it is: client-node's KubeConfig with two faults mended, and with logins
 * that take place in this process instead of a program.
 *
 * client-node opens a connection of its own for every request; here one pool serves all that need the same TLS
 * settings. And it lets a failing login program print into error messages; here such a failure is a LoginFailure
 * without any output of that program.
 */
import { isDeepStrictEqual } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterLogin, LoginProgram } from '../../ports/cluster-login.ts';
import { PortError } from '../../ports/errors.ts';

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

type AuthenticationContext = Parameters<KubeConfig['applySecurityAuthentication']>[0];
type Dispatcher = ReturnType<AuthenticationContext['getDispatcher']>;
type DispatcherOptions = ReturnType<KubeConfig['createDispatcherOptions']>;

/** What `authProvider` of a user is called whose token comes from this process. */
const IN_PROCESS = 'keyferry';

interface Pool {
  readonly options: DispatcherOptions;
  readonly dispatcher: NonNullable<Dispatcher>;
}

export class Login extends KubeConfig {
  #clusterLogin: ClusterLogin | undefined;
  #asked: DispatcherOptions | undefined;
  #pool: Pool | undefined;

  /** Who gives the tokens, where no program and no file does. */
  get clusterLogin(): ClusterLogin | undefined {
    return this.#clusterLogin;
  }

  /**
   * From now on the current user's token comes from `login`, asked for each request; `program` is never run.
   * A static token beside it would win over it in client-node, so nothing else of that user is kept.
   */
  logInWith(login: ClusterLogin, program: LoginProgram): void {
    const name = this.getCurrentUser()?.name;
    this.users = this.users.map((user) =>
      user.name === name ? { name: user.name, authProvider: { name: IN_PROCESS, config: {} } } : user,
    );
    this.addAuthenticator({
      isAuthProvider: ({ authProvider }) => (authProvider as { name?: string } | undefined)?.name === IN_PROCESS,
      applyAuthentication: async (_user, options: { headers?: object }) => {
        options.headers = { ...options.headers, Authorization: `Bearer ${await login.token(program)}` };
      },
    });
    this.#clusterLogin = login;
  }

  /** For a login that is not asked for tokens, but knows the cluster. */
  knowBy(login: ClusterLogin): void {
    this.#clusterLogin = login;
  }

  override async applySecurityAuthentication(context: AuthenticationContext): Promise<void> {
    try {
      await super.applySecurityAuthentication(context);
    } catch (error) {
      if (error instanceof PortError) throw error;
      throw new LoginFailure(error);
    }
    const fresh = context.getDispatcher();
    if (fresh !== undefined && this.#asked !== undefined && !isDeepStrictEqual(this.#pool?.options, this.#asked)) {
      this.#pool = { options: this.#asked, dispatcher: fresh };
    }
    if (this.#pool !== undefined) context.setDispatcher(this.#pool.dispatcher);
  }

  /** What the pool serves already: nothing is made for it. */
  override createDispatcherOptions(...args: Parameters<KubeConfig['createDispatcherOptions']>): DispatcherOptions {
    const options = super.createDispatcherOptions(...args);
    const asked: DispatcherOptions =
      options.type === 'none' ? { type: 'agent', connect: { keepAlive: true } } : options;
    if (isDeepStrictEqual(this.#pool?.options, asked)) return { type: 'none' };
    this.#asked = asked;
    return asked;
  }
}

function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}
