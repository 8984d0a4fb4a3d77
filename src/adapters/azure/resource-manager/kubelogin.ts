/**
 * What the arguments of kubelogin say about the token that an API server of AKS wants.
 *
 * github.com/Azure/kubelogin, get-token: values follow as the next argument or after `=`. Where the user logs in
 * (`--login devicecode`, `--client-id`) is not looked at: here it is our identity that logs in.
 */
import { say, setting, type Message } from '../../../core/model/message.ts';
import type { AzureEnvironment } from '../../../core/model/store.ts';
import { PortError } from '../../../ports/errors.ts';
import type { LoginProgram } from '../../../ports/cluster-login.ts';

/** The application that stands for the API servers of AKS, the same in all clouds. */
const AKS_SERVER_ID = '6dae42f8-4368-4678-94ff-3960e28e3630';

export interface WantedToken {
  /** `6dae42f8-…/.default`. */
  readonly scope: string;
  /** Absent = that of the identity. */
  readonly tenantId?: string;
  /** Absent = the cloud that the cluster was looked for in. */
  readonly environment?: Exclude<AzureEnvironment, 'AzureStackCloud' | 'GermanCloud'>;
}

const ENVIRONMENTS: Readonly<Record<string, NonNullable<WantedToken['environment']>>> = {
  azurepubliccloud: 'PublicCloud',
  azureusgovernmentcloud: 'USGovernmentCloud',
  azureusgovernment: 'USGovernmentCloud',
  azurechinacloud: 'ChinaCloud',
};

/** Throws PortError Invalid for programs and modes that cannot be replaced. */
export function wantedToken({ command, args }: LoginProgram, cluster: string): WantedToken {
  const program =
    command
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.exe$/i, '') ?? '';
  if (program !== 'kubelogin') throw otherProgram(cluster, program);
  if (args.some((arg) => /^--pop-enabled(=true)?$/.test(arg))) {
    throw unusable(cluster, 'wants proof-of-possession tokens, as clusters connected by Arc do');
  }
  const serverId = valueOf(args, ['--server-id']) ?? AKS_SERVER_ID;
  if (!/^[\w.:/-]{1,200}$/.test(serverId)) throw unusable(cluster, 'names a server id that is none');
  const tenantId = valueOf(args, ['--tenant-id', '-t']);
  const environment = environmentOf(valueOf(args, ['--environment', '-e']), cluster);
  return {
    scope: `${serverId}/.default`,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(environment === undefined ? {} : { environment }),
  };
}

function valueOf(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [at, arg] of args.entries()) {
    const name = names.find((one) => arg === one || arg.startsWith(`${one}=`));
    if (name !== undefined) return arg === name ? args[at + 1] : arg.slice(name.length + 1);
  }
  return undefined;
}

function environmentOf(name: string | undefined, cluster: string): WantedToken['environment'] {
  if (name === undefined || name === '') return undefined;
  const known = ENVIRONMENTS[name.toLowerCase()];
  if (known !== undefined) return known;
  throw unusable(cluster, `belongs to the cloud "${shown(name)}", which is not known here`);
}

function otherProgram(cluster: string, program: string): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'LoginProgram',
    what: `the kubeconfig of ${cluster} wants the login program "${shown(program)}" to be run, and only kubelogin is understood here`,
    fix: say`It was not run. Give a kubeconfig with ${setting('kubeconfig')}, where login programs are allowed.`,
    whole: true,
  });
}

function unusable(cluster: string, what: Message): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'LoginProgram',
    what: say`the login to ${cluster} ${what}`,
    fix: say`Give a kubeconfig with ${setting('kubeconfig')}, with which kubectl works.`,
    whole: true,
  });
}

function shown(text: string): string {
  return text.replace(/[^\w. -]/g, '?').slice(0, 60);
}
