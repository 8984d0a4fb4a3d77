/** Who logs in to an API server in the place of a kubeconfig's login program, and knows what stands before that server. */
import type { PortErrorDetails } from './errors.ts';

/** As `exec` of a kubeconfig names it. */
export interface LoginProgram {
  readonly command: string;
  readonly args: readonly string[];
}

/** Who the last token was for; none of it is secret. */
export interface LoggedIn {
  /** Of the identity in the directory: its user name in the cluster. */
  readonly objectId: string;
  readonly tenantId: string;
  /** Resource id of the cluster: where roles are assigned. */
  readonly clusterId: string;
}

export interface ClusterLogin {
  /** Before the first request: throws PortError where this program is none that can be replaced. */
  check(program: LoginProgram): void;
  /** A bearer token that is good for the next request. Asked for each of them, so it is kept and renewed here. Throws only PortError. */
  token(program: LoginProgram): Promise<string>;
  /** Undefined until the first token. */
  loggedIn(): LoggedIn | undefined;
  /** Why the server does not answer, where that can be found out; asked after a failure with Node's code. Never throws. */
  explainSilence(code: string): Promise<PortErrorDetails | undefined>;
}
