/** Connections that failed, in words that say what to do: the same for vaults and for the places that issue tokens. */
import type { PortErrorDetails } from '../../ports/errors.ts';
import type { WireFailure } from './wire.ts';

type Failure = Pick<WireFailure, 'code' | 'proxy'>;

/** `thing` is what was asked, at `host`. */
export function wireWords({ code, proxy }: Failure, thing: string, host: string): PortErrorDetails {
  if (code.startsWith('PROXY_'))
    return proxyWords(code.slice('PROXY_'.length), proxy ?? 'in the variables', { thing, host });
  const words = { kind: 'Unavailable', code, whole: true } as const;
  if (code === 'ENOTFOUND') {
    const fix = host.includes('.vault.')
      ? 'Check vaultUrl; a deleted vault loses its name, and a vault with private DNS is only found from inside its network.'
      : 'Check the address and the name servers of this machine.';
    return { ...words, what: `${thing} is not known: there is no host ${host} (${code})`, fix };
  }
  if (code === 'EMSGSIZE') {
    const what = `${thing} sent an answer that is far too large`;
    return { kind: 'Malformed', code, whole: true, what, fix: `Check that no proxy answers in place of ${host}.` };
  }
  if (isTlsCode(code)) {
    const fix = `If a company proxy re-signs connections, set NODE_EXTRA_CA_CERTS to its certificate before the program starts; otherwise do not trust this connection.`;
    return { ...words, what: `${thing} showed a certificate that is not trusted (${code})`, fix };
  }
  const fix = `Check that this machine may connect to ${host}:443, and HTTPS_PROXY and NO_PROXY if there is a proxy.`;
  return { ...words, what: `${thing} did not answer (${code})`, fix };
}

interface Asked {
  readonly thing: string;
  readonly host: string;
}

/** `reason` is what the proxy answered to CONNECT, as `HTTP_502`, or why it did not. */
function proxyWords(reason: string, proxy: string, { thing, host }: Asked): PortErrorDetails {
  const status = Number(/^HTTP_(\d+)$/.exec(reason)?.[1] ?? 0);
  if (status === 407) return proxyLoginWords(thing, host);
  const words = { kind: 'Unavailable', code: `PROXY_${reason}`, whole: true } as const;
  if (status === 0) {
    const fix = `Check HTTPS_PROXY, and that the proxy runs; name ${host} in NO_PROXY if it is reached directly.`;
    return { ...words, what: `${thing} was not asked: its proxy ${proxy} did not answer (${reason})`, fix };
  }
  const what = `${thing} was not reached: the proxy ${proxy} gave no way to ${host} (HTTP ${status})`;
  const fix =
    status >= 400 && status < 500
      ? `Let ${host} pass there, or name it in NO_PROXY if it is reached directly.`
      : `Check ${host.includes('.vault.') ? 'vaultUrl' : 'the address'} (is there such a host?), and name it in NO_PROXY if it is reached directly; if both are right, run again later.`;
  return { ...words, what, fix };
}

export function proxyLoginWords(thing: string, host: string): PortErrorDetails {
  return {
    kind: 'Unauthenticated',
    code: 'PROXY_HTTP_407',
    what: `the proxy before ${thing} asks for a login (HTTP 407)`,
    fix: `Put user and password into HTTPS_PROXY, or name ${host} in NO_PROXY.`,
    whole: true,
  };
}

function isTlsCode(code: string): boolean {
  return /CERT|^UNABLE_TO|SELF_SIGNED|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code);
}
