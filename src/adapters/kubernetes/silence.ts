/** No answer of an API server, and a login that did not work: what to do about it, by Node's code for it and ours. */
import type { PortErrorDetails } from '../../ports/errors.ts';
import { isTlsCode, LARGEST_BYTES, REDIRECTED, TOO_LARGE } from './api-requests.ts';
import type { LoginFailure } from './login.ts';

type Words = PortErrorDetails;

interface Asked {
  readonly cluster: string;
  readonly server: string;
}

export function loginWords({ code }: LoginFailure, { cluster }: Asked): Words {
  const words = { kind: 'Unauthenticated', whole: true, code: code ?? 'LoginFailed' } as const;
  if (code === 'ENOENT') {
    return {
      ...words,
      what: `the login to ${cluster} needs a program or a file that is not here (ENOENT)`,
      fix: 'The user of that kubeconfig context names it under exec.command, or as a file: install it, or take a kubeconfig with a token.',
    };
  }
  return {
    ...words,
    what: `the login to ${cluster} did not work${code === undefined ? '' : ` (${code})`}`,
    fix: 'Run kubectl get secrets with the same kubeconfig and context: it shows what the login program says.',
  };
}

export function silenceWords(code: string, { cluster, server }: Asked): Words {
  const words = { kind: 'Unavailable', code, whole: true } as const;
  if (code === 'ENOTFOUND') {
    return {
      ...words,
      what: `${cluster} is not known: there is no host for ${server} (${code})`,
      fix: 'Check the server in the kubeconfig; a private cluster is only found from inside its network.',
    };
  }
  const strange = strangeWords(code, { cluster, server });
  if (strange !== undefined) return { code, whole: true, ...strange };
  if (isTlsCode(code)) {
    return {
      ...words,
      what: `${cluster} showed a certificate that is not trusted (${code})`,
      fix: `Put the authority that signed it into certificate-authority-data of the kubeconfig, or into the file that NODE_EXTRA_CA_CERTS names.`,
    };
  }
  return {
    ...words,
    what: `${cluster} did not answer (${code})`,
    fix: `Check that this machine may connect to ${server}, its authorised IP ranges, and HTTPS_PROXY and NO_PROXY if there is a proxy.`,
  };
}

/** What came, or would have come, is no answer of an API server. */
function strangeWords(code: string, { cluster, server }: Asked) {
  switch (code) {
    case REDIRECTED:
      return {
        kind: 'Malformed',
        what: `${server}, where ${cluster} should be, sends requests on to another address`,
        fix: 'Nothing was sent there. Check the server in the kubeconfig, and whether a proxy stands in between.',
      } as const;
    case TOO_LARGE:
      return {
        kind: 'Malformed',
        what: `${cluster} answered with more than ${LARGEST_BYTES / 1024 / 1024} MiB`,
        fix: 'Check the server in the kubeconfig, and whether a proxy stands in between.',
      } as const;
    default:
      return undefined;
  }
}
